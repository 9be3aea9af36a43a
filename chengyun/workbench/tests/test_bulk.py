"""One verb on many rows: each fares for itself, and what was seen when ticking is what counts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chengyun.cases.models import Case
from chengyun.kernel.errors import Invalid
from chengyun.organisation.posts import Post
from chengyun.workbench.actions.bulk import MOST, picked_from
from chengyun.workbench.tests.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def key(case: Case) -> str:
    """What a ticked row sends."""
    case.refresh_from_db()
    return f"{case.number}:{case.version}"


def test_many_are_dispatched_at_once(office: Office):
    cases = [office.order(), office.order()]
    client = office.client(Post.DISPATCHER)
    page = client.get(reverse("workbench:list", args=["dispatch"])).content.decode()
    assert all(f'value="{key(case)}"' in page for case in cases)
    address = reverse("workbench:bulk", args=["dispatch"])
    picked = {"pick": [key(case) for case in cases], "next": "/lists/dispatch/"}
    form = client.post(address, picked).content.decode()
    assert "绿化局" in form
    assert "派遣 2 件" in form
    result = client.post(address, {**picked, "sure": "1", "target": office.parks.pk, "note": "请尽快"})
    assert result.status_code == 200
    assert "完成 2 件" in result.content.decode()
    for case in cases:
        case.refresh_from_db()
        assert (case.state, case.lead_unit_id) == ("dispatched", office.parks.pk)
        assert case.events.get(verb="dispatch").said["note"] == "请尽快"


def test_one_refusal_does_not_stop_the_others_and_names_its_reason(office: Office):
    good, moved, gone = office.order("甲"), office.order("乙"), office.order("丙")
    picked = [key(case) for case in (good, moved, gone)] + ["RX310113-20200101-00001:1"]
    office.go(moved, "note", office.actor(Post.INTAKE), note="补充")
    office.go(gone, "void", office.actor(Post.SHIFT_LEADER), reason="误登记")
    picked[2] = key(gone)
    client = office.client(Post.DISPATCHER)
    said = {"pick": picked, "sure": "1", "target": office.parks.pk}
    text = client.post(reverse("workbench:bulk", args=["dispatch"]), said).content.decode()
    assert "完成 1 件" in text
    assert "3 件没有办成" in text
    assert "intake-centre" in text  # who moved it meanwhile
    assert "已作废" in text
    assert "没有这个案件" in text
    moved.refresh_from_db()
    assert moved.state == "registered"


def test_a_unit_signs_many_but_only_its_own(office: Office):
    mine, other = office.dispatched("parks"), office.dispatched("water")
    client = office.client(Post.UNIT, "parks")
    said = {"pick": [key(mine), key(other)], "sure": "1"}
    text = client.post(reverse("workbench:bulk", args=["sign"]), said).content.decode()
    assert "完成 1 件" in text
    assert "没有这个案件" in text
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("signed", "dispatched")


def test_a_handler_of_the_unit_is_given_many(office: Office):
    handler = office.who(Post.HANDLER, "parks").person
    stranger = office.who(Post.HANDLER, "water").person
    cases = [office.in_hand("parks"), office.in_hand("parks")]
    client = office.client(Post.UNIT, "parks")
    address = reverse("workbench:bulk", args=["assign_handler"])
    picked = {"pick": [key(case) for case in cases]}
    form = client.post(address, picked).content.decode()
    assert handler.name in form
    assert stranger.name not in form
    assert client.post(address, {**picked, "sure": "1", "target": stranger.pk}).status_code == 422
    client.post(address, {**picked, "sure": "1", "target": handler.pk})
    assert set(Case.objects.values_list("handler_id", flat=True)) == {handler.pk}


def test_nobody_to_assign_is_said_before_anything_is_sent(office: Office):
    case = office.in_hand("parks")
    client = office.client(Post.UNIT, "parks")
    text = client.post(
        reverse("workbench:bulk", args=["assign_handler"]), {"pick": [key(case)]}
    ).content.decode()
    assert "还没有可以指派的人员" in text


def test_a_form_without_unit_keeps_what_was_typed(office: Office):
    case = office.order()
    said = {"pick": [key(case)], "sure": "1", "note": "写了很久的说明"}
    answer = office.client(Post.DISPATCHER).post(reverse("workbench:bulk", args=["dispatch"]), said)
    assert answer.status_code == 422
    assert "写了很久的说明" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "registered"


def test_who_may_not_is_told_so(office: Office):
    case = office.order()
    client = office.client(Post.UNIT, "parks")
    assert client.post(reverse("workbench:bulk", args=["dispatch"]), {"pick": [key(case)]}).status_code == 403
    assert client.get(reverse("workbench:bulk", args=["sign"])).status_code == 405
    dispatcher = office.client(Post.DISPATCHER)
    assert dispatcher.post(reverse("workbench:bulk", args=["void"]), {"pick": [key(case)]}).status_code == 404


@pytest.mark.parametrize(
    "keys", [[], ["x"], ["x:"], [":1"], ["x:1a"], ["x:-1"], [f"x{n}:1" for n in range(MOST + 1)]]
)
def test_picked_rows_that_cannot_be_read_are_refused(keys: list[str]):
    with pytest.raises(Invalid):
        picked_from(keys)


def test_nothing_ticked_is_a_message_not_an_error(office: Office):
    answer = office.client(Post.DISPATCHER).post(reverse("workbench:bulk", args=["dispatch"]), {})
    assert answer.status_code == 422
    assert "请先在列表中选择案件" in answer.content.decode()
