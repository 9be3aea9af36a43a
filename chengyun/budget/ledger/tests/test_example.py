"""The published budget of 2024 as entered: its right figures come out, its own errors do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chengyun.budget.compiling.figures import figures
from chengyun.budget.kinds import Figure, LineKind
from chengyun.budget.ledger.balance import unbalanced
from chengyun.budget.ledger.calculations import Formula, read_inputs, result_of
from chengyun.budget.ledger.comparison import due
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, CodeVersion
from chengyun.budget.queries import facts_of, lines_of
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now
from chengyun.kernel.errors import NotThere
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre, person


@pytest.fixture
def budget(db):
    centre()
    load_reference(now=now())
    load_reference(now=now())  # twice is once
    assert CodeVersion.objects.count() == 2
    return Budget.objects.get()


def test_the_published_sums_come_out(budget):
    facts = facts_of(budget.pk, actor=SYSTEM)
    said = figures(facts)
    assert said[Figure.SPENDING] == said[Figure.INCOME] == Decimal("8759561.13")
    assert said[Figure.BASIC] == Decimal("8422237.13")
    assert said[Figure.PROJECT] == Decimal("337324.00")
    assert said[Figure.THREE_PUBLIC] == Decimal("29926.00")
    assert said[Figure.OPERATING_COST] == 0
    by: dict[str, Decimal] = {}
    for line in facts.lines:
        for code in (line.func_code[:3], f"eco{line.eco_code[:3]}" if line.kind is LineKind.BASIC else ""):
            by[code] = by.get(code, Decimal(0)) + line.amount
    assert by["208"] == Decimal("1200486.48")
    assert by["212"] == Decimal("6683719.92")
    assert by["eco301"] == Decimal("7667236.59")
    assert by["eco302"] == Decimal("725280.54")  # not the 745,280.54 that was printed: that is with 310
    assert unbalanced(facts) == []
    assert due(facts) == []


def test_projects_are_the_published_ones_and_what_is_left(budget):
    facts = facts_of(budget.pk, actor=SYSTEM)
    declared = [one for one in facts.projects if one.has_targets]
    assert sum(one.stands_for for one in declared) == 3
    assert sum(one.requested for one in declared) == Decimal("272500.00")
    phone = next(one for one in facts.projects if one.code == "CGT")
    assert phone.requested == phone.grant == phone.total == Decimal("152500.00")
    assert set(phone.sections) == set(range(1, 8))
    assert len(phone.bases) == 2


def test_every_kept_calculation_gives_its_amount(budget):
    lines = BudgetLine.objects.exclude(calculation=None).select_related("calculation")
    assert len(lines) == 6
    for line in lines:
        values, faults = read_inputs(Formula(line.calculation.formula), line.calculation.inputs)
        assert not faults
        assert result_of(Formula(line.calculation.formula), values) == line.amount


def test_who_may_not_read_finds_nothing(budget):
    assert len(lines_of(budget.pk, actor=person("leader", Post.LEADER).actor)) == 31
    with pytest.raises(NotThere):
        facts_of(budget.pk, actor=person("alice", Post.INTAKE).actor)
