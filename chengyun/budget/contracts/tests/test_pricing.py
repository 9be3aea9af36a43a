"""Prices, coverage, forecast and packages at their edges. No database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengyun.budget.contracts.coverage import Cover, Span, coverage, held
from chengyun.budget.contracts.forecast import month_cost, samples, total
from chengyun.budget.contracts.months import between, days_held, later, month_of, of_year
from chengyun.budget.contracts.packages import best, break_even, even_year, options
from chengyun.budget.contracts.pricing import Terms, charge
from chengyun.budget.contracts.words import Basis, Feed, ItemKind, PartMonth

JUNE = date(2026, 6, 1)
TODAY = date(2026, 7, 15)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
CARDS = Terms(ItemKind.PER_UNIT, Decimal(128), "张", Decimal(43))
TEXTS = Terms(ItemKind.PACKAGE, Decimal(3250), "条", included=Decimal(50_000), above=Decimal("0.1"))


def yuan(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("used", "cost", "formula"),
    [
        (None, "3250.00", "3,250 元"),
        (0, "3250.00", "3,250 元"),
        (50_000, "3250.00", "3,250 元"),
        (50_001, "3250.10", "3,250 元 + (50,001 − 50,000) 条 × 0.1 元"),
        (89_500, "7200.00", "3,250 元 + (89,500 − 50,000) 条 × 0.1 元"),
    ],
)
def test_a_package_costs_more_only_beyond_what_it_includes(used, cost, formula):
    found = charge(TEXTS, JUNE, None if used is None else Decimal(used))
    assert (found.amount, found.formula) == (yuan(cost), formula)
    assert found.assumed is (used is None)


def test_the_budget_s_two_contracts():
    cards = sum(charge(CARDS, month, None).amount for month in of_year(2024))
    texts = sum(charge(TEXTS, month, None).amount for month in of_year(2024))
    assert (cards, texts) == (yuan("66048"), yuan("39000"))
    assert yuan("152500") - cards - texts == yuan("47452")


def test_units_count_as_used_and_as_agreed_where_nobody_knows():
    assert charge(CARDS, JUNE, Decimal(41)).formula == "41 张 × 128 元"
    assert charge(CARDS, JUNE, Decimal(0)).amount == 0
    assert charge(CARDS, JUNE, None).amount == yuan("5504")


@pytest.mark.parametrize(
    ("terms", "used", "days", "cost"),
    [
        (CARDS, Decimal(43), 1, "5504.00"),  # a day of a whole-month price costs the month
        (CARDS, Decimal(43), 0, "0.00"),
        (Terms(ItemKind.PER_UNIT, Decimal(100), "张", part_month=PartMonth.DAYS), Decimal(1), 10, "33.33"),
        # By the day, the included messages shrink with the fee: 25,000 of half a month.
        (
            Terms(
                ItemKind.PACKAGE,
                Decimal(3000),
                "条",
                included=Decimal(50_000),
                above=Decimal("0.1"),
                part_month=PartMonth.DAYS,
            ),
            Decimal(25_001),
            15,
            "1500.10",
        ),
    ],
)
def test_a_part_of_a_month(terms, used, days, cost):
    assert charge(terms, JUNE, used, days).amount == yuan(cost)


def test_a_cap_and_a_one_off_item():
    capped = Terms(ItemKind.PER_UNIT, Decimal(10), "张", cap=Decimal(35))
    assert charge(capped, JUNE, Decimal(3)).amount == 30
    assert charge(capped, JUNE, Decimal(4)).formula == "min(4 张 × 10 元, 35 元)"
    once = Terms(ItemKind.ONE_OFF, Decimal(500), "项", due=JUNE)
    assert [charge(once, month, None).amount for month in (later(JUNE, -1), JUNE)] == [0, 500]


@UNHURRIED
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 30))
def test_more_use_never_costs_less(one: int, other: int, days: int):
    low, high = sorted((Decimal(one), Decimal(other)))
    assert charge(TEXTS, JUNE, low, days).amount <= charge(TEXTS, JUNE, high, days).amount


@pytest.mark.parametrize("text", ["2026-06", "2026/6", "202606", "2026年6月", " 2026-06-01 00:00:00 "])
def test_months_as_people_write_them(text: str):
    assert month_of(text) == JUNE


@pytest.mark.parametrize("text", ["", "2026-13", "6月", "2026-06-15", "20261", "1999-01"])
def test_what_is_no_month(text: str):
    assert month_of(text) is None


def test_months_between_and_days_held():
    assert between(date(2025, 12, 31), date(2026, 2, 1)) == tuple(
        date(*ym, 1) for ym in ((2025, 12), (2026, 1), (2026, 2))
    )
    assert between(date(2026, 2, 1), date(2026, 1, 1)) == ()
    assert days_held(date(2024, 2, 1), None, None) == 29
    assert days_held(JUNE, date(2026, 6, 30), date(2026, 6, 30)) == 1
    assert days_held(JUNE, date(2026, 7, 1), None) == 0


class TestCoverage:
    def test_a_contract_that_ended_before_the_year_covers_nothing_of_it(self):
        found = coverage([Span(date(2021, 9, 1), date(2023, 8, 31))], date(2024, 1, 1), date(2024, 12, 31))
        assert (found.whole_months, len(found.gaps)) == (0, 1)
        assert {month.state for month in found.months} == {Cover.NONE}
        assert found.gaps[0] == Span(date(2024, 1, 1), date(2024, 12, 31))

    def test_a_gap_of_a_day_shows(self):
        spans = [Span(date(2026, 1, 1), date(2026, 3, 30)), Span(date(2026, 4, 1), date(2026, 12, 31))]
        found = coverage(spans, date(2026, 1, 1), date(2026, 12, 31))
        assert found.gaps == (Span(date(2026, 3, 31), date(2026, 3, 31)),)
        assert found.whole_months == 11
        assert found.months[2].state is Cover.PART

    def test_an_untold_term_is_neither_covered_nor_a_gap(self):
        found = coverage([Span(None, None)], date(2026, 1, 1), date(2026, 12, 31))
        assert found.untold
        assert found.gaps == ()
        assert {month.state for month in found.months} == {Cover.UNTOLD}
        begun = coverage([Span(date(2026, 7, 1), None)], date(2026, 1, 1), date(2026, 12, 31))
        assert begun.gaps == (Span(date(2026, 1, 1), date(2026, 6, 30)),)

    def test_a_renewal_that_overlaps_ends_the_older_contract(self):
        older = held(date(2025, 1, 1), date(2026, 6, 30), None, [date(2026, 6, 1)])
        assert older == Span(date(2025, 1, 1), date(2026, 5, 31))
        newer = Span(date(2026, 6, 1), date(2027, 5, 31))
        found = coverage([older, newer], date(2026, 1, 1), date(2026, 12, 31))
        assert (found.whole_months, found.gaps, found.overlaps) == (12, (), ())
        # Without the tie between them both hold, and the overlap is told.
        loose = coverage([Span(date(2025, 1, 1), date(2026, 6, 30)), newer], JUNE, date(2026, 6, 30))
        assert loose.overlaps == (Span(JUNE, date(2026, 6, 30)),)

    def test_the_earliest_of_all_ends_counts(self):
        assert held(date(2025, 1, 1), date(2026, 12, 31), date(2026, 3, 3), []).end == date(2026, 3, 3)
        assert held(date(2025, 1, 1), None, None, [date(2024, 1, 1)]).end is None


class TestForecast:
    USAGE = {later(JUNE, -number): Decimal(count) for number, count in enumerate((60_000, 40_000, 50_000))}

    def test_past_months_are_certain_and_the_rest_has_a_range(self):
        past = month_cost(TEXTS, JUNE, samples(TEXTS, Feed.MESSAGES, JUNE, self.USAGE, TODAY))
        assert (past.basis, {past.low, past.expected, past.high}) == (Basis.ACTUAL, {yuan("4250")})
        july = later(JUNE, 1)
        ahead = month_cost(TEXTS, july, samples(TEXTS, Feed.MESSAGES, july, self.USAGE, TODAY))
        # The mean of what the months cost (4,250 + 3,250 + 3,250), not the cost of their mean (3,250).
        assert (ahead.basis, ahead.low, ahead.expected, ahead.high) == (
            Basis.EXPECTED,
            yuan("3250"),
            yuan("3583.33"),
            yuan("4250"),
        )
        assert ahead.formula == "(4,250.00 + 3,250.00 + 3,250.00) ÷ 3"

    def test_units_go_on_as_the_newest_month_had_them(self):
        usage = {JUNE: Decimal(41), later(JUNE, -1): Decimal(43), later(JUNE, -2): Decimal(40)}
        august = later(JUNE, 2)
        found = month_cost(CARDS, august, samples(CARDS, Feed.ENTERED, august, usage, TODAY))
        assert (found.low, found.expected, found.high) == (yuan("5120"), yuan("5248"), yuan("5504"))

    def test_without_any_record_the_month_says_so(self):
        found = month_cost(TEXTS, JUNE, samples(TEXTS, Feed.MESSAGES, JUNE, {}, TODAY))
        assert (found.basis, found.expected) == (Basis.NO_DATA, yuan("3250"))

    def test_what_is_older_than_a_year_is_not_learnt_from_and_no_use_is_a_record(self):
        old = {later(JUNE, -12): Decimal(90_000)}
        assert samples(TEXTS, Feed.MESSAGES, later(JUNE, 3), old, TODAY).basis is Basis.NO_DATA
        none = {JUNE: Decimal(0)}
        assert samples(TEXTS, Feed.MESSAGES, JUNE, none, TODAY).basis is Basis.ACTUAL

    @UNHURRIED
    @given(st.lists(st.integers(0, 200_000), min_size=1, max_size=12))
    def test_the_expected_cost_lies_in_its_range(self, counts: list[int]):
        usage = {later(JUNE, -number): Decimal(count) for number, count in enumerate(counts)}
        costs = [
            month_cost(TEXTS, month, samples(TEXTS, Feed.MESSAGES, month, usage, TODAY))
            for month in of_year(2026)
        ]
        found = total(costs)
        assert found.low <= found.expected <= found.high


class TestPackages:
    def test_the_break_even_of_the_budget_s_contract(self):
        assert break_even(TEXTS) == 32_500
        assert break_even(CARDS) is None

    def test_the_unexplained_rest_would_buy_messages_that_a_second_package_buys_cheaper(self):
        one, two = even_year(TEXTS, yuan("474520"), 2024)
        assert (one.cost, two.cost, two.saved) == (yuan("86452.00"), yuan("78000.00"), yuan("8452.00"))

    @pytest.mark.parametrize(("used", "packages"), [(82_499, 1), (82_500, 1), (82_501, 2), (140_000, 3)])
    def test_the_cheapest_number_turns_at_the_break_even(self, used: int, packages: int):
        usage = {later(JUNE, -number): Decimal(used) for number in range(12)}
        costs = [
            month_cost(TEXTS, month, samples(TEXTS, Feed.MESSAGES, month, usage, TODAY))
            for month in of_year(2026)
        ]
        found = best(options(TEXTS, costs))
        assert found is not None
        assert found.packages == packages
