"""Work-lists: who sees which, what they hold, in which order, how many; and what narrows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from chengyun.cases.models import Case
from chengyun.cases.process import LOOPS
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post
from chengyun.workbench.filters import NO_FILTER, Filter
from chengyun.workbench.models import SavedFilter
from chengyun.workbench.queries import compound, lists
from chengyun.workbench.queries.branches import DUE, everything, plan, reaches
from chengyun.workbench.queries.home import home_of
from chengyun.workbench.queries.lists import list_page
from chengyun.workbench.queries.wheres import as_q
from chengyun.workbench.tests.office import Office, numbers
from chengyun.workbench.worklists import BY_NAME, OPEN, WORK_LISTS, ListName, lists_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def shown(office: Office, name: str, actor: Actor, chosen: Filter = NO_FILTER, **said: str) -> list[str]:
    """Numbers on the first page of a list; "" for all cases."""
    page = list_page(BY_NAME.get(name), chosen, actor, now=office.now, **said)
    assert page.total == len(page.rows)
    return [row.number for row in page.rows]


def test_every_list_names_states_that_its_loop_has():
    for one in WORK_LISTS:
        for kind, state in one.pairs:
            assert state in {str(known) for known in LOOPS[kind].states}, f"{one.name}: {kind} {state}"
        assert one.posts
    assert len(BY_NAME) == len(WORK_LISTS) == len(ListName)


def test_every_open_state_is_in_a_work_list_of_somebody_who_can_go_on():
    """Nothing lies where nobody looks: from each open state some post that has a step sees it in a list."""
    for kind, loop in LOOPS.items():
        for state in OPEN[kind]:
            able = {
                str(who.post) for verb in loop.verbs_from(state) if verb.name != "note" for who in verb.who
            }
            looking = {
                str(post)
                for one in WORK_LISTS
                if not one.pairs or (kind, state) in one.pairs
                for post in one.posts
            }
            assert able & looking, f"{kind} {state}"


def test_an_order_wanders_from_list_to_list(office: Office):
    dispatcher, unit = office.actor(Post.DISPATCHER), office.actor(Post.UNIT, "parks")
    case = office.order()
    assert shown(office, "dispatch", dispatcher) == [case.number]
    office.go(case, "dispatch", dispatcher, unit=office.parks.pk)
    assert shown(office, "dispatch", dispatcher) == []
    assert shown(office, "sign", unit) == [case.number]
    office.go(case, "send_back", unit, reason="不是本单位", suggested_unit=office.water.pk)
    assert shown(office, "sign", unit) == []
    assert shown(office, "sent-back", dispatcher) == [case.number]


def test_a_unit_sees_nothing_of_another_unit(office: Office):
    mine, other = office.dispatched("parks"), office.dispatched("water")
    unit = office.actor(Post.UNIT, "parks")
    assert shown(office, "sign", unit) == [mine.number]
    assert shown(office, "", unit) == [mine.number]
    assert shown(office, "", unit, Filter(unit=office.water.pk)) == []
    client = office.client(Post.UNIT, "parks")
    for address in (
        reverse("workbench:home"),
        reverse("workbench:cases"),
        reverse("workbench:list", args=["sign"]),
    ):
        page = client.get(address).content.decode()
        assert mine.number in page or address == reverse("workbench:home")
        assert other.number not in page


def test_a_helper_still_sees_the_case_when_its_part_is_done(office: Office):
    case = office.in_hand("parks")
    office.go(case, "add_helper", office.actor(Post.UNIT, "parks"), helper=office.water.pk, task="排水")
    helper = office.actor(Post.UNIT, "water")
    assert shown(office, "helping", helper) == [case.number]
    assert shown(office, "", helper) == [case.number]
    office.go(case, "help_report", helper, report="已排水")
    assert shown(office, "helping", helper) == []
    assert shown(office, "", helper) == [case.number]


def test_the_ways_into_sight_are_what_may_be_seen_and_do_not_overlap(office: Office):
    """The branches that lists read must be seen_by itself, for every kind of reader."""
    office.order()
    office.dispatched("parks")
    office.dispatched("water")
    helped = office.in_hand("parks")
    office.go(helped, "add_helper", office.actor(Post.UNIT, "parks"), helper=office.water.pk, task="排水")
    given_back = office.dispatched("water")
    office.go(
        given_back, "send_back", office.actor(Post.UNIT, "water"), reason="x", suggested_unit=office.parks.pk
    )
    office.finding()
    handler = office.actor(Post.HANDLER, "parks")
    office.go(helped, "assign_handler", office.actor(Post.UNIT, "parks"), handler=handler.person_id)
    unit, inspector = office.actor(Post.UNIT, "water"), office.actor(Post.INSPECTOR)
    all_posts = (*unit.holdings, *inspector.holdings, *handler.holdings)
    many = replace(unit, person_id=inspector.person_id, holdings=all_posts)
    substitute = replace(
        unit, holdings=(*unit.holdings, replace(handler.holdings[0], for_person_id=handler.person_id))
    )
    centre = (office.actor(Post.LEADER), office.actor(Post.BUDGET))
    for actor in (unit, inspector, handler, many, substitute, *centre):
        seen = sorted(Case.objects.seen_by(actor).values_list("pk", flat=True))
        ways = [
            list(Case.objects.filter(as_q(way.where)).values_list("pk", flat=True)) for way in reaches(actor)
        ]
        assert sorted(one for way in ways for one in way) == seen
        ids = compound.first_ids(plan(None, NO_FILTER, actor, office.now).branches, "-registered_at", 0, 50)
        assert sorted(ids) == seen
        whole = everything(None, NO_FILTER, actor, office.now).values_list("pk", flat=True)
        assert sorted(whole) == seen


def test_rows_come_by_due_time_with_what_is_left(office: Office):
    late, soon, later = office.order("甲"), office.order("乙"), office.order("丙")
    for case, hours in ((late, -1), (soon, 1), (later, 90)):
        Case.objects.filter(pk=case.pk).update(due_at=office.now + timedelta(hours=hours))
    page = list_page(BY_NAME["dispatch"], NO_FILTER, office.actor(Post.DISPATCHER), now=office.now)
    assert [row.number for row in page.rows] == [late.number, soon.number, later.number]
    assert page.rows[0].meaning == "overdue"
    assert "超时" in page.rows[0].left
    assert page.rows[2].left
    assert shown(office, "dispatch", office.actor(Post.DISPATCHER), sort="-due")[0] == later.number
    assert shown(office, "dispatch", office.actor(Post.DISPATCHER), sort="-registered")[0] == later.number


def test_overdue_and_near_are_lists_of_their_own(office: Office):
    case, other = office.overdue(office.dispatched("parks")), office.dispatched("parks")
    Case.objects.filter(pk=other.pk).update(due_at=office.now + timedelta(minutes=1))
    unit = office.actor(Post.UNIT, "parks")
    assert shown(office, "unit-overdue", unit) == [case.number]
    assert shown(office, "unit-near", unit) == [other.number]
    assert shown(office, "overdue", office.actor(Post.SUPERVISION)) == [case.number]
    assert shown(office, "", office.actor(Post.SUPERVISION), Filter(due="overdue")) == [case.number]


def test_a_request_waits_in_the_leaders_list_until_it_is_decided(office: Office):
    case = office.in_hand("parks")
    until = (office.now + timedelta(days=3)).date().isoformat()
    office.go(case, "ask_suspension", office.actor(Post.UNIT, "parks"), until=until, reason="等材料")
    leader = office.actor(Post.SHIFT_LEADER)
    assert shown(office, "requests", leader) == [case.number]
    office.go(case, "decide_suspension", leader, decision="refuse", reason="不合适")
    assert shown(office, "requests", leader) == []


def test_each_filter_narrows(office: Office):
    leader = office.actor(Post.SHIFT_LEADER)
    plain = office.order("甲")
    web = office.order("乙", channel="web", urgency="urgent", appeal_type="complaint")
    grid = office.finding("丙")
    handed = office.dispatched("parks", title="丁")
    for chosen, wanted in (
        (Filter(channel="web"), {web}),
        (Filter(urgency="urgent"), {web}),
        (Filter(appeal_type="complaint"), {web}),
        (Filter(kind="grid"), {grid}),
        (Filter(state="grid.reported"), {grid}),
        (Filter(state="hotline.registered"), {plain, web}),
        (Filter(state="open"), {plain, web, grid, handed}),
        (Filter(state="ended"), set()),
        (Filter(unit=office.parks.pk), {handed}),
        (Filter(since=office.now.date() - timedelta(days=1)), {plain, web, grid, handed}),
        (Filter(until=office.now.date() - timedelta(days=2)), set()),
        (Filter(flag="sent-back"), set()),
    ):
        assert set(shown(office, "", leader, chosen)) == {case.number for case in wanted}, chosen
        counted = list_page(None, chosen, leader, now=office.now).by_state
        assert sum(counted.values()) >= len(wanted)


def test_a_state_that_both_kinds_have_is_told_apart(office: Office):
    order, grid = office.dispatched("parks"), office.finding()
    office.go(grid, "file", office.actor(Post.SHIFT_LEADER), criterion="符合立案条件")
    office.go(grid, "dispatch", office.actor(Post.DISPATCHER), unit=office.parks.pk)
    unit = office.actor(Post.UNIT, "parks")
    assert shown(office, "sign", unit) == [order.number]
    assert shown(office, "in-hand", unit) == [grid.number]


def test_counts_beside_the_list_are_those_of_the_states(office: Office):
    office.order()
    office.order()
    office.dispatched("parks")
    page = list_page(None, NO_FILTER, office.actor(Post.LEADER), now=office.now)
    assert page.by_state["hotline", "registered"] == 2
    assert page.by_state["hotline", "dispatched"] == 1
    assert page.total == 3
    one = list_page(None, Filter(state="hotline.registered"), office.actor(Post.LEADER), now=office.now)
    assert (one.total, one.by_state["hotline", "dispatched"]) == (2, 1)


def test_beyond_the_horizon_nothing_is_looked_at_and_the_page_says_so(office: Office, monkeypatch):
    """Conditions without an index are tried on the nearest rows only, so that no filter can stop the house."""
    monkeypatch.setattr(lists, "LOOKED_AT", 0)
    monkeypatch.setattr(lists, "LEAST_LOOKED_AT", 500)
    office.order("网上来的", channel="web")
    columns = Case.objects.values().get() | {"id": None, "channel": "phone"}
    Case.objects.bulk_create(
        Case(
            **columns
            | {"number": f"COPY-{place:05d}", "registered_at": office.now + timedelta(seconds=place)}
        )
        for place in range(600)
    )
    page = list_page(None, Filter(channel="web"), office.actor(Post.LEADER), now=office.now)
    assert page.rows == []
    assert page.horizon is not None
    answer = office.client(Post.LEADER).get(reverse("workbench:cases") + "?channel=web")
    assert "只在最近登记" in answer.content.decode()
    found = everything(None, Filter(channel="web"), office.actor(Post.LEADER), office.now)
    assert found.count() == 1


def test_pages_follow_each_other_without_a_gap(office: Office, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    cases = [office.order(f"第{number}件") for number in range(5)]
    leader = office.actor(Post.SHIFT_LEADER)
    pages = [list_page(None, NO_FILTER, leader, now=office.now, page=number) for number in (1, 2, 3)]
    found = [row.number for page in pages for row in page.rows]
    assert found == [case.number for case in reversed(cases)]
    assert [page.further for page in pages] == [True, True, False]


def test_a_wrong_filter_is_named_and_narrows_nothing(office: Office):
    case = office.order()
    client = office.client(Post.LEADER)
    answer = client.get(
        reverse("workbench:cases") + "?state=nowhere&since=yesterday&catalogue=x&unit=abc&page=-3"
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert case.number in text
    assert "目录中没有这一类" in text
    assert text.count("aria-invalid") >= 4
    assert client.get(reverse("workbench:cases") + "?since=2026-09-02&until=2026-09-01").status_code == 200


def test_a_list_of_another_post_is_refused(office: Office):
    client = office.client(Post.UNIT, "parks")
    assert client.get(reverse("workbench:list", args=["dispatch"])).status_code == 403
    assert client.get(reverse("workbench:list", args=["no-such"])).status_code == 404
    assert office.client(Post.AUDITOR).get(reverse("workbench:cases")).status_code == 403


def test_the_start_page_shows_what_is_late_next_and_came_back(office: Office):
    late = office.overdue(office.order("漏水严重"))
    back = office.dispatched("parks", title="退回来的一件")
    office.go(back, "send_back", office.actor(Post.UNIT, "parks"), reason="x", suggested_unit=office.water.pk)
    home = home_of(office.actor(Post.DISPATCHER), office.now)
    numbers_by_list = {str(one.worklist.name): (one.number, one.late) for one in home.lists}
    assert numbers_by_list["dispatch"] == (1, 1)
    assert numbers_by_list["sent-back"] == (1, 0)
    assert home.main is not None
    assert [row.number for row in home.urgent] == [late.number]
    assert [row.number for row in home.came_back[0][1]] == [back.number]
    text = office.client(Post.DISPATCHER).get("/").content.decode()
    for words in ("待派遣", "退单", late.number, back.number, "超时"):
        assert words in text


def test_leaders_see_the_totals_of_the_district(office: Office):
    office.order()
    home = home_of(office.actor(Post.LEADER), office.now)
    assert home.under_way("hotline") == 1
    assert "全区在办" in office.client(Post.LEADER).get("/").content.decode()
    assert "全区在办" not in office.client(Post.UNIT, "parks").get("/").content.decode()


def test_somebody_without_cases_gets_a_start_page_all_the_same(office: Office):
    assert lists_of(office.actor(Post.BUDGET)) == ()
    answer = office.client(Post.BUDGET).get("/")
    assert answer.status_code == 200
    assert "没有工作列表" in answer.content.decode()


def test_a_title_with_a_telephone_number_is_masked_in_lists(office: Office):
    office.order("来电13812345678反映噪音")
    text = office.client(Post.DISPATCHER).get(reverse("workbench:list", args=["dispatch"])).content.decode()
    assert "13812345678" not in text
    assert "138****5678" in text


def test_a_unit_reads_nothing_of_a_secret_caller_in_its_list(office: Office):
    office.dispatched("parks", title="李建国称5号楼噪音", secret=True, contact={"name": "李建国"})
    text = office.client(Post.UNIT, "parks").get(reverse("workbench:list", args=["sign"])).content.decode()
    assert "李建国" not in text
    assert "保密" in text


def test_filters_are_kept_under_a_name(office: Office):
    client = office.client(Post.LEADER)
    here = reverse("workbench:cases")
    said = {"name": "网站来的", "list_name": "", "query": "channel=web", "next": here}
    assert client.post(reverse("workbench:filter-save"), said).status_code == 302
    page = client.get(here + "?channel=web")
    assert "网站来的" in page.content.decode()
    kept = SavedFilter.objects.get()
    assert kept.address == f"{here}?channel=web"
    client.post(reverse("workbench:filter-rename", args=[kept.pk]), {"name": "网站", "next": here})
    kept.refresh_from_db()
    assert kept.name == "网站"
    other = office.client(Post.SHIFT_LEADER)
    assert other.post(reverse("workbench:filter-rename", args=[kept.pk]), {"name": "我的"}).status_code == 404
    other.post(reverse("workbench:filter-delete", args=[kept.pk]))
    assert SavedFilter.objects.count() == 1
    client.post(reverse("workbench:filter-delete", args=[kept.pk]), {"next": "https://elsewhere.example/"})
    assert SavedFilter.objects.count() == 0


def test_a_way_back_never_leads_out_of_the_house(office: Office):
    said = {"name": "甲", "query": "", "next": "https://elsewhere.example/"}
    answer = office.client(Post.LEADER).post(reverse("workbench:filter-save"), said)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("post", "address", "most"),
    [
        (Post.DISPATCHER, "/", 14),
        (Post.LEADER, "/", 14),
        (Post.DISPATCHER, "/lists/dispatch/", 13),
        (Post.LEADER, "/cases/", 13),
        (Post.LEADER, "/cases/?channel=phone&state=open", 16),
        (Post.LEADER, "/search/?q=路灯", 14),
    ],
)
def test_pages_ask_the_database_so_often_and_no_more(
    office: Office, django_assert_max_num_queries, post: Post, address: str, most: int
):
    for number in range(3):
        office.order(f"路灯第{number}盏")
        office.dispatched("parks", title=f"路灯第{number}杆")
    client = office.client(post)
    client.get(address)
    with django_assert_max_num_queries(most):
        answer = client.get(address)
    assert answer.status_code == 200
    few = len(numbers(answer))
    office.order("路灯再一盏")
    with django_assert_max_num_queries(most):
        assert len(numbers(client.get(address))) >= few


def test_the_order_of_the_branches_is_the_order_of_the_list(office: Office):
    for number in range(3):
        office.order(f"第{number}件")
        office.dispatched("parks")
    branches = plan(None, Filter(state="open"), office.actor(Post.LEADER), office.now).branches
    ids = compound.first_ids(branches, DUE, 0, 50)
    moments = [Case.objects.get(pk=one).due_at for one in ids]
    due = [moment for moment in moments if moment is not None]
    assert len(due) == 6
    assert due == sorted(due)
    assert compound.first_ids(branches, DUE, 2, 2) == ids[2:4]
