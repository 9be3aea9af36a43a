"""The head of a case page: what it is, where it stands, who has it, how long it has. Re-fetched while open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import criteria_for, item
from chengyun.cases.models import Case, CaseClock
from chengyun.cases.process import LOOPS
from chengyun.cases.vocabulary import AppealType, CriterionKind, Urgency
from chengyun.kernel.actor import Actor
from chengyun.organisation.queries import unit_tree
from chengyun.ui import formats
from chengyun.workbench.case_clocks import meaning_of, used_share
from chengyun.workbench.case_text import Reading
from chengyun.workbench.case_words import StateWord, loop_word, request_word, state_of, timer_word
from chengyun.worktime.phrases import phrase
from chengyun.worktime.queries import current_calendar

Flag = tuple[str, str, str]  # label, meaning, icon


@dataclass(frozen=True, slots=True)
class NearestClock:
    """The running clock that is due first, or a paused one if none runs."""

    stage: str
    phrase: str
    due_at: datetime
    meaning: str
    share: float | None
    paused: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stays on top of the page. ``facts`` are label and value."""

    number: str
    version: int
    title: str
    kind: str
    state: StateWord
    facts: tuple[tuple[str, str], ...]
    flags: tuple[Flag, ...]
    clock: NearestClock | None


def head_of(case: Case, clocks: list[CaseClock], reading: Reading, actor: Actor) -> Head:
    """The head, from a case and its living clocks."""
    return Head(
        number=case.number,
        version=case.version,
        title=reading.text(case.title),
        kind=loop_word(LOOPS[case.kind]),
        state=state_of(case.kind, case.state),
        facts=tuple(_facts(case, actor, reading.now)),
        flags=tuple(flags_of(case)),
        clock=_nearest(case, [clock for clock in clocks if clock.ended_at is None], reading.now),
    )


def _facts(case: Case, actor: Actor, now: datetime) -> list[tuple[str, str]]:
    return [
        (_("类型"), class_words(case)),
        (_("地点"), place_words(case)),
        (_("主办"), unit_name(case.lead_unit_id, actor) or _("未派遣")),
        (_("处置人员"), case.handler.name if case.handler else ""),
        (_("监督员"), case.inspector.name if case.inspector else ""),
        (_("进入本状态"), formats.ago(case.state_since, now)),
    ]


def unit_name(unit_id: int | None, actor: Actor) -> str:
    """The name of a unit, from memory."""
    return next((node.name for node in unit_tree(actor) if node.id == unit_id), "") if unit_id else ""


def class_words(case: Case) -> str:
    """What it is about: kind of appeal, class from the top, and the condition that set its limit."""
    found = item(case.catalogue_key) if case.catalogue_key else None
    names = found.path if found is not None else case.catalogue_key
    appeal = AppealType(case.appeal_type).label if case.appeal_type else ""
    return " · ".join(part for part in (appeal, names, _condition(case)) if part)


def _condition(case: Case) -> str:
    if not case.condition:
        return ""
    offered = criteria_for(case.catalogue_key, CriterionKind.CONDITION)
    return next((one.text for one in offered if one.code == case.condition), case.condition)


def place_words(case: Case) -> str:
    """Street and community, or the address where neither is known."""
    names = [area.name for area in (case.street, case.community) if area is not None]
    return " / ".join(names) or case.address or _("未定位")


def flags_of(case: Case) -> list[Flag]:
    """What everybody must notice. Each is a word with a meaning and an icon."""
    urgency = Urgency(case.urgency)
    requests: dict[str, Any] = {"extension": 1, "suspension": 1, "excuse": 1}
    candidates: list[tuple[bool, Flag]] = [
        (urgency is not Urgency.NORMAL, (urgency.label, urgency.meaning, "alert-triangle")),
        (case.secret, (_("保密"), "stopped", "lock")),
        (
            case.pending in requests,
            (_("%(what)s待审批") % {"what": request_word(case.pending)}, "due-soon", "clock"),
        ),
        (case.rounds > 0, (_("重办 %(n)d 次") % {"n": case.rounds}, "due-soon", "rotate")),
        (case.send_backs > 0, (_("退单 %(n)d 次") % {"n": case.send_backs}, "due-soon", "arrow-back-up")),
        (case.reworks > 0, (_("返工 %(n)d 次") % {"n": case.reworks}, "due-soon", "refresh")),
        (case.merged_into_id is not None, (_("重复件"), "stopped", "copy")),
        (
            case.overdue_stages > 0,
            (_("超时 %(n)d 个环节") % {"n": case.overdue_stages}, "overdue", "alert-triangle"),
        ),
        (case.excused, (_("超时已申诉"), "calm", "info-circle")),
        (case.rehearsal, (_("演练"), "stopped", "flag")),
    ]
    return [flag for holds, flag in candidates if holds]


def _nearest(case: Case, living: list[CaseClock], now: datetime) -> NearestClock | None:
    running = [clock for clock in living if clock.paused_at is None]
    clock = min(running or living, key=lambda one: one.due_at, default=None)
    if clock is None:
        return None
    calendar = current_calendar()
    stage = timer_word(case.kind, clock.stage)
    if clock.paused_at is not None:
        left = phrase(calendar, now, clock.due_at, clock.unit, paused=clock.remaining or 0.0)
        return NearestClock(stage, left, clock.due_at, "stopped", None, state_of(case.kind, case.state).label)
    return NearestClock(
        stage,
        phrase(calendar, now, clock.due_at, clock.unit),
        clock.due_at,
        meaning_of(case.kind, clock.due_at, now),
        used_share(calendar, clock.started_at, clock.due_at, now, clock.unit),
        "",
    )
