"""The form of a verb, made from what the verb asks for. The rules stay in the engine; this only draws and reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.reply_rules import asks_of
from chengyun.cases.vocabulary import AppealType
from chengyun.cases.world import surroundings
from chengyun.hotline.handling.prefill import picks_for, said_before
from chengyun.hotline.handling.rows import topics_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.loop import Ask, Verb
from chengyun.ui import formats
from chengyun.workbench import verb_options
from chengyun.workbench.similar import similar_to
from chengyun.workbench.verb_options import Choice, Group, Option

OWN_WORDS = "own-words"  # the radio button beside the free text of a criterion
# Fields that mean something only with a certain answer beside them. Without script they are all shown.
_SHOWN_WHEN = {
    ("answer", "contact_why_not"): "contacted=no,not_needed",
    ("answer", "contacted_at"): "contacted=yes",
    ("answer", "contact_person"): "contacted=yes",
    ("answer", "promised_on"): "outcome=explained,unsolved",
    ("answer", "citizen_said"): "standing=satisfied,fair,average,dissatisfied",
    ("answer", "complaint"): "standing=average,dissatisfied",
    ("contact", "contacted_at"): "reached=yes",
    ("contact", "why_not"): "reached=no,not_needed",
}
_WIDGETS = {
    "line": "line",
    "text": "text",
    "unit": "select",
    "helper": "select",
    "units": "ticks",
    "person": "select",
    "moment": "datetime-local",
    "date": "date",
    "number": "number",
    "flag": "flag",
    "case": "case",
    "item": "select",
    "criterion": "criterion",
    "choice": "radios",
    "picks": "ticks",
}


@dataclass(slots=True)
class Field:
    """One field as a template draws it. ``when`` says in words when an optional field becomes required."""

    name: str
    widget: str
    label: str
    hint: str
    required: bool
    when: str
    most: int
    groups: tuple[Group, ...] = ()
    values: list[str] = field(default_factory=list)
    error: str = ""
    own: str = ""  # the free text of a criterion
    group: str = ""  # the heading under which it stands
    show_when: str = ""  # "name=value", "name=one,other": shown only with that answer

    @property
    def value(self) -> str:
        """The value of a field that holds one."""
        return self.values[0] if self.values else ""

    @property
    def long(self) -> bool:
        """Whether there is so much to choose from that a box to narrow it down helps."""
        return sum(len(group.options) for group in self.groups) > 12

    @property
    def reasons(self) -> tuple[Option, ...]:
        """Options that come with a reason, to be shown beside a select box."""
        return tuple(option for group in self.groups for option in group.options if option.why)


def about_of(case: CaseFacts, verb: Verb, now: datetime) -> list[tuple[str, str]]:
    """What somebody who decides must have before their eyes: the request, and the deadline as it stands."""
    request = case.request
    if request is None or verb.name != f"decide_{request.kind}":
        return []
    clock = case.clock_on("disposal", "rehandle")
    return [
        (_("现在的时限"), formats.moment(clock.due_at, now) if clock is not None else ""),
        (_("申请至"), formats.moment(request.until, now)),
        (_("申请理由"), request.reason),
    ]


def fields_of(verb: Verb, case: CaseFacts, row: Case, actor: Actor, now: datetime) -> list[Field]:
    """The fields of an empty form, with what is suggested filled in."""
    before = said_before(verb, case, row, actor, now)
    return [
        _field(ask, verb, case, row, actor, now, before.get(ask.name, ""))
        for ask in shown_asks(verb, case, now)
    ]


def shown_asks(verb: Verb, case: CaseFacts, now: datetime) -> list[Ask]:
    """What the form asks for today: as the rules have it, without the special topics of other classes."""
    asks = asks_of(verb, case, surroundings(now))
    if not any(ask.topic for ask in asks):
        return list(asks)
    topics = topics_of(case["catalogue_key"], local(now).date())
    return [ask for ask in asks if not ask.topic or ask.topic in topics]


def filled(fields: list[Field], verb: Verb, posted: QueryDict, wrong: Mapping[str, str]) -> list[Field]:
    """The same fields with what was typed and what is wrong with it."""
    for one in fields:
        one.values = [value for value in posted.getlist(one.name) if value]
        one.error = wrong.get(one.name, "")
        if one.widget == "criterion":
            one.own = posted.get(f"{one.name}_own", "")
    return fields


def said_from(verb: Verb, posted: QueryDict) -> dict[str, Any]:
    """What was filled in, as ``move`` takes it; things that the verb does not ask for are left out."""
    said: dict[str, Any] = {}
    for ask in verb.asks:
        if ask.kind in {"units", "picks"}:
            said[ask.name] = [value for value in posted.getlist(ask.name) if value]
        elif ask.kind == "criterion":
            chosen = posted.get(ask.name, "")
            said[ask.name] = posted.get(f"{ask.name}_own", "") if chosen in ("", OWN_WORDS) else chosen
        else:
            said[ask.name] = posted.get(ask.name, "")
    return said


def _field(
    ask: Ask, verb: Verb, case: CaseFacts, row: Case, actor: Actor, now: datetime, before: str
) -> Field:
    choice = _choice(ask, verb, case, row, actor, now)
    first = before or _first(ask, verb, case, now) or choice.first
    return Field(
        name=ask.name,
        widget="select" if ask.name == "appeal_type" else _WIDGETS[ask.kind],
        label=_(ask.label),
        hint=_(ask.hint) if ask.hint else "",
        required=ask.required and ask.required_when is None and ask.kind != "flag",
        when=_when(ask, verb),
        most=ask.most,
        groups=choice.groups,
        values=[first] if first else [],
        group=_(ask.group) if ask.group else "",
        show_when=_SHOWN_WHEN.get((verb.name, ask.name), ""),
    )


def _choice(ask: Ask, verb: Verb, case: CaseFacts, row: Case, actor: Actor, now: datetime) -> Choice:
    today = local(now).date()
    if ask.choices is not None:
        return Choice((Group("", tuple(Option(str(one), one.label) for one in ask.choices)),))
    if ask.name == "appeal_type":
        return Choice((Group("", tuple(Option(str(one), one.label) for one in AppealType)),))
    if ask.kind == "unit":
        return verb_options.lead_units(case, actor, today)
    if ask.kind in {"units", "helper"}:
        return verb_options.helper_units(case, actor, today)
    if ask.kind == "person":
        return verb_options.people(ask.name, case, today)
    if ask.kind == "item":
        return verb_options.classes(case, today)
    if ask.kind == "criterion":
        return verb_options.criteria(verb.name, case)
    if ask.kind == "picks":
        texts = picks_for(ask.name, today)
        return Choice((Group("", tuple(Option(one, one) for one in texts)),) if texts else ())
    if ask.kind == "case":
        found = similar_to(row, actor, now)
        return Choice((Group("", tuple(Option(one.number, one.title, one.why) for one in found)),))
    return Choice()


def _first(ask: Ask, verb: Verb, case: CaseFacts, now: datetime) -> str:
    """What stands in the field before anybody typed."""
    if verb.name == "correct":
        column = {"catalogue": "catalogue_key"}.get(ask.name, ask.name)
        return str(case.row.get(column, ""))
    if verb.name == "ask_extension" and ask.name == "until":
        return _later(case, now)
    if ask.name == "contacted_at":
        return f"{local(now):%Y-%m-%dT%H:%M:%S}"
    return ""


def _later(case: CaseFacts, now: datetime) -> str:
    """The present deadline and the same limit once more, but not beyond the longest that is allowed."""
    clock = case.clock_on("disposal", "rehandle")
    if clock is None:
        return ""
    world = surroundings(now)
    later = world.calendar.shift(clock.due_at, clock.amount, clock.unit)
    if case["kind"] == "hotline":
        ceiling = world.limit(case, "disposal_ceiling", clock.started_at)
        later = min(later, world.calendar.due(clock.started_at, ceiling.amount, ceiling.unit))
    return f"{local(later):%Y-%m-%dT%H:%M}" if later > clock.due_at else ""


def _when(ask: Ask, verb: Verb) -> str:
    """In words: the answer to another field that makes this one required."""
    if ask.required_when is None:
        return ""
    name, values = ask.required_when
    other = next(one for one in verb.asks if one.name == name)
    words = _("、").join(other.choices(value).label if other.choices else value for value in values)
    return _("“%(field)s”为 %(values)s 时必填") % {"field": _(other.label), "values": words}
