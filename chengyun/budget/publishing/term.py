"""The clock after approval: how many days a department has to publish its budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.publishing import Publication, PublishingTerm
from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.worktime.limits import Provenance

_SOURCE = "预算法第十四条：部门预算经批复后二十日内由各部门向社会公开（待与原文核对）"


@dataclass(frozen=True, slots=True)
class Clock:
    """When a budget is due, how many days are left (below nought: late), and when it was published."""

    approved_on: date
    due_on: date | None
    left: int | None
    released_on: date | None = None

    @property
    def late(self) -> bool:
        """Published after the day, or still not published and the day is over."""
        return self.left is not None and self.left < 0

    @property
    def meaning(self) -> str:
        """A token of ``ui``."""
        if self.released_on is not None:
            return "overdue" if self.late else "good"
        if self.left is None:
            return "calm"
        return "overdue" if self.left < 0 else "due-soon" if self.left <= 5 else "calm"


@writing()
def load_term(*, now: datetime) -> None:
    """Load the law's twenty days where there is no row yet. Safe to run twice."""
    if not PublishingTerm.objects.exists():
        PublishingTerm.objects.create(
            days=20,
            valid_from=date(2015, 1, 1),
            source=_SOURCE,
            provenance=Provenance.SECONDARY,
            made_at=now,
        )


def term_on(day: date) -> PublishingTerm | None:
    """The row in force on a day."""
    return PublishingTerm.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def due_on(approved_on: date) -> date | None:
    """The last day; None where no row is in force. The day of approval does not count."""
    term = term_on(approved_on)
    return None if term is None else approved_on + timedelta(days=term.days)


def clock_of(budget: Budget, first: Publication | None, now: datetime) -> Clock | None:
    """The clock of an approved budget; ``first`` is its first published version."""
    if budget.approved_on is None:
        return None
    released = first.released_on if first is not None else None
    due = first.due_on if first is not None else due_on(budget.approved_on)
    today = released or local(now).date()
    return Clock(budget.approved_on, due, None if due is None else (due - today).days, released)
