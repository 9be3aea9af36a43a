"""Between the engine's facts and the tables: load a case, write what came of a verb. No rules here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from chengyun.cases.facts import (
    BLANK,
    AssignmentFacts,
    CaseFacts,
    ClockFacts,
    DeadlineFacts,
    EventFacts,
    RequestFacts,
)
from chengyun.cases.models import Assignment, Case, CaseClock, CaseEvent, CaseRequest, Deadline
from chengyun.cases.process import LOOPS
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.rows import Rows, Table, insert_family

CASE_COLUMNS = tuple(BLANK)
CASES = Table(Case, CASE_COLUMNS)
CASES_WITH_ID = Table(Case, ("id", *CASE_COLUMNS))
_EVENT = tuple(EventFacts.__dataclass_fields__)
EVENTS = Table(CaseEvent, ("case_id", *_EVENT))
_CLOCK = tuple(name for name in ClockFacts.__dataclass_fields__ if name not in {"new", "changed"})
CLOCKS = Table(CaseClock, ("case_id", *_CLOCK))
_DEADLINE = tuple(DeadlineFacts.__dataclass_fields__)
DEADLINES = Table(Deadline, ("case_id", *_DEADLINE))
_ASSIGNMENT = tuple(name for name in AssignmentFacts.__dataclass_fields__ if name not in {"id", "changed"})
ASSIGNMENTS = Table(Assignment, ("case_id", *_ASSIGNMENT))
_REQUEST = tuple(name for name in RequestFacts.__dataclass_fields__ if name not in {"id", "changed"})
REQUESTS = Table(CaseRequest, ("case_id", *_REQUEST))


def load(case_id: int, actor: Actor) -> CaseFacts:
    """Read a case with its living clocks, open assignments and requests, if the actor may see it.

    Raises ``NotThere``.
    """
    row = Case.objects.seen_by(actor).filter(pk=case_id).values(*CASE_COLUMNS).first()
    if row is None:
        raise NotThere(_("没有这个案件，或您无权查看"))
    case = CaseFacts(LOOPS[row["kind"]], row=dict(row), id=case_id)
    clocks = CaseClock.objects.filter(case_id=case_id, ended_at__isnull=True).order_by("no")
    case.clocks = [ClockFacts(**clock, new=False) for clock in clocks.values(*_CLOCK)]
    last = CaseClock.objects.filter(case_id=case_id).aggregate(last=Max("no"))["last"]
    case.last_clock = last or 0
    open_assignments = Assignment.objects.filter(case_id=case_id, ended_at__isnull=True).order_by("id")
    case.assignments = [AssignmentFacts(**one) for one in open_assignments.values("id", *_ASSIGNMENT)]
    requests = CaseRequest.objects.filter(case_id=case_id).order_by("id")
    case.requests = [RequestFacts(**one) for one in requests.values("id", *_REQUEST)]
    if case["pending"]:
        case.request = next((r for r in case.requests if not r.decision and r.kind == case["pending"]), None)
    return case


def insert(
    case: CaseFacts,
    beside: Iterable[tuple[Rows, Sequence[Any]]] = (),
    *,
    first: Sequence[tuple[str, str, Sequence[Any]]] = (),
    number: str = "",
    seal: str = "",
) -> None:
    """Write a newly opened case with everything that belongs to it.

    ``beside`` are rows of other tables, whose first value will be the case's id. Where the database itself
    gives ``number`` and ``seal``, these are expressions, which read the queries that go ``first``.
    """
    row = case.row | {"number": number or case["number"], "head_hash": seal or case["head_hash"]}
    children: list[tuple[Rows, Sequence[Any]]] = [
        (EVENTS, (0, *_event(one)[:-1], seal or one.digest)) for one in case.events
    ]
    children += [(CLOCKS, (0, *_clock(one))) for one in case.clocks]
    children += [(DEADLINES, (0, *_deadline(one))) for one in case.deadlines]
    answers = "id, number, head_hash" if number else "id"
    values = [row[name] for name in CASE_COLUMNS]
    case.id, *given = insert_family(CASES, values, [*children, *beside], first=first, answers=answers)
    if given:
        case.row["number"], case.row["head_hash"] = given
    assert not case.assignments
    assert not case.requests
    case.events, case.deadlines, case.changed = [], [], set()


def update(case: CaseFacts, seen: int) -> bool:
    """Write what a verb changed, if the case is still the version that was seen; tell whether it was."""
    changed = {name: case.row[name] for name in case.changed}
    if not Case.objects.filter(pk=case.pk, version=seen).update(**changed):
        return False
    _append(case)
    return True


def _append(case: CaseFacts) -> None:
    for event in case.events:
        EVENTS.insert((case.id, *_event(event)))
    for clock in case.clocks:
        if clock.new:
            CLOCKS.insert((case.id, *_clock(clock)))
        elif clock.changed:
            changed = {
                n: getattr(clock, n) for n in ("due_at", "paused_at", "remaining", "ended_at", "result")
            }
            CaseClock.objects.filter(case_id=case.pk, no=clock.no).update(**changed)
    for deadline in case.deadlines:
        DEADLINES.insert((case.id, *_deadline(deadline)))
    _append_assignments(case)
    case.events, case.deadlines, case.changed = [], [], set()


def _append_assignments(case: CaseFacts) -> None:
    for one in case.assignments:
        if one.id is None:
            one.id = ASSIGNMENTS.insert((case.id, *_assignment(one)), returning=True)
        elif one.changed:
            Assignment.objects.filter(pk=one.id).update(ended_at=one.ended_at, result=one.result)
    for request in case.requests:
        if request.id is None:
            request.id = REQUESTS.insert((case.id, *_request(request)), returning=True)
        elif request.changed:
            CaseRequest.objects.filter(pk=request.id).update(
                decision=request.decision,
                decided_at=request.decided_at,
                decided_by_id=request.decided_by_id,
                answer=request.answer,
            )


def insert_many(cases: Iterable[CaseFacts], heard_at: datetime | None = None) -> None:
    """Write many new cases, whose ``id`` is already reserved, table by table."""
    cases = list(cases)
    CASES_WITH_ID.insert_many([case.id, *(case.row[name] for name in CASE_COLUMNS)] for case in cases)
    _EVENTS_HEARD.insert_many((case.id, *_event(one), heard_at) for case in cases for one in case.events)
    CLOCKS.insert_many((case.id, *_clock(one)) for case in cases for one in case.clocks)
    DEADLINES.insert_many((case.id, *_deadline(one)) for case in cases for one in case.deadlines)
    ASSIGNMENTS.insert_many((case.id, *_assignment(one)) for case in cases for one in case.assignments)
    REQUESTS.insert_many((case.id, *_request(one)) for case in cases for one in case.requests)


_EVENTS_HEARD = Table(CaseEvent, ("case_id", *_EVENT, "heard_at"))
_event, _clock, _deadline = attrgetter(*_EVENT), attrgetter(*_CLOCK), attrgetter(*_DEADLINE)
_assignment, _request = attrgetter(*_ASSIGNMENT), attrgetter(*_REQUEST)
