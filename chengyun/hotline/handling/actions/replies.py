"""Answers of units as facts: written when an answer is given, and for imported orders afterwards."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from chengyun.cases.models import Assignment, CaseEvent
from chengyun.hotline.handling.texts import bands, shingles
from chengyun.hotline.models import Reply, ReplyBand, ReplyWatch
from chengyun.kernel.writing import writing

_BATCH = 2_000  # events


def note_reply(event: CaseEvent, *, now: datetime) -> Reply | None:
    """Keep an answer as a row with its fingerprint. Safe to repeat."""
    if event.verb != "answer" or event.case.kind != "hotline":
        return None
    reply, made = Reply.objects.get_or_create(
        case_id=event.case_id, event_seq=event.seq, defaults=_facts(event, event.case.lead_unit_id)
    )
    if made:
        ReplyBand.objects.bulk_create(_bands(reply, event.said.get("reply", "")))
    return reply


def read_imported_replies(*, now: datetime) -> int:
    """Do the same for answers that came in bulk, without being heard. Returns how many were new.

    Goes by the ids of events. What came since the last turn is left for the next one: a writer that is
    still at work may hold lower ids than one that has finished.
    """
    with writing():
        watch, _made = ReplyWatch.objects.get_or_create(pk=1)
    newest = CaseEvent.objects.aggregate(top=Max("id"))["top"] or 0
    made = 0
    after = watch.done_to
    while after < watch.seen_to:
        until = min(after + _BATCH * 10, watch.seen_to)
        made += _read(after, until)
        after = until
        with writing():
            ReplyWatch.objects.filter(pk=1).update(done_to=after)
    with writing():
        ReplyWatch.objects.filter(pk=1).update(seen_to=newest)
    return made


def _read(after: int, until: int) -> int:
    events = list(
        CaseEvent.objects.filter(id__gt=after, id__lte=until, verb="answer", case__kind="hotline")
        .only("case_id", "seq", "at", "unit_id", "said", "verb")
        .order_by("id")
    )
    known: set[tuple[int, int]] = set()
    for start in range(0, len(events), 500):
        ids = [event.case_id for event in events[start : start + 500]]
        known |= set(Reply.objects.filter(case_id__in=ids).values_list("case_id", "event_seq"))
    fresh = [event for event in events if (event.case_id, event.seq) not in known]
    leads = _leads(fresh)
    with writing():
        replies = Reply.objects.bulk_create(
            [Reply(case_id=e.case_id, event_seq=e.seq, **_facts(e, leads.get(e.case_id))) for e in fresh]
        )
        pieces = [
            band
            for reply, event in zip(replies, fresh, strict=True)
            for band in _bands(reply, event.said.get("reply", ""))
        ]
        ReplyBand.objects.bulk_create(pieces, batch_size=5_000)
    return len(fresh)


def _leads(events: list[CaseEvent]) -> dict[int, int]:
    """The unit that led last, by case; an import has none but that."""
    found: dict[int, int] = {}
    for start in range(0, len(events), 500):
        ids = [event.case_id for event in events[start : start + 500]]
        rows = Assignment.objects.filter(case_id__in=ids, role="lead").order_by("id")
        found |= dict(rows.values_list("case_id", "unit_id"))
    return found


def _facts(event: CaseEvent, lead: int | None) -> dict[str, object]:
    said = event.said
    promised = said.get("promised_on")
    return {
        "unit_id": lead or event.unit_id,
        "at": event.at,
        "contacted": said.get("contacted", ""),
        "outcome": said["outcome"],
        "promised_on": date.fromisoformat(promised) if promised else None,
    }


def _bands(reply: Reply, text: str) -> list[ReplyBand]:
    return [ReplyBand(reply_id=reply.pk, band=band) for band in bands(shingles(text), reply.unit_id)]
