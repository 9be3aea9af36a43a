"""What the city platform is told about its orders: lines appended as things happen, fetched by cursor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengyun.cases.models import CaseEvent
from chengyun.cases.process import HOTLINE, HotlineState
from chengyun.hotline.models import AnswerKind, CityAnswer
from chengyun.kernel import events
from chengyun.kernel.clock import local
from chengyun.organisation.models import Unit

MOST = 500
_ENDS = {
    HotlineState.CLOSED.value: AnswerKind.CLOSED,
    HotlineState.MERGED.value: AnswerKind.MERGED,
    HotlineState.VOID.value: AnswerKind.VOID,
}
_VERBS = {
    "dispatch": AnswerKind.DISPATCHED,
    "coordinate": AnswerKind.DISPATCHED,
    "sign": AnswerKind.SIGNED,
    "report_interim": AnswerKind.INTERIM,
    "pass_audit": AnswerKind.ANSWERED,
    "rehandle": AnswerKind.REHANDLING,
}


def register() -> None:
    """Listen to the verbs that the city is told of: those above, and all that may end an order."""
    ending = {step.verb for step in HOTLINE.steps if str(step.target) in _ENDS and not step.stays}
    events.on("tell the city platform", ending | set(_VERBS), tell_city)


def tell_city(event: CaseEvent, now: datetime) -> None:
    """Append the line of one event, if the order came from the city. Safe to repeat."""
    case = event.case
    if case.source_system != "city" or not case.source_number:
        return
    ended = event.from_state != event.to_state
    kind = _ENDS.get(event.to_state) if ended and event.to_state in _ENDS else _VERBS.get(event.verb)
    if kind is None:
        return
    CityAnswer.objects.get_or_create(
        event=event,
        defaults={
            "case": case,
            "kind": kind,
            "text": _text(event, kind),
            "outcome": case.outcome,
            "at": event.at,
        },
    )


def _text(event: CaseEvent, kind: AnswerKind) -> str:
    said: dict[str, Any] = event.said
    if kind == AnswerKind.DISPATCHED:
        units = Unit.objects.filter(pk=said["unit"]) if said.get("unit") else Unit.objects.none()
        return units.values_list("name", flat=True).first() or ""
    if kind == AnswerKind.ANSWERED:
        return _reply(event)
    if kind == AnswerKind.CLOSED:
        return str(said.get("reply") or _reply(event))
    if kind == AnswerKind.MERGED:
        return str(said.get("into", ""))
    return str(said.get("report") or said.get("reason") or "")


def _reply(event: CaseEvent) -> str:
    """The answer that was given last before this event."""
    answers = CaseEvent.objects.filter(case_id=event.case_id, seq__lt=event.seq, verb="answer")
    last = answers.order_by("-seq").values_list("said", flat=True).first()
    return str((last or {}).get("reply", ""))


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines after a cursor, the next cursor, and whether there are more."""

    answers: list[dict[str, Any]]
    next: int
    more: bool


def answers_after(cursor: int, limit: int) -> Batch:
    """At most ``limit`` lines with an id above the cursor, in the order in which they were written."""
    limit = max(1, min(limit, MOST))
    rows = list(CityAnswer.objects.filter(pk__gt=cursor).select_related("case").order_by("pk")[: limit + 1])
    shown = rows[:limit]
    return Batch([_line(row) for row in shown], shown[-1].pk if shown else cursor, len(rows) > limit)


def _line(row: CityAnswer) -> dict[str, Any]:
    return {
        "id": row.pk,
        "city_number": row.case.source_number,
        "number": row.case.number,
        "kind": row.kind,
        "kind_label": AnswerKind(row.kind).zh,
        "text": row.text,
        "outcome": row.outcome,
        "at": local(row.at).isoformat(),
    }
