"""Every write of the ledger, one function a verb."""

from chengyun.budget.ledger.actions.amounts import add_line, calculate, remove_line, set_amount, set_income
from chengyun.budget.ledger.actions.budgets import begin_budget, begin_from
from chengyun.budget.ledger.actions.codes import add_code
from chengyun.budget.ledger.actions.execution import enter_execution
from chengyun.budget.ledger.actions.importing import import_execution, import_lines
from chengyun.budget.ledger.actions.projects import (
    add_basis,
    add_project,
    change_project,
    leave_out_project,
    write_sections,
)
from chengyun.budget.ledger.actions.stages import comment, hindrances, move_stage, sign_off, undo
from chengyun.budget.ledger.actions.texts import give_reasons, set_prior, set_profile

__all__ = [
    "add_basis",
    "add_code",
    "add_line",
    "add_project",
    "begin_budget",
    "begin_from",
    "calculate",
    "change_project",
    "comment",
    "enter_execution",
    "give_reasons",
    "hindrances",
    "import_execution",
    "import_lines",
    "leave_out_project",
    "move_stage",
    "remove_line",
    "set_amount",
    "set_income",
    "set_prior",
    "set_profile",
    "sign_off",
    "undo",
    "write_sections",
]
