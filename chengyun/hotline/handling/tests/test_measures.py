"""Measures of this part and of the messages: what counts, what does not, the same again, the orders behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from chengyun.cases.models import Case, CaseClock, CaseEvent
from chengyun.kernel.measures import REHEARSAL, measure, measures
from chengyun.messaging.models import Message, Template, TemplateVersion
from chengyun.messaging.states import MessageState
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person
from chengyun.worktime.limits import Provenance

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
END = datetime(2026, 4, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)


def order(number: str, **said) -> Case:
    case = Case.objects.create(
        number=number, kind="hotline", title="路灯不亮", channel="phone", state=said.pop("state", "closed"),
        state_since=NOON, registered_at=NOON, closed_at=said.pop("closed_at", NOON), **said,
    )  # fmt: skip
    CaseEvent.objects.create(
        case=case, seq=1, verb="register", to_state="registered", at=NOON, actor_name="甲", digest="x"
    )
    return case


def clock(case: Case, stage: str, result: str, no: int = 1, due: datetime = NOON) -> None:
    CaseClock.objects.create(
        case=case, no=no, stage=stage, amount=1, unit="workday", started_at=due - timedelta(days=1),
        first_due_at=due, due_at=due, ended_at=due if result else None, result=result,
    )  # fmt: skip


def message(about: str, state: MessageState, **said) -> Message:
    template, _ = Template.objects.get_or_create(
        name="order_accepted", defaults={"label": "受理", "label_en": "Accepted"}
    )
    version = template.versions.first() or TemplateVersion.objects.create(
        template=template,
        number=1,
        text="已受理",
        valid_from=NOON.date(),
        made_at=NOON,
        source="-",
        provenance=Provenance.UNSOURCED,
    )
    return Message.objects.create(
        key=f"{about}:{Message.objects.count()}", version=version, template_name=template.name,
        phone="19900000001", text="已受理", segments=1, about=about, state=state, written_at=NOON,
        sent_at=NOON, **said,
    )  # fmt: skip


def compute(name: str):
    offered = measure(name)
    assert offered is not None
    return offered.compute(BEGIN, END)


def test_first_contact_in_time_counts_what_fell_due():
    clock(order("A1"), "contact", "met")
    clock(order("A2"), "contact", "missed")
    clock(order("A3", state="signed", closed_at=None), "contact", "")  # still open past its time: not kept
    clock(order("A4"), "contact", "withdrawn")
    clock(order("A5", excused=True), "contact", "missed")
    clock(order("A6"), "contact", "met", due=END)  # due a moment after the period
    clock(order("A7", rehearsal=True), "contact", "met")  # real orders exist: rehearsal does not count
    found = compute("hotline.first_contact_in_time")
    assert (found.numerator, found.denominator, found.coverage) == (1, 3, 1)
    assert found.data_version.startswith("case-event:")


def test_on_time_asks_every_clock_of_an_order():
    kept, broken = order("B1"), order("B2")
    clock(kept, "disposal", "met")
    clock(broken, "disposal", "met")
    clock(broken, "rehandle", "missed", no=2)
    found = compute("hotline.on_time")
    assert (found.numerator, found.denominator) == (1, 2)
    assert found.value == 50


def test_nothing_to_measure_is_not_nought():
    for offered in measures():
        if offered.name.startswith(("hotline.", "messaging.")):
            found = offered.compute(BEGIN, END)
            assert found.value is None, offered.name
            assert found.coverage is None, offered.name


def test_orders_whose_caller_was_told():
    for number in ("C1", "C2", "C3", "C4"):
        order(number)
    order("C5", state="void")
    message("C1", MessageState.DELIVERED)
    message("C2", MessageState.FAILED)
    message("C3", MessageState.SENT)  # not known yet
    found = compute("hotline.notice_coverage")
    assert (found.numerator, found.denominator, found.coverage) == (1, 4, Decimal("0.75"))
    assert found == compute("hotline.notice_coverage")


def test_delivery_of_rehearsal_says_so():
    message("D1", MessageState.DELIVERED, rehearsal=True)
    message("D2", MessageState.SENT, rehearsal=True)
    rehearsed = compute("messaging.delivery_rate")
    assert (rehearsed.numerator, rehearsed.denominator) == (1, 2)
    assert rehearsed.coverage == Decimal("0.5")
    assert rehearsed.data_version.startswith(REHEARSAL)
    message("D3", MessageState.DELIVERED)
    real = compute("messaging.delivery_rate")
    assert (real.numerator, real.denominator) == (1, 1)
    assert not real.data_version.startswith(REHEARSAL)
    assert compute("messaging.delivered").value == 1


def test_the_orders_behind_a_figure_open(client):
    clock(order("E1"), "contact", "met")
    clock(order("E2"), "contact", "missed")
    leader = person("leader", Post.LEADER)
    address = compute("hotline.first_contact_in_time").rows
    page = enter(client, leader).get(address + "&part=above").content.decode()
    assert ">E1<" in page
    assert ">E2<" not in page
    assert ">E2<" in client.get(address).content.decode()
    assert client.get(reverse("hotline:measured", args=["hotline.nothing"])).status_code == 404
    assert client.get(reverse("hotline:measured", args=["hotline.on_time"])).status_code == 404
