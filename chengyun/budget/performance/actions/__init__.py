"""Every write of this part."""

from chengyun.budget.performance.actions.declarations import change, create, declare, reopen
from chengyun.budget.performance.actions.evaluations import begin_evaluation, fill_head, fill_line, finish
from chengyun.budget.performance.actions.measurements import (
    enter,
    measure_declaration,
    measure_target,
    recompute,
)
from chengyun.budget.performance.actions.monitoring import take_snapshot
from chengyun.budget.performance.actions.rows import set_row
from chengyun.budget.performance.actions.targets import add_target, change_target, drop_target

__all__ = [
    "add_target",
    "begin_evaluation",
    "change",
    "change_target",
    "create",
    "declare",
    "drop_target",
    "enter",
    "fill_head",
    "fill_line",
    "finish",
    "measure_declaration",
    "measure_target",
    "recompute",
    "reopen",
    "set_row",
    "take_snapshot",
]
