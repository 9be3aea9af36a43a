"""A month against its bills, and a whole year: on the examples and on contracts of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from chengyun.budget.contracts import actions
from chengyun.budget.contracts.loading import load_reference
from chengyun.budget.contracts.reconciling import month_of_contract
from chengyun.budget.contracts.tests.scene import CLERK, FACTS, JUNE, NOW, TEXTS, bill, contract, item_of, use
from chengyun.budget.contracts.words import Basis, Match, Verdict
from chengyun.budget.contracts.year import year_of
from chengyun.budget.models.contracts import Contract
from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import Invalid, Refused, Stale
from chengyun.messaging.models import HandOver
from chengyun.messaging.tests.scene import accepted, ready

pytestmark = pytest.mark.django_db


def sent(count: int, month: date) -> None:
    """So many segments that the operator accepted in a month."""
    ready(NOW)
    at = datetime(month.year, month.month, 1, 0, 5, tzinfo=SHANGHAI)
    message = accepted(f"m{month:%Y%m}", now=at)
    pieces = [10_000] * (count // 10_000) + [count % 10_000]
    HandOver.objects.bulk_create(
        HandOver(
            message=message,
            attempt=1,
            number=number,
            segments=segments,
            gateway="operator",
            gateway_id=f"id{month}-{number}",
            taken="accepted",
            at=at,
        )
        for number, segments in enumerate(pieces, 1)
    )


class TestReconciliation:
    def test_a_bill_against_the_computed_cost(self):
        row = contract()
        use(item_of(row), 43)
        assert month_of_contract(row, JUNE, now=NOW).match is Match.NO_BILL
        bill(row, "5504.01")
        assert month_of_contract(row, JUNE, now=NOW).match is Match.AGREES  # a cent is rounding
        bill(row, "0.01", number="F-2")
        found = month_of_contract(row, JUNE, now=NOW)
        assert (found.match, found.difference) == (Match.DIFFERS, Decimal("0.02"))
        assert found.lines[0].charge.formula == "43 张 × 128 元"

    def test_missing_usage_and_a_bill_outside_the_term_are_told(self):
        row = contract()
        bill(row, "5504.00")
        assert month_of_contract(row, JUNE, now=NOW).match is Match.NO_USAGE
        ended = contract(number="HT-0", ends_on=date(2026, 3, 31))
        bill(ended, "100.00")
        assert month_of_contract(ended, JUNE, now=NOW).match is Match.NO_TERM
        assert month_of_contract(row, date(2026, 7, 1), now=NOW).match is Match.UNDER_WAY

    def test_messages_are_counted_by_the_platform_and_an_entered_figure_stands_in_only_without_them(self):
        row = contract(TEXTS)
        use(item_of(row), 60_000)
        assert month_of_contract(row, JUNE, now=NOW).computed == Decimal("4250.00")
        sent(89_500, JUNE)
        found = month_of_contract(row, JUNE, now=NOW)
        assert found.computed == Decimal("7200.00")
        assert found.lines[0].used.record is None

    def test_the_decision_keeps_the_figures_and_shows_when_they_move(self):
        row = contract()
        use(item_of(row), 43)
        bill(row, "5600.00")
        seen = {"computed": Decimal("5504.00"), "billed": Decimal("5600.00")}

        def decide(verdict: Verdict, reason: str = "", month: date = JUNE, **said: Decimal) -> None:
            figures = {**seen, **said}
            actions.reconcile(
                row.pk, month=month, verdict=verdict, reason=reason, actor=CLERK, now=NOW, **figures
            )

        with pytest.raises(Invalid, match="不能记为无误"):
            decide(Verdict.AGREED)
        with pytest.raises(Invalid):
            decide(Verdict.DISPUTED)
        with pytest.raises(Stale):
            decide(Verdict.DISPUTED, "多收一张", billed=Decimal("1.00"))
        with pytest.raises(Refused):
            decide(Verdict.DISPUTED, "x", date(2026, 7, 1), computed=Decimal("5504.00"), billed=Decimal(0))
        decide(Verdict.DISPUTED, "多收 96 元")
        found = month_of_contract(row, JUNE, now=NOW)
        assert found.decided is not None
        assert found.decided.formulas == [["月费", "43 张 × 128 元", "5504.00"]]
        assert not found.stale
        use(item_of(row), 44)
        assert month_of_contract(row, JUNE, now=NOW).stale


class TestYear:
    def test_the_budget_of_2024_as_it_was_published(self):
        load_reference(now=NOW)
        found = year_of(CLERK, 2024, now=NOW)
        (project,) = found.projects
        cards, texts = sorted(project.services, key=lambda one: one.name, reverse=True)
        assert (cards.name, cards.coverage.whole_months, len(cards.coverage.gaps)) == ("监督员手机卡", 0, 1)
        assert (cards.range.expected, cards.carried) == (Decimal("66048.00"), Decimal("66048.00"))
        assert texts.coverage.untold
        assert texts.coverage.gaps == ()
        rest = project.unexplained
        assert rest is not None
        assert (rest.base, rest.rest, rest.beyond) == (
            Decimal("105048.00"),
            Decimal("47452.00"),
            Decimal(474520),
        )
        assert rest.second[1].saved == Decimal("8452.00")
        assert texts.items[0].packages == ()  # without any record of use there is nothing to compare

    def test_a_year_with_a_gap_and_a_dearer_renewal(self):
        old = contract(ends_on=date(2026, 4, 30))
        facts = replace(FACTS, number="HT-2", begins_on=date(2026, 6, 1), ends_on=date(2027, 5, 31))
        new = actions.renew_contract(old.pk, facts, actor=CLERK, now=NOW)
        item = item_of(new)
        fresh = replace(
            TEXTS, name=item.name, kind=item.kind, unit="张", unit_price=Decimal(100), feed=item.feed
        )
        actions.correct_item(
            item.pk, replace(fresh, quantity=Decimal(43)), seen=new.version, actor=CLERK, now=NOW
        )
        for month in range(1, 7):
            owner = item_of(old) if month < 6 else item_of(new)
            use(owner, 40, date(2026, month, 1))
        (service,) = year_of(CLERK, 2026, now=NOW).services
        assert [one.begin for one in service.coverage.gaps] == [date(2026, 5, 1)]
        months = service.items[0].months
        assert [one.carried for one in months] == [number == 4 for number in range(12)]
        assert service.carried == Decimal("5120.00")  # May, as the ended contract had it
        assert months[5].cost.basis is Basis.ACTUAL
        assert months[6].cost.basis is Basis.EXPECTED
        # 5 months × 40 × 128, then 7 × 40 × 100
        assert service.range.expected == Decimal("53600.00")

    def test_the_forecast_learns_from_the_platform_and_comes_out_the_same_again(self):
        contract(TEXTS)
        for month, count in ((4, 100_000), (5, 40_000), (6, 160_000)):
            sent(count, date(2026, month, 1))
        found = year_of(CLERK, 2026, now=NOW)
        assert found == year_of(CLERK, 2026, now=NOW)
        (service,) = found.services
        costs = [one.cost for one in service.items[0].months]
        # April to June cost 8,250 + 3,250 + 14,250; before them nothing is known; the six after cost their mean.
        assert [one.expected for one in costs[3:6]] == [8250, 3250, 14_250]
        assert costs[11].expected == Decimal("8583.33")
        assert found.range.low == 25_750 + 9 * 3250
        assert found.range.high == 25_750 + 3 * 3250 + 6 * 14_250
        assert [one.basis for one in costs[2:7:2]] == [Basis.NO_DATA, Basis.ACTUAL, Basis.EXPECTED]
        # Two packages would save 83.33 in each month that is known or expected, and cost 3,250 more in the three others.
        assert service.items[0].packages[1].saved == Decimal("-9000.02")
        assert service.items[0].best is None

    def test_a_year_before_any_contract_is_empty_and_examples_stand_only_in_such_a_year(self):
        contract()
        assert year_of(CLERK, 2024, now=NOW).projects == ()
        Contract.objects.all().update(example=True)
        assert year_of(CLERK, 2026, now=NOW).example
        contract(number="HT-9")
        found = year_of(CLERK, 2026, now=NOW)
        assert not found.example
        assert [one.number for service in found.services for one in service.contracts] == ["HT-9"]
