"""Calls that nobody answers, and what an answer must say by the rules of the day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from chengyun.cases.actions.settings import set_rule
from chengyun.cases.models import LoopRule
from chengyun.cases.rules import load_reference
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.hotline.handling.queues import after, call_queue, to_call, tries_made
from chengyun.kernel.errors import Invalid
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import person

pytestmark = pytest.mark.django_db
AFTERNOON = timedelta(hours=5)


@pytest.fixture
def play() -> Cast:
    load_reference(now=MORNING)
    cast = Cast()
    cast.order()
    cast.to_in_hand()
    return cast


def audited(play: Cast) -> None:
    play.answer()
    play.go("pass_audit", play.leader)


def test_three_calls_in_an_hour_are_one_try(play):
    audited(play)
    for _ in range(3):
        play.go("try_call", play.callback, result="rang_out")
    tries = tries_made(play.row, play.now)
    assert (play.row.call_attempts, len(tries.at), tries.here, tries.used_up) == (1, 3, True, False)
    assert tries.next_from is not None
    with pytest.raises(Invalid, match="再拨 2 次"):
        play.go("call_back", play.callback, satisfaction="unreached")


def test_after_three_half_days_the_order_is_closed_as_not_reached(play):
    audited(play)
    for at in (MORNING, MORNING + AFTERNOON, MORNING + timedelta(days=1)):
        play.go("try_call", play.callback, at=at + timedelta(hours=1), result="switched_off")
    assert tries_made(play.row, play.now).used_up
    play.go("call_back", play.callback, satisfaction="unreached")
    play.go("close", play.callback)
    assert (play.row.state, play.row.satisfaction, play.row.outcome) == ("closed", "unreached", "solved")


def test_a_new_round_begins_with_no_tries(play):
    audited(play)
    play.go("try_call", play.callback)
    play.go("call_back", play.callback, outcome="unsolved", satisfaction="dissatisfied", said="没修")
    play.go("rehandle", play.callback, reason="市民不满意")
    audited(play)
    assert tries_made(play.row, play.now).at == ()


def test_the_rule_of_half_days_can_be_put_away(play):
    LoopRule.objects.filter(process="hotline", name="call_half_days").update(value=0)
    audited(play)
    for _ in range(3):
        play.go("try_call", play.callback)
    play.go("call_back", play.callback, satisfaction="unreached")
    assert play.row.satisfaction == "unreached"


def test_the_queue_puts_those_first_that_may_be_called_now(play):
    audited(play)
    tried = play.row.number
    play.go("try_call", play.callback)
    play.order(title="另一件")
    play.to_in_hand()
    audited(play)
    lines = call_queue(play.callback, play.now)
    assert [line.case.number for line in lines] == [play.row.number, tried]
    assert after(to_call(play.callback), play.row) == tried


ANSWER: dict[str, Any] = {"finding": "true", "demand": "reasonable", "outcome": "solved", "reply": "已修剪"}


def test_what_the_citizen_said_is_needed_unless_satisfied(play):
    with pytest.raises(Invalid) as refused:
        play.go("answer", play.unit, **ANSWER, standing="dissatisfied")
    assert list(refused.value.fields) == ["citizen_said"]
    play.go("answer", play.unit, **ANSWER, standing="satisfied")


def test_an_administrator_makes_a_field_required_from_a_day_on(play):
    admin = person("root", Post.ADMIN).actor
    day = {"valid_from": play.now.date(), "source": "区热线办通知", "provenance": "primary"}
    for name in ("department", "promised_on"):
        set_rule("hotline", f"answer_needs_{name}", Decimal(1), actor=admin, now=play.now, **day)
    with pytest.raises(Invalid) as refused:
        play.go("answer", play.unit, **{**ANSWER, "outcome": "unsolved"})
    assert set(refused.value.fields) == {"department", "promised_on"}
    play.go("answer", play.unit, **ANSWER, department="绿化科")
    assert play.row.state == "answered"


@pytest.mark.parametrize(
    ("name", "value"),
    [("contacted_at", "2020-01-01T08:00"), ("replied_at", "2099-01-01T08:00"), ("promised_on", "2020-01-01")],
)
def test_dates_that_cannot_be_are_named(play, name, value):
    with pytest.raises(Invalid) as refused:
        play.go("answer", play.unit, **ANSWER, **{name: value})
    assert list(refused.value.fields) == [name]
