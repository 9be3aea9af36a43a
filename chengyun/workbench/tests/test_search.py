"""Search: by number, telephone, address, words; what may not be read cannot be found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post
from chengyun.workbench.filters import NO_FILTER, Filter
from chengyun.workbench.queries import find
from chengyun.workbench.snippets import marked, snippet
from chengyun.workbench.tests.office import Office, numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def found(office: Office, text: str, actor: Actor, chosen: Filter = NO_FILTER) -> list[str]:
    """Numbers of what is found, in order."""
    return [hit.row.number for hit in find.find(text, chosen, actor, office.now).hits]


def why(office: Office, text: str, actor: Actor) -> str:
    """Why the first hit was found."""
    return find.find(text, NO_FILTER, actor, office.now).hits[0].why


def test_a_case_is_found_by_its_number_whole_or_by_its_tail(office: Office):
    first, case = office.order(), office.order()
    leader = office.actor(Post.LEADER)
    day, serial = case.number.split("-")[-2:]
    for text in (
        case.number,
        case.number.lower(),
        f"{day}-{serial}",
        f"{day[4:]}-{int(serial)}",
        str(int(serial)),
    ):
        hits = found(office, text, leader)
        assert hits[0] == case.number, text
        assert first.number not in hits, text
    assert why(office, case.number, leader) == "编号"


def test_a_day_and_serial_of_a_year_gone_by_are_of_this_year(office: Office):
    office.order()
    assert (
        found(office, f"{local(office.now) - timedelta(days=400):%m%d}-99999", office.actor(Post.LEADER))
        == []
    )


def test_a_case_is_found_by_the_number_it_had_elsewhere(office: Office):
    case = office.order(source_system="city", source_number="10100029561234")
    assert found(office, "10100029561234", office.actor(Post.INTAKE)) == [case.number]


def test_words_are_found_in_title_text_and_address_and_all_of_them_must_be_there(office: Office):
    case = office.order("路灯不亮", description="小区东门的路灯三天没亮了", address="友谊路88弄")
    office.order("路灯不亮")
    leader = office.actor(Post.LEADER)
    assert len(found(office, "路灯", leader)) == 2
    assert found(office, "路灯 东门", leader) == [case.number]
    assert found(office, "友谊路88弄", leader) == [case.number]
    assert found(office, "没有这样的词", leader) == []
    assert why(office, "路灯", leader) == "标题"
    assert why(office, "友谊路", leader) == "地址"
    hit = find.find("东门", NO_FILTER, leader, office.now).hits[0]
    assert hit.why == "内容"
    assert ("东门", True) in hit.snippet


def test_the_newest_come_first_and_the_next_page_goes_on(office: Office, monkeypatch):
    monkeypatch.setattr(find, "PER_PAGE", 2)
    cases = [office.order("路灯不亮") for _ in range(5)]
    leader = office.actor(Post.LEADER)
    below, got = 0, []
    for _page in range(3):
        page = find.find("路灯", NO_FILTER, leader, office.now, below=below)
        got += [hit.row.number for hit in page.hits]
        below = page.below
    assert got == [case.number for case in reversed(cases)]
    assert below == 0


def test_filters_narrow_what_is_found(office: Office):
    case = office.dispatched("parks", title="路灯不亮")
    office.order("路灯不亮")
    leader = office.actor(Post.LEADER)
    assert found(office, "路灯", leader, Filter(unit=office.parks.pk)) == [case.number]
    assert found(office, "路灯", leader, Filter(state="hotline.dispatched")) == [case.number]
    assert found(office, "路灯", leader, Filter(due="overdue")) == []


def test_a_unit_finds_only_its_own(office: Office):
    case = office.dispatched("parks", title="路灯不亮")
    other = office.dispatched("water", title="路灯不亮")
    unit = office.actor(Post.UNIT, "parks")
    assert found(office, "路灯", unit) == [case.number]
    assert found(office, other.number, unit) == []


def test_the_centre_finds_a_caller_by_telephone(office: Office):
    case = office.order(contact={"name": "李建国", "phone": "13812345678"})
    leader = office.actor(Post.INTAKE)
    assert found(office, "13812345678", leader) == [case.number]
    assert found(office, "138 1234 5678", leader) == [case.number]
    assert found(office, "5678", leader) == [case.number]
    assert why(office, "13812345678", leader) == "电话"
    assert found(office, "13812345678", office.actor(Post.LEADER)) == []  # may not see callers


def test_a_unit_finds_the_caller_of_its_open_case_but_never_a_secret_one(office: Office):
    plain = office.signed("parks", contact={"name": "李建国", "phone": "13812345678"})
    secret = office.signed("parks", secret=True, contact={"name": "王小明", "phone": "13987654321"})
    unit = office.actor(Post.UNIT, "parks")
    assert found(office, "13812345678", unit) == [plain.number]
    assert found(office, "13987654321", unit) == []
    assert found(office, "4321", unit) == []
    assert found(office, "13987654321", office.actor(Post.INTAKE)) == [secret.number]
    assert found(office, "13812345678", office.actor(Post.UNIT, "water")) == []


def test_words_that_are_masked_for_a_reader_do_not_find_the_case(office: Office):
    """A unit that looks for its neighbour's name or number must not learn that they called."""
    case = office.signed(
        "parks",
        title="楼道堆物",
        description="王小明（13987654321）反映楼道堆物",
        secret=True,
        contact={"name": "王小明", "phone": "13987654321"},
    )
    unit = office.actor(Post.UNIT, "parks")
    assert found(office, "楼道堆物", unit) == [case.number]
    assert found(office, "王小明", unit) == []
    assert found(office, "王小明 楼道", unit) == []
    assert found(office, "13987654321", unit) == []
    page = office.client(Post.UNIT, "parks").get(reverse("workbench:search"), {"q": "楼道"}).content.decode()
    assert case.number in page
    assert "王小明" not in page
    assert "987654321" not in page
    assert found(office, "王小明", office.actor(Post.INTAKE)) == [case.number]


def test_what_could_not_be_tried_is_said(office: Office, monkeypatch):
    monkeypatch.setattr(find, "MOST_LOOKED_AT", 1)
    for _ in range(3):
        office.dispatched("water", title="路灯不亮")
    page = find.find("路灯", NO_FILTER, office.actor(Post.UNIT, "parks"), office.now)
    assert page.hits == []
    assert page.cut


def test_the_page_marks_the_words_and_says_what_can_be_searched(office: Office):
    case = office.order("路灯<b>不亮</b>")
    client = office.client(Post.LEADER)
    answer = client.get(reverse("workbench:search"), {"q": "路灯"})
    assert numbers(answer) == [case.number]
    text = answer.content.decode()
    assert "<mark>路灯</mark>" in text
    assert "<b>不亮</b>" not in text
    assert "可以搜什么" in client.get(reverse("workbench:search")).content.decode()
    assert "没有找到" in client.get(reverse("workbench:search"), {"q": "不存在的词"}).content.decode()


def test_a_whole_number_goes_straight_to_its_case(office: Office):
    case = office.order()
    client = office.client(Post.LEADER)
    answer = client.get(reverse("workbench:search"), {"q": case.number.lower()})
    assert answer["Location"] == reverse("workbench:case", args=[case.number])
    assert client.get(reverse("workbench:search"), {"q": case.number, "state": "closed"}).status_code == 200
    assert client.get(reverse("workbench:search"), {"q": case.number[:-2]}).status_code == 200


@pytest.mark.parametrize("text", ["\x00", '" OR 1', "'; --", "%", "*", "NEAR(", "路" * 500, "😀", "-", "RX"])
def test_strange_questions_get_a_page(office: Office, text: str):
    office.order()
    answer = office.client(Post.LEADER).get(reverse("workbench:search"), {"q": text, "below": "x"})
    assert answer.status_code == 200


def test_pieces_of_a_text():
    assert marked("井盖缺失", "井盖") == [("井盖", True), ("缺失", False)]
    assert marked("", "井盖") == []
    assert marked("井盖", " ") == [("井盖", False)]
    assert marked("ABab", "ab") == [("AB", True), ("ab", True)]
    assert snippet("没有", "井盖") == []
    long = "前" * 60 + "井盖" + "后" * 200
    pieces = snippet(long, "井盖")
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)
    assert ("井盖", True) in pieces
    assert sum(len(piece) for piece, _hit in pieces) < 100


def test_cases_are_not_read_one_by_one(office: Office, django_assert_max_num_queries):
    for _ in range(12):
        office.order("路灯不亮")
    leader = office.actor(Post.LEADER)
    with django_assert_max_num_queries(10):
        assert len(found(office, "路灯", leader)) == 12
