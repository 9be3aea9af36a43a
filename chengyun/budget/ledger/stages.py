"""The rounds of a budget (两上两下): which step leads where, and in which of them amounts may be typed. Pure."""

from __future__ import annotations

from chengyun.budget.kinds import Stage

# 一上 and 二上 lie with the finance department, which may hand them back.
STEPS: dict[Stage, tuple[Stage, ...]] = {
    Stage.DRAFT: (Stage.FIRST_UP,),
    Stage.FIRST_UP: (Stage.FIRST_DOWN, Stage.DRAFT),
    Stage.FIRST_DOWN: (Stage.SECOND_UP,),
    Stage.SECOND_UP: (Stage.APPROVED, Stage.FIRST_DOWN),
    Stage.APPROVED: (Stage.ADJUSTED, Stage.FINAL),
    Stage.ADJUSTED: (Stage.APPROVED, Stage.FINAL),
    Stage.FINAL: (),
}
_OPEN = frozenset({Stage.DRAFT, Stage.FIRST_DOWN, Stage.ADJUSTED})
# What leaves the house must balance; from the second submission on every change has its reason.
_WITH_REASONS = frozenset({Stage.SECOND_UP, Stage.APPROVED, Stage.FINAL})


def is_open(stage: Stage) -> bool:
    """Whether amounts may be typed."""
    return stage in _OPEN


def must_be_whole(before: Stage, after: Stage) -> bool:
    """Whether this step hands the ledger on, so that it must balance."""
    return is_open(before) and not is_open(after)


def must_give_reasons(before: Stage, after: Stage) -> bool:
    """Whether this step needs a reason for every change that the text will tell."""
    return must_be_whole(before, after) and after in _WITH_REASONS
