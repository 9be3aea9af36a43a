"""How an order goes, in everyday words: only what the rows of ``PlainWord`` let through.

Nothing that units say among themselves is read here: of an event its verb and moment, of an answer the reply
that passed the audit, of a citizen's own additions their text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chengyun.cases.models import Attachment, Case, CaseEvent
from chengyun.cases.privacy import mask_text
from chengyun.citizen.models import Addition, PlainWord
from chengyun.citizen.vocabulary import WordOf
from chengyun.ui.formats import english

# States in which a reply has passed the audit, so that it may be read outside.
_ANSWERED = frozenset({"audited", "called_back", "closed"})
_RATED = frozenset({"audited", "called_back", "closed"})


@dataclass(frozen=True, slots=True)
class Said:
    """A plain word with its explanation."""

    word: str
    explained: str = ""


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One line of an order's public history."""

    at: datetime
    what: str
    text: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an order stands, how it came there, and what was answered ("" while nothing passed the audit)."""

    state: Said
    meaning: str
    steps: list[PublicStep]
    reply: str = ""
    unit: str = ""
    finished: bool = False
    answered: bool = False
    photos: list[Attachment] = field(default_factory=list)


def words(process: str, thing: WordOf) -> dict[str, PlainWord]:
    """The words of a process that are shown."""
    return {row.name: row for row in PlainWord.objects.filter(process=process, thing=thing, shown=True)}


def state_said(case: Case, known: dict[str, PlainWord]) -> Said:
    """What the public reads for the state of an order; one without a word is being handled."""
    row = known.get(case.state)
    if row is None:
        return Said("In progress" if english() else "办理中")
    return Said(row.en, row.explained_en) if english() else Said(row.zh, row.explained_zh)


def meaning_of(case: Case) -> str:
    """The colour's meaning beside the word."""
    if case.closed_at is not None and case.state == "closed":
        return "good"
    return "stopped" if case.state in {"suspended", "merged", "void", "refused"} else "calm"


def main_of(case: Case) -> Case:
    """The order that a merged one is handled with; an order that was not merged is its own."""
    seen = {case.pk}
    while case.merged_into_id is not None and case.merged_into_id not in seen:
        seen.add(case.merged_into_id)
        case = Case.objects.get(pk=case.merged_into_id)
    return case


def progress_of(case: Case) -> Progress:
    """The public side of an order; of a merged one the state and the steps go on with the order it joined."""
    main = main_of(case)
    states, verbs = words(main.kind, WordOf.STATE), words(main.kind, WordOf.VERB)
    steps = _steps(case, verbs)
    if main.pk != case.pk:
        joined = steps[-1].at if steps else case.registered_at
        steps += [step for step in _steps(main, verbs, own=False) if step.at > joined]
    answered = main.state in _ANSWERED
    return Progress(
        state=state_said(main, states),
        meaning=meaning_of(main),
        steps=sorted(steps, key=lambda step: step.at),
        reply=_reply(main) if answered else "",
        unit=main.lead_unit.name if main.lead_unit is not None and main.state not in {"dispatched"} else "",
        finished=main.closed_at is not None,
        answered=main.state in _RATED,
        photos=_own_photos(case),
    )


def _steps(case: Case, known: dict[str, PlainWord], *, own: bool = True) -> list[PublicStep]:
    added = set(Addition.objects.filter(case=case).values_list("event_seq", flat=True)) if own else set()
    found: list[PublicStep] = []
    for event in CaseEvent.objects.filter(case=case).order_by("seq"):
        if event.seq in added:
            found.append(PublicStep(event.at, "", mask_text(str(event.said.get("note", ""))), mine=True))
        elif event.verb in known and (own or event.verb != "register"):
            row = known[event.verb]
            # An answer that failed the audit stays inside, and so does a step that only repeats the last.
            if not found or found[-1].mine or found[-1].what != (row.en if english() else row.zh):
                found.append(PublicStep(event.at, row.en if english() else row.zh))
    return found


def _reply(case: Case) -> str:
    wanted = ("answer", "resolve_at_once", "explain")
    last = CaseEvent.objects.filter(case=case, verb__in=wanted).order_by("-seq").first()
    said: dict[str, Any] = last.said if last is not None else {}
    return mask_text(str(said.get("reply", "")))


def _own_photos(case: Case) -> list[Attachment]:
    """Photos that came in with the report or with an addition: the citizen's own."""
    events = [1, *Addition.objects.filter(case=case).values_list("event_seq", flat=True)]
    rows = Attachment.objects.filter(case=case, event_seq__in=events, uploaded_by=None)
    return [row for row in rows if row.is_image]
