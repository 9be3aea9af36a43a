"""Rows of a list made ready for the page: names in place of ids, what is left on the clock, flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.models import Case, CaseClock, CaseLink, Contact
from chengyun.cases.vocabulary import AppealType, Channel, Urgency
from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.posts import CENTRE
from chengyun.workbench.case_names import names_for
from chengyun.workbench.case_text import Reading
from chengyun.workbench.case_words import StateWord, request_word, state_of, timer_word
from chengyun.workbench.queries.moments import near_until
from chengyun.workbench.queries.names import place_of
from chengyun.worktime.phrases import phrase
from chengyun.worktime.queries import current_calendar
from chengyun.worktime.units import Unit

COLUMNS = (
    "id", "number", "version", "kind", "title", "state", "channel", "appeal_type", "catalogue_key", "urgency",
    "secret", "rehearsal", "address", "street_id", "community_id", "lead_unit_id", "handler_id", "stage",
    "due_at", "paused", "pending", "rounds", "reworks", "send_backs", "registered_at", "closed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flag:
    """A short word about a case, with the meaning of its colour."""

    label: str
    meaning: str = "calm"


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. ``key`` carries number and version, so that a bulk verb knows what was seen."""

    case_id: int
    key: str
    number: str
    title: str
    state: StateWord
    catalogue: str
    catalogue_path: str
    place: str
    address: str
    unit: str
    handler: str
    channel: str
    stage: str
    left: str
    meaning: str
    due_at: datetime | None
    registered_at: datetime
    closed_at: datetime | None
    rehearsal: bool
    flags: tuple[Flag, ...]


def rows_of(ids: Sequence[int], actor: Actor, now: datetime) -> list[Row]:
    """The rows of these cases, in this order, as far as the reader may see them."""
    if not ids:
        return []
    found = {case["id"]: case for case in Case.objects.seen_by(actor).filter(pk__in=ids).values(*COLUMNS)}
    cases = [found[one] for one in ids if one in found]
    dresser = _Dresser(cases, actor, now)
    return [dresser.row(case) for case in cases]


def rows_numbered(numbers: Sequence[str], actor: Actor, now: datetime) -> list[Row]:
    """The rows of the cases with these numbers, in this order; unknown ones are left out."""
    ids = dict(Case.objects.seen_by(actor).filter(number__in=numbers).values_list("number", "id"))
    return rows_of([ids[number] for number in numbers if number in ids], actor, now)


class _Dresser:
    """What the rows of one page need: names, clocks, links; words are looked up once per page."""

    def __init__(self, cases: list[dict[str, Any]], actor: Actor, now: datetime) -> None:
        self._now = now
        self._names = names_for(actor, (case["handler_id"] for case in cases))
        self._units = _clock_units(cases)
        # Where all is rehearsal the page says so once, above.
        self._mixed = not all(case["rehearsal"] for case in cases)
        self._repeated = _repeated([case["id"] for case in cases])
        self._near = {kind: near_until(kind, now) for kind in {case["kind"] for case in cases}}
        self._calendar = current_calendar()
        self._state_word = cache(state_of)
        self._stage_word = cache(timer_word)
        self._channel_word = cache(partial(label_of, Channel))
        self._plain = Reading(None, secret=False, now=now)
        self._secret = _secret_readings(cases, actor, now)

    def row(self, case: dict[str, Any]) -> Row:
        """One row."""
        left, meaning = self._countdown(case)
        text = self._secret.get(case["id"], self._plain).text
        place, address = place_of(case["street_id"], case["community_id"], case["address"])
        found = item(case["catalogue_key"]) if case["catalogue_key"] else None
        return Row(
            case_id=case["id"],
            key=f"{case['number']}:{case['version']}",
            number=case["number"],
            title=text(case["title"]),
            state=self._state_word(case["kind"], case["state"]),
            catalogue=found.name
            if found
            else case["catalogue_key"] or label_of(AppealType, case["appeal_type"]),
            catalogue_path=found.path if found else "",
            place=text(place),
            address=text(address),
            unit=self._names.unit(case["lead_unit_id"]),
            handler=self._names.person(case["handler_id"]),
            channel=self._channel_word(case["channel"]),
            stage=self._stage_word(case["kind"], case["stage"]) if case["stage"] else "",
            left=left,
            meaning=meaning,
            due_at=case["due_at"],
            registered_at=case["registered_at"],
            closed_at=case["closed_at"],
            rehearsal=case["rehearsal"],
            flags=tuple(_flags(case, case["id"] in self._repeated, self._mixed)),
        )

    def _countdown(self, case: dict[str, Any]) -> tuple[str, str]:
        due = case["due_at"]
        if due is None:
            return "", "calm"
        words = phrase(self._calendar, self._now, due, self._units.get(case["id"], Unit.HOUR))
        if case["paused"]:
            return _("挂起中，%(left)s") % {"left": words}, "stopped"
        if due < self._now:
            return words, "overdue"
        return words, "due-soon" if due < self._near[case["kind"]] else "calm"


def _secret_readings(cases: list[dict[str, Any]], actor: Actor, now: datetime) -> dict[int, Reading]:
    """For readers who are not of the centre: how the cases of secret callers are to be read."""
    ids = [case["id"] for case in cases if case["secret"]]
    if not ids or actor.system or actor.holds(*CENTRE):
        return {}
    callers = Contact.objects.in_bulk(ids)
    return {one: Reading(callers.get(one), secret=True, now=now) for one in ids}


def label_of(words: type[Labelled], value: str) -> str:
    """The label of a coded value; one that is not known is given back as it is written."""
    return words(value).label if value in words._value2member_map_ else value


def _flags(case: dict[str, Any], repeated: bool, mixed: bool) -> Iterable[Flag]:
    if case["urgency"] != Urgency.NORMAL:
        urgency = Urgency(case["urgency"])
        yield Flag(urgency.label, urgency.meaning)
    if case["pending"]:
        yield Flag(request_word(case["pending"]), "due-soon")
    if case["rounds"]:
        yield Flag(_("重办 %(n)d") % {"n": case["rounds"]}, "due-soon")
    if case["reworks"]:
        yield Flag(_("返工 %(n)d") % {"n": case["reworks"]}, "due-soon")
    if case["send_backs"]:
        yield Flag(_("退单 %(n)d") % {"n": case["send_backs"]}, "due-soon")
    if case["secret"]:
        yield Flag(_("保密"), "stopped")
    if repeated:
        yield Flag(_("重复"))
    if case["rehearsal"] and mixed:
        yield Flag(_("演练"), "stopped")


def _clock_units(cases: list[dict[str, Any]]) -> dict[int, str]:
    """What the clock that each case shows counts in."""
    shown = {case["id"]: case["stage"] for case in cases if case["due_at"] is not None}
    if not shown:
        return {}
    clocks = CaseClock.objects.filter(case_id__in=shown, ended_at__isnull=True)
    return {
        case_id: unit
        for case_id, stage, unit in clocks.values_list("case_id", "stage", "unit")
        if shown[case_id] == stage
    }


def _repeated(ids: list[int]) -> set[int]:
    """Those that repeat another case or are repeated by one."""
    links = CaseLink.objects.filter(kind__in=("merged", "repeated"))
    pairs = links.filter(case_id__in=ids).union(links.filter(other_id__in=ids), all=True)
    return {one for pair in pairs.values_list("case_id", "other_id") for one in pair}
