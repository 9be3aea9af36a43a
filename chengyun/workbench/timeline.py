"""The history of a case for reading: who did what, for whom, when and why, every answer under its own label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.models import Attachment, CaseEvent
from chengyun.cases.process import LOOPS
from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.loop import Ask
from chengyun.kernel.words import N_
from chengyun.ui import formats
from chengyun.workbench.case_names import Names
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.case_text import Reading
from chengyun.workbench.case_words import state_of, state_word, verb_word

_FIELDS = {
    "title": N_("标题"),
    "description": N_("内容"),
    "appeal_type": N_("诉求类型"),
    "catalogue": N_("分类"),
    "address": N_("地址"),
}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One thing that was filled in. ``long`` texts are quoted; ``href`` leads to the case that is named."""

    label: str
    value: str
    long: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A corrected field, as it was and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the history, a message about it, or what the citizen said later. ``system`` ones are quieter."""

    seq: int
    moment: datetime
    what: str
    who: str
    behalf: str
    unit: str
    moved: str
    system: bool
    meaning: str
    said: tuple[SaidLine, ...]
    changes: tuple[Change, ...]
    attachments: tuple[Attachment, ...]
    source: str = "event"  # or "message", "rating": ``seq`` is then the key of that row


def timeline_of(record: CaseRecord, reading: Reading) -> list[Happening]:
    """Everything that happened, newest first."""
    files: dict[int, list[Attachment]] = {}
    for one in record.attachments:
        if one.event_seq is not None:
            files.setdefault(one.event_seq, []).append(one)
    return [
        _happening(record, event, reading, tuple(files.get(event.seq, ())))
        for event in reversed(record.events)
    ]


def _happening(
    record: CaseRecord, event: CaseEvent, reading: Reading, files: tuple[Attachment, ...]
) -> Happening:
    kind = record.case.kind
    moved = ""
    if event.from_state and event.from_state != event.to_state:
        moved = f"{state_word(kind, event.from_state)} → {state_word(kind, event.to_state)}"
    elif not event.from_state:
        moved = state_word(kind, event.to_state)
    return Happening(
        seq=event.seq,
        moment=event.at,
        what=verb_word(kind, event.verb),
        who=event.actor_name if event.actor_id else _(event.actor_name),
        behalf=record.names.person(event.behalf_of_id),
        unit=record.names.unit(event.unit_id),
        moved=moved,
        system=event.actor_id is None,
        meaning=_meaning(kind, event),
        said=tuple(said_lines(kind, event.verb, event.said, record.names, reading)),
        changes=tuple(_changes(event, reading)),
        attachments=files,
    )


def _meaning(kind: str, event: CaseEvent) -> str:
    if not event.from_state or event.from_state == event.to_state:
        return ""
    meaning = state_of(kind, event.to_state).meaning
    return "" if meaning == "calm" else meaning


def said_lines(
    kind: str, verb_name: str, said: dict[str, Any], names: Names, reading: Reading
) -> Iterator[SaidLine]:
    """What was filled in, under the labels of the form, in the order of the form."""
    corrected = verb_name == "correct"
    verb = LOOPS[kind].verb_named.get(verb_name)
    if verb is None:
        yield from _loose_lines(said, reading)
        return
    for ask in verb.asks:
        value = said.get(ask.name)
        if value in (None, "", [], False) or (corrected and ask.name in _FIELDS):
            continue
        yield _line(ask, value, names, reading)


def _loose_lines(said: dict[str, Any], reading: Reading) -> Iterator[SaidLine]:
    """Of the opening, and of what the system wrote by itself."""
    if "channel" in said:
        yield SaidLine(_("来源"), _term(Channel, said["channel"]))
    for key in ("reason", "why", "note"):
        if said.get(key):
            yield SaidLine(_("原因"), reading.text(str(said[key])))


def _line(ask: Ask, value: Any, names: Names, reading: Reading) -> SaidLine:
    label = _(ask.label)
    if ask.kind == "case":
        return SaidLine(label, str(value), href=reverse("workbench:case", args=[value]))
    if ask.kind == "text":
        return SaidLine(label, reading.text(str(value)), long=True)
    return SaidLine(label, _value(ask, value, names, reading))


def _value(ask: Ask, value: Any, names: Names, reading: Reading) -> str:
    if ask.choices is not None:
        return _term(ask.choices, value)
    if ask.kind in {"unit", "helper"}:
        return names.unit(value)
    if ask.kind == "units":
        return _("、").join(names.unit(one) for one in value)
    if ask.kind == "person":
        return names.person(value)
    if ask.kind == "picks":
        return _("；").join(value)
    if ask.kind == "moment":
        return formats.moment(datetime.fromisoformat(value), reading.now)
    if ask.kind == "date":
        return formats.day(datetime.fromisoformat(value).replace(tzinfo=SHANGHAI), reading.now)
    if ask.kind == "flag":
        return _("是")
    if ask.kind == "item":
        return item_words(value)
    return reading.text(str(value))


def _changes(event: CaseEvent, reading: Reading) -> Iterator[Change]:
    for name, before in (event.said.get("before") or {}).items():
        after = event.said.get(name, "")
        yield Change(
            _(_FIELDS.get(name, name)),
            _field(name, before, reading) or _("（空）"),
            _field(name, after, reading) or _("（空）"),
        )


def _field(name: str, value: Any, reading: Reading) -> str:
    if name == "appeal_type":
        return _term(AppealType, value)
    return item_words(value) if name == "catalogue" else reading.text(str(value))


def item_words(key: str) -> str:
    """The names of a catalogue item from the top; an unknown key as it is written."""
    found = item(key) if key else None
    return found.path if found is not None else key


def _term(words: Any, value: Any) -> str:
    try:
        return str(words(value).label)
    except ValueError:
        return str(value)
