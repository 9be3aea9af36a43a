"""Holding the history against itself: any changed, missing or reordered row is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chengyun.cases.chain import digest
from chengyun.cases.models import Case, CaseEvent

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with which case and, where there is one, which row."""

    number: str
    seq: int
    event_id: int | None
    what: str
    en: str


def verify(numbers: list[str] | None = None) -> Iterator[Fault | int]:
    """Walk the chains; yield faults, and after every batch of cases how many have been read (an int)."""
    cases = Case.objects.order_by("pk")
    if numbers:
        cases = cases.filter(number__in=numbers)
    after = 0
    while True:
        batch = list(
            cases.filter(pk__gt=after).values("pk", "number", "version", "head_hash", "state")[:_BATCH]
        )
        if not batch:
            return
        after = batch[-1]["pk"]
        yield from _verify_batch(batch)
        yield len(batch)


def _verify_batch(batch: list[Any]) -> Iterator[Fault]:
    events: dict[int, list[CaseEvent]] = {}
    for event in CaseEvent.objects.filter(case_id__gte=batch[0]["pk"], case_id__lte=batch[-1]["pk"]).order_by(
        "case_id", "id"
    ):
        events.setdefault(event.case_id, []).append(event)
    for case in batch:
        yield from _verify_case(case, events.get(case["pk"], []))


def _verify_case(case: Any, events: list[CaseEvent]) -> Iterator[Fault]:
    number, before, state = str(case["number"]), "", ""
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            missing = event.seq > place
            yield Fault(
                number,
                event.seq,
                event.pk,
                f"第 {place} 行缺失" if missing else f"第 {event.seq} 行次序颠倒或重复",
                f"row {place} is missing" if missing else f"row {event.seq} is reordered or repeated",
            )
            return
        if digest_of(event, number, before) != event.digest:
            yield Fault(
                number, event.seq, event.pk, f"第 {event.seq} 行被改动", f"row {event.seq} was changed"
            )
            return
        before, state = event.digest, event.to_state
    if len(events) < case["version"]:
        yield Fault(number, len(events) + 1, None, "末尾的行缺失", "rows at the end are missing")
    elif before != case["head_hash"] or len(events) != case["version"]:
        yield Fault(
            number, len(events), None, "案件与其历史的末行不符", "the case does not match its last row"
        )
    elif state != case["state"]:
        yield Fault(number, len(events), None, "案件状态与历史不符", "the state does not match the history")


def digest_of(event: CaseEvent, number: str, before: str) -> str:
    """The digest that this row must have after ``before``."""
    return digest(
        before,
        number=number,
        seq=event.seq,
        verb=event.verb,
        from_state=event.from_state,
        to_state=event.to_state,
        at=event.at,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        behalf_of_id=event.behalf_of_id,
        unit_id=event.unit_id,
        said=event.said,
    )
