"""The verbs: typing, calculating, undoing, stages, signatures; what they refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chengyun.budget.kinds import Figure, Fund, LineKind, Source, Stage
from chengyun.budget.ledger import actions
from chengyun.budget.ledger.calculations import Formula
from chengyun.budget.ledger.comparison import compare, due
from chengyun.budget.ledger.facts import facts_from
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.ledger.snapshots import digest_of, snapshot_of
from chengyun.budget.ledger.stages import STEPS, is_open
from chengyun.budget.models import Budget, BudgetLine, Entry, Execution, Project, StageMove
from chengyun.budget.queries import executed, facts_of
from chengyun.kernel.clock import now
from chengyun.kernel.errors import Invalid, NotAllowed, Refused, Stale
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre, person

WATER = LineKey(LineKind.BASIC, "2120199", "30205")
ABROAD = LineKey(LineKind.BASIC, "2120199", "30212")
NOW = now()


@pytest.fixture
def clerk(db):
    centre()
    load_reference(now=NOW)
    return person("clerk", Post.BUDGET).actor


@pytest.fixture
def budget(clerk):
    """2025, begun from the published 2024."""
    return actions.begin_from(Budget.objects.get().pk, fiscal_year=2025, actor=clerk, now=NOW)


def amount(budget: Budget, key: LineKey) -> Decimal | None:
    row = BudgetLine.objects.filter(budget=budget, func_code=key.func_code, eco_code=key.eco_code).first()
    return row.amount if row else None


def test_next_year_begins_with_this_year_and_without_its_reasons(budget):
    facts = facts_of(budget.pk, actor=person("leader", Post.LEADER).actor)
    before = facts.prior
    assert (facts.fiscal_year, before.fiscal_year) == (2025, 2024)
    assert {(one.func_code, one.eco_code, one.project): one.amount for one in facts.lines} == {
        (one.func_code, one.eco_code, one.project): one.amount for one in before.lines
    }
    assert facts.reasons == {}
    assert due(facts) == []
    phone = next(one for one in facts.projects if one.code == "CGT")
    assert set(phone.sections) == {1, 2, 3, 4, 7}  # period and money belong to one year
    with pytest.raises(Invalid, match="已经建立"):
        actions.begin_from(
            budget.base_id, fiscal_year=2025, actor=person("clerk2", Post.BUDGET).actor, now=NOW
        )


def test_an_amount_is_typed_seen_and_undone(budget, clerk):
    actions.set_amount(budget.pk, WATER, Decimal("12000.00"), seen=Decimal("10000.00"), actor=clerk, now=NOW)
    with pytest.raises(Stale, match="12,000"):
        actions.set_amount(budget.pk, WATER, Decimal("9.00"), seen=Decimal("10000.00"), actor=clerk, now=NOW)
    actions.set_amount(budget.pk, WATER, Decimal("13000.00"), actor=clerk, now=NOW)
    actions.add_line(budget.pk, ABROAD, Decimal("5000.00"), actor=clerk, now=NOW)
    for left in ((Decimal("13000.00"), None), (Decimal("12000.00"), None), (Decimal("10000.00"), None)):
        actions.undo(budget.pk, actor=clerk, now=NOW)
        assert (amount(budget, WATER), amount(budget, ABROAD)) == left
    with pytest.raises(Refused, match="没有可撤销"):
        actions.undo(budget.pk, actor=clerk, now=NOW)
    assert Entry.objects.filter(budget=budget).count() == 7  # begun, three changes, three undone
    with pytest.raises(TypeError):
        Entry.objects.all().delete()


def test_a_calculation_keeps_its_inputs_until_the_amount_is_typed(budget, clerk):
    key = LineKey(LineKind.PROJECT, "2120199", "", project="CGT")
    said = {"count": "43", "fee": "128", "months": "12"}
    made = actions.calculate(budget.pk, key, Formula.COUNT_FEE_MONTHS, said, actor=clerk, now=NOW)
    assert made.result == Decimal("66048.00")
    line = BudgetLine.objects.get(budget=budget, project__code="CGT")
    assert line.calculation.inputs == said
    actions.set_amount(budget.pk, key, Decimal("66000.00"), actor=clerk, now=NOW)
    line.refresh_from_db()
    assert line.calculation is None
    with pytest.raises(Invalid) as error:
        actions.calculate(
            budget.pk, key, Formula.PACKAGE, {"fee": "x", "months": "13", "over": "-1", "price": "0.1"},
            actor=clerk, now=NOW,
        )  # fmt: skip
    assert set(error.value.fields) == {"fee", "over"}


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (LineKey(LineKind.BASIC, "21201", "30205"), "func_code"),  # no leaf
        (LineKey(LineKind.BASIC, "2120199", "30210"), "eco_code"),  # there is none
        (LineKey(LineKind.BASIC, "2120199", ""), "eco_code"),
        (LineKey(LineKind.PROJECT, "2120199", "30205"), "project"),
        (LineKey(LineKind.BASIC, "2120199", "30212", project="CGT"), "project"),
        (LineKey(LineKind.BASIC, "2120199", "30212", Source.OTHER), "fund"),
        (WATER, "eco_code"),  # there already
    ],
)
def test_only_leaves_of_the_year_are_taken(budget, clerk, key, field):
    with pytest.raises(Invalid) as error:
        actions.add_line(budget.pk, key, Decimal("1.00"), actor=clerk, now=NOW)
    assert set(error.value.fields) == {field}


def test_a_budget_goes_up_only_in_balance_and_with_reasons(budget, clerk):
    actions.add_line(budget.pk, ABROAD, Decimal("5000.00"), actor=clerk, now=NOW)
    with pytest.raises(Invalid, match="不平衡"):
        actions.move_stage(budget.pk, Stage.FIRST_UP, seen=1, actor=clerk, now=NOW)
    total = Decimal("8764561.13")
    actions.set_income(budget.pk, Source.GRANT, Fund.GENERAL, total, actor=clerk, now=NOW)
    actions.move_stage(budget.pk, Stage.FIRST_UP, seen=1, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="已锁定"):
        actions.set_amount(budget.pk, WATER, Decimal(1), actor=clerk, now=NOW)
    actions.move_stage(budget.pk, Stage.FIRST_DOWN, seen=2, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="没有可撤销"):
        actions.undo(budget.pk, actor=clerk, now=NOW)  # what was handed in stays
    facts = facts_from(Budget.objects.get(pk=budget.pk))
    assert Figure.ABROAD in due(facts)
    with pytest.raises(Invalid, match="还没有说明原因"):
        actions.move_stage(budget.pk, Stage.SECOND_UP, seen=3, actor=clerk, now=NOW)
    given = dict.fromkeys([one.value for one in due(facts)], "友好城市来往")
    assert actions.give_reasons(budget.pk, given, actor=clerk, now=NOW) == len(given)
    actions.move_stage(budget.pk, Stage.SECOND_UP, seen=3, actor=clerk, now=NOW)
    with pytest.raises(Invalid, match="批复日期"):
        actions.move_stage(budget.pk, Stage.APPROVED, seen=4, actor=clerk, now=NOW)
    actions.move_stage(budget.pk, Stage.APPROVED, seen=4, approved_on=NOW.date(), actor=clerk, now=NOW)
    with pytest.raises(Stale):
        actions.move_stage(budget.pk, Stage.ADJUSTED, seen=4, actor=clerk, now=NOW)
    kept = StageMove.objects.get(budget=budget, version=1)
    assert kept.snapshot["lines"][str(ABROAD)] == "5000.00"
    assert kept.digest == digest_of(kept.snapshot)


def test_every_stage_can_be_reached_and_left():
    assert {step for steps in STEPS.values() for step in steps} == set(Stage)
    assert all(STEPS[stage] for stage in Stage if stage is not Stage.FINAL)
    assert not is_open(Stage.APPROVED)


def test_a_signature_holds_for_what_was_seen(budget, clerk):
    leader = person("leader", Post.LEADER).actor
    seen = digest_of(snapshot_of(budget))
    actions.sign_off(budget.pk, digest=seen, actor=leader, now=NOW)
    actions.set_amount(budget.pk, WATER, Decimal("1.00"), actor=clerk, now=NOW)
    with pytest.raises(Stale):
        actions.sign_off(budget.pk, digest=seen, actor=leader, now=NOW)
    with pytest.raises(NotAllowed):
        actions.sign_off(budget.pk, digest=seen, actor=person("auditor", Post.AUDITOR).actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.set_amount(budget.pk, WATER, Decimal("2.00"), actor=leader, now=NOW)


def test_a_project_comes_in_and_is_undone_with_its_texts(budget, clerk):
    made = actions.add_project(budget.pk, code="NEW", name="新项目", actor=clerk, now=NOW)
    actions.write_sections(budget.pk, made.pk, {"overview": "概述", "plan": "方案"}, actor=clerk, now=NOW)
    actions.leave_out_project(budget.pk, made.pk, actor=clerk, now=NOW)
    assert "NEW" not in [one.code for one in facts_from(budget).projects]
    actions.undo(budget.pk, actor=clerk, now=NOW)
    found = next(one for one in facts_from(budget).projects if one.code == "NEW")
    assert found.sections == {1: "概述", 4: "方案"}
    phone = Project.objects.get(code="CGT")
    with pytest.raises(Refused, match="还有支出"):
        actions.leave_out_project(budget.pk, phone.pk, actor=clerk, now=NOW)
    assert {row.key: row.moved for row in compare(facts_from(budget))["projects"]}["project:CGT"] is False


def test_a_corrected_month_counts_once(budget, clerk):
    actions.enter_execution(budget.pk, 1, {"": Decimal(100), "CGT": Decimal(20)}, actor=clerk, now=NOW)
    assert (
        actions.enter_execution(budget.pk, 1, {"": Decimal(90), "CGT": Decimal(20)}, actor=clerk, now=NOW)
        == 1
    )
    assert Execution.objects.count() == 3
    assert executed(budget.pk, actor=clerk) == {1: Decimal(110)}
    phone = Project.objects.get(code="CGT").pk
    assert executed(budget.pk, actor=clerk, project_id=phone) == {1: Decimal(20)}
    assert executed(budget.pk, actor=person("alice", Post.INTAKE).actor) == {}
