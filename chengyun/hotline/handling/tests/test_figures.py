"""The named rates, worked out by hand; and the draw for callbacks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Case, CaseClock
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.hotline.handling.actions import city_result, spare_undrawn
from chengyun.hotline.handling.actions.draw import lot_of
from chengyun.hotline.handling.figures import Figure, Period, Side, rate_of, rates_of
from chengyun.hotline.handling.rows import load_reference
from chengyun.hotline.models import CallbackDraw, SamplingRule
from chengyun.kernel.actor import SYSTEM
from chengyun.worktime.limits import Provenance

pytestmark = pytest.mark.django_db
PERIOD = Period(MORNING - timedelta(days=1), MORNING + timedelta(days=30))


@pytest.fixture
def play() -> Cast:
    load_reference(now=MORNING)
    return Cast()


def closed(
    play: Cast, satisfaction: str, outcome: str = "solved", reached: str = "yes", tries: int = 0
) -> int:
    """One order from its call to closing."""
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("sign", play.unit)
    said = {"contacted_at": play.now.isoformat()} if reached == "yes" else {"why_not": "未接"}
    play.go("contact", play.unit, reached=reached, **said)
    play.answer()
    play.go("pass_audit", play.leader)
    for turn in range(tries):
        play.go("try_call", play.callback, at=play.now + timedelta(hours=12 * (turn > 0)))
    if satisfaction == "unreached":
        play.go("call_back", play.callback, satisfaction=satisfaction)
    else:
        play.go("call_back", play.callback, outcome=outcome, satisfaction=satisfaction, said="说了几句")
    play.go("close", play.leader)
    hear_waiting(now=play.now)
    return play.case_id


def value(figure: Figure, side: Side = Side.DISTRICT) -> Decimal | None:
    return rate_of(figure, PERIOD, actor=SYSTEM, side=side).value


def test_the_rates_by_hand(play):
    closed(play, "very_satisfied")
    closed(play, "satisfied", reached="no")
    fair = closed(play, "fair", "explained")
    closed(play, "average", "unsolved", reached="not_needed")
    closed(play, "dissatisfied", "explained")
    closed(play, "unreached", tries=3)
    # (1 + 1 + 0.8 + 0.6 + 0) / 5; who was not reached is left out
    satisfaction = rate_of(Figure.SATISFACTION, PERIOD, actor=SYSTEM)
    assert (satisfaction.value, satisfaction.numerator, satisfaction.denominator) == (
        Decimal("0.6800"),
        Decimal("3.4"),
        5,
    )
    assert fair in set(satisfaction.above.values_list("pk", flat=True))
    assert dict(satisfaction.weights)["fair"] == Decimal("0.8")
    assert value(Figure.SOLVED) == Decimal("0.4000")  # two of five
    assert value(Figure.FIRST_CONTACT) == Decimal("0.8000")  # four yes, one no; not needed is left out
    assert value(Figure.CALLED_BACK) == Decimal("1.0000")
    assert value(Figure.REHANDLED) == Decimal("0.0000")
    assert value(Figure.CONTACT_ON_TIME) == Decimal("1.0000")


def test_in_time_means_by_the_clock_and_an_excused_overrun_counts_on_neither_side(play):
    prompt, late, excused = closed(play, "satisfied"), closed(play, "satisfied"), closed(play, "satisfied")
    for stage in ("disposal", "contact"):
        CaseClock.objects.filter(case_id__in=(late, excused), stage=stage).update(result="missed")
    Case.objects.filter(pk=excused).update(excused=True)
    for figure in (Figure.ON_TIME, Figure.CONTACT_ON_TIME):
        rate = rate_of(figure, PERIOD, actor=SYSTEM)
        assert set(rate.below.values_list("pk", flat=True)) == {prompt, late}
        assert [row.pk for row in rate.above] == [prompt]


def test_the_citys_rates_are_the_citys(play):
    happy, angry = closed(play, "satisfied"), closed(play, "satisfied")
    said = {"actor": SYSTEM, "now": play.now}
    city_result(happy, satisfaction="fair", outcome="solved", contacted="yes", **said)
    city_result(angry, satisfaction="satisfied", outcome="solved", contacted="yes", **said)
    _row, new = city_result(angry, satisfaction="dissatisfied", outcome="unsolved", contacted="no", **said)
    assert new
    assert not city_result(angry, satisfaction="dissatisfied", outcome="unsolved", contacted="no", **said)[1]
    assert value(Figure.SATISFACTION, Side.CITY) == Decimal("0.4000")  # (0.8 + 0) / 2: the latest word counts
    assert value(Figure.SOLVED, Side.CITY) == Decimal("0.5000")
    assert value(Figure.FIRST_CONTACT, Side.CITY) == Decimal("0.5000")
    assert value(Figure.SATISFACTION) == Decimal("1.0000")


def test_an_empty_period_has_no_rate(play):
    assert {rate.value for rate in rates_of(PERIOD, actor=SYSTEM)} == {None}


def test_other_peoples_orders_are_not_counted(play):
    closed(play, "satisfied")
    assert rate_of(Figure.SATISFACTION, PERIOD, actor=play.helper).denominator == 0


def rule(share: int, **said: object) -> SamplingRule:
    facts = {"seed": "甲", "valid_from": date(2021, 1, 1), "source": "测试", "provenance": Provenance.DERIVED}
    return SamplingRule.objects.create(share=share, **{**facts, **said})


def audited(play: Cast) -> Case:
    play.order()
    play.to_in_hand()
    play.answer()
    play.go("pass_audit", play.leader)
    hear_waiting(now=play.now)
    return play.row


def test_a_lot_is_the_same_whoever_draws_it():
    assert lot_of("甲", "RX310113-20260901-00001", 0) == lot_of("甲", "RX310113-20260901-00001", 0)
    lots = [lot_of("甲", f"RX310113-20260901-{n:05d}", 0) for n in range(2000)]
    assert all(0 <= lot < 100 for lot in lots)
    assert 0.27 < sum(lot < 30 for lot in lots) / 2000 < 0.33


def test_the_narrowest_rule_decides_and_says_why(play):
    rule(0, channel="phone")
    rule(100, unit_id=play.parks.pk, channel="phone")
    drawn = CallbackDraw.objects.get(case=audited(play))
    assert drawn.drawn
    assert "抽中" in drawn.why
    assert "种子 甲" in drawn.why


def test_who_is_not_drawn_goes_on_after_the_message_had_its_time(play):
    rule(0, channel="phone")
    case = audited(play)
    assert not CallbackDraw.objects.get(case=case).drawn
    assert spare_undrawn(now=play.now + timedelta(hours=1)) == 0
    assert spare_undrawn(now=play.now + timedelta(hours=25)) == 1
    row = play.row
    assert (row.state, row.satisfaction) == ("called_back", "")
    play.go("close", play.callback, at=play.now + timedelta(hours=26))
    called = rate_of(Figure.CALLED_BACK, PERIOD, actor=SYSTEM)
    assert called.denominator == 0, "it was not due for a callback"
    assert rate_of(Figure.SATISFACTION, PERIOD, actor=SYSTEM).denominator == 0


def test_handled_again_is_always_called(play):
    rule(0, channel="phone")
    audited(play)
    play.go("call_back", play.callback, outcome="unsolved", satisfaction="dissatisfied", said="没修")
    play.go("rehandle", play.callback, reason="市民不满意")
    play.answer()
    play.go("pass_audit", play.leader)
    hear_waiting(now=play.now)
    assert CallbackDraw.objects.get(case_id=play.case_id, round=1).drawn
