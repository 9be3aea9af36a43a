"""Everything that is on record of one case, read once for a page: a fixed number of queries, whatever its length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.cases.facts import AssignmentFacts, CaseFacts, ClockFacts, RequestFacts
from chengyun.cases.ledger import CASE_COLUMNS
from chengyun.cases.models import (
    Assignment,
    Attachment,
    Case,
    CaseClock,
    CaseEvent,
    CaseRequest,
    Contact,
    Deadline,
)
from chengyun.cases.process import LOOPS
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.workbench.case_names import Names, names_for

_WITH = ("street", "community", "grid", "handler", "inspector", "reporter", "merged_into")
_TOO_LONG = ("street__boundary", "community__boundary", "grid__boundary")


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case with its rows, oldest first, and the engine's view of it (``facts``)."""

    case: Case
    facts: CaseFacts
    contact: Contact | None
    events: list[CaseEvent]
    clocks: list[CaseClock]
    deadlines: list[Deadline]
    assignments: list[Assignment]
    requests: list[CaseRequest]
    attachments: list[Attachment]
    names: Names
    actor: Actor
    now: datetime


def case_seen(number: str, actor: Actor) -> Case:
    """The case of that number with what its head names; raises ``NotThere``."""
    seen = Case.objects.seen_by(actor)
    found = seen.select_related(*_WITH).defer(*_TOO_LONG).filter(number=number).first()
    if found is None:
        raise NotThere(_("没有编号为 %(number)s 的案件，或您无权查看") % {"number": number})
    assert isinstance(found, Case)
    return found


def record_of(number: str, actor: Actor, now: datetime) -> CaseRecord:
    """Read a case in full; raises ``NotThere``."""
    case = case_seen(number, actor)
    events = list(CaseEvent.objects.filter(case_id=case.pk).order_by("seq"))
    clocks = list(CaseClock.objects.filter(case_id=case.pk).order_by("no"))
    assignments = list(Assignment.objects.filter(case_id=case.pk).order_by("id"))
    requests = list(CaseRequest.objects.filter(case_id=case.pk).order_by("id"))
    attachments = list(Attachment.objects.filter(case_id=case.pk).order_by("id"))
    people = {
        *_people_said(case.kind, events),
        *(one.given_by_id for one in assignments),
        *(one for request in requests for one in (request.asked_by_id, request.decided_by_id)),
        *(one.uploaded_by_id for one in attachments),
    }
    return CaseRecord(
        case=case,
        facts=facts_of(case, clocks, assignments, requests),
        contact=Contact.objects.filter(case_id=case.pk).first(),
        events=events,
        clocks=clocks,
        deadlines=list(Deadline.objects.filter(case_id=case.pk).order_by("id")),
        assignments=assignments,
        requests=requests,
        attachments=attachments,
        names=names_for(actor, people),
        actor=actor,
        now=now,
    )


def facts_of(
    case: Case, clocks: list[CaseClock], assignments: list[Assignment], requests: list[CaseRequest]
) -> CaseFacts:
    """The engine's view of rows that have been read already; for asking what is offered, not for moving."""
    facts = CaseFacts(LOOPS[case.kind], row={name: getattr(case, name) for name in CASE_COLUMNS}, id=case.pk)
    facts.clocks = [
        ClockFacts(
            clock.no, clock.stage, clock.holder_id, clock.amount, clock.unit, clock.limit_row,
            clock.started_at, clock.first_due_at, clock.due_at, clock.paused_at, clock.remaining, new=False,
        )
        for clock in clocks if clock.ended_at is None
    ]  # fmt: skip
    facts.last_clock = clocks[-1].no if clocks else 0
    facts.assignments = [
        AssignmentFacts(one.unit_id, one.role, one.task, one.given_at, one.given_by_id, one.pk)
        for one in assignments if one.ended_at is None
    ]  # fmt: skip
    facts.requests = [
        RequestFacts(
            one.kind, one.reason, one.until, one.asked_at, one.asked_by_id, one.pk,
            one.decision, one.decided_at, one.decided_by_id, one.answer,
        )
        for one in requests
    ]  # fmt: skip
    if case.pending:
        facts.request = next(
            (one for one in facts.requests if one.kind == case.pending and not one.decision), None
        )
    return facts


def light_facts(case: Case) -> CaseFacts:
    """The engine's view of a case without its history: three queries."""
    return facts_of(
        case,
        list(CaseClock.objects.filter(case_id=case.pk).order_by("no")),
        list(Assignment.objects.filter(case_id=case.pk, ended_at__isnull=True).order_by("id")),
        list(CaseRequest.objects.filter(case_id=case.pk).order_by("id")),
    )


def _people_said(kind: str, events: list[CaseEvent]) -> Iterator[int | None]:
    """Ids of the people whom the history names, other than by the name of the doer."""
    verbs = LOOPS[kind].verb_named
    for event in events:
        yield event.behalf_of_id
        verb = verbs.get(event.verb)
        for ask in verb.asks if verb else ():
            if ask.kind == "person" and isinstance(event.said.get(ask.name), int):
                yield event.said[ask.name]
