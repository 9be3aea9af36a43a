"""Reads of the decision table: the lines in force, those that the words of an order point to, those in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from chengyun.hotline.desk.vocabulary import CLOSING, EXPLAINING, Treatment
from chengyun.hotline.models import DecisionLine, DecisionUse
from chengyun.kernel.clock import local

_MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """A line that an order's own words point to, and by which words."""

    line: DecisionLine
    treatment: Treatment
    words: tuple[str, ...]


def lines_in_force(now: datetime) -> list[DecisionLine]:
    """The table as it is today, in its order."""
    return list(_in_force(local(now).date()).order_by("order", "code"))


def line_in_force(line_id: int, now: datetime) -> DecisionLine | None:
    """One line, if it is in force today."""
    return _in_force(local(now).date()).filter(pk=line_id).first()


def hints_for(text: str, now: datetime) -> list[Hint]:
    """Lines whose words stand in the text, the table's first ones first. A hint only: people decide."""
    return hints_among(lines_in_force(now), text)


def hints_among(lines: Iterable[DecisionLine], text: str) -> list[Hint]:
    """As ``hints_for``, of lines that are read already."""
    found = []
    for line in lines:
        words = tuple(word for word in line.keywords if word and word in text)
        if words:
            found.append(Hint(line, Treatment(line.treatment), words))
    return found[:_MOST_HINTS]


def uses_of(case_id: int) -> list[DecisionUse]:
    """Which lines were applied to a case, in that order."""
    return list(DecisionUse.objects.filter(case_id=case_id).select_related("line", "by").order_by("pk"))


def is_own_duty(line_id: str, now: datetime) -> bool:
    """Whether the line that was chosen, as a form posts it, says that it is a department's own duty."""
    if not (line_id.isascii() and line_id.isdigit() and len(line_id) < 16):
        return False
    line = line_in_force(int(line_id), now)
    return line is not None and line.treatment == Treatment.DEPARTMENT


def goes_to_department(case_id: int) -> bool:
    """Whether the desk has judged an order a department's own duty, which is not pushed down to streets."""
    return DecisionUse.objects.filter(case_id=case_id, line__treatment=Treatment.DEPARTMENT.value).exists()


def needs_of(line: DecisionLine) -> frozenset[str]:
    """What the form asks for with a line: ``emergency``, ``route``, ``told``, ``merge``, ``closes``."""
    treatment, found = Treatment(line.treatment), set()
    if treatment == Treatment.EMERGENCY:
        found |= {"emergency", "told"}
    if treatment in EXPLAINING:
        found.add("told")
    if treatment == Treatment.EXPLAIN_ROUTE:
        found.add("route")
    if treatment == Treatment.MERGE:
        found.add("merge")
    if treatment in CLOSING:
        found.add("closes")
    return frozenset(found)


def _in_force(today: date) -> QuerySet[DecisionLine]:
    return DecisionLine.objects.filter(Q(valid_until=None) | Q(valid_until__gte=today), valid_from__lte=today)
