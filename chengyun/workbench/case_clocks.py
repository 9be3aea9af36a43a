"""The clocks of a case as a reader sees them: limit and source, every deadline with its reason, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chengyun.cases.models import CaseClock, CaseEvent, Deadline
from chengyun.kernel.clock import local
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.case_words import state_word, timer_word, verb_word
from chengyun.workbench.queries.moments import near_until
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.limits import Provenance
from chengyun.worktime.models import TimeLimit
from chengyun.worktime.phrases import phrase
from chengyun.worktime.queries import current_calendar
from chengyun.worktime.units import OFFICE_UNITS, Unit

_WHY = {
    "start": gettext_noop("起算"),
    "pause": gettext_noop("暂停"),
    "resume": gettext_noop("恢复计时"),
    "extend": gettext_noop("批准延期"),
    "recompute": gettext_noop("日历或时限调整后重算"),
}
_RESULTS = {
    "met": (gettext_noop("按时"), "good"),
    "missed": (gettext_noop("超时"), "overdue"),
    "withdrawn": (gettext_noop("撤回，不计"), "stopped"),
}


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A due moment that was set, when, and why."""

    due_at: datetime
    set_at: datetime
    why: str
    note: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock. ``left`` is what remains in words, or how it ended; ``share`` what is used, 0 to 1."""

    no: int
    stage: str
    holder: str
    limit: str
    source: str
    standing: str
    started_at: datetime
    first_due_at: datetime
    due_at: datetime
    ended_at: datetime | None
    left: str
    meaning: str
    share: float | None
    paused: str
    unofficial: bool
    deadlines: tuple[DeadlineView, ...]

    @property
    def running(self) -> bool:
        """Whether time passes on it now."""
        return self.ended_at is None and not self.paused


def clocks_of(record: CaseRecord) -> list[ClockView]:
    """Every clock of a case: the living ones by due moment, then the ended ones, newest first."""
    rows = {clock.limit_row for clock in record.clocks if clock.limit_row is not None}
    limits = TimeLimit.objects.in_bulk(rows) if rows else {}
    calendar = current_calendar()
    by_clock: dict[int, list[Deadline]] = {}
    for deadline in record.deadlines:
        by_clock.setdefault(deadline.clock_no, []).append(deadline)
    views = [
        _view(record, clock, limits.get(clock.limit_row or 0), by_clock.get(clock.no, []), calendar)
        for clock in record.clocks
    ]
    living = sorted(
        (one for one in views if one.ended_at is None), key=lambda one: (bool(one.paused), one.due_at)
    )
    return [*living, *reversed([one for one in views if one.ended_at is not None])]


def _view(
    record: CaseRecord,
    clock: CaseClock,
    row: TimeLimit | None,
    deadlines: list[Deadline],
    calendar: WorkCalendar,
) -> ClockView:
    left, meaning = _left(record.case.kind, clock, record.now, calendar)
    source, standing = _source(clock, row)
    return ClockView(
        no=clock.no,
        stage=timer_word(record.case.kind, clock.stage),
        holder=record.names.unit(clock.holder_id),
        limit=_("至约定日期") if _by_hand(clock) else amount_words(clock.amount, clock.unit),
        source=source,
        standing=standing,
        started_at=clock.started_at,
        first_due_at=clock.first_due_at,
        due_at=clock.due_at,
        ended_at=clock.ended_at,
        left=left,
        meaning=meaning,
        share=used_share(calendar, clock.started_at, clock.due_at, record.now, clock.unit)
        if clock.ended_at is None and clock.paused_at is None
        else None,
        paused=_why_paused(record, clock) if clock.ended_at is None and clock.paused_at else "",
        unofficial=clock.unit in OFFICE_UNITS and not calendar.official(local(clock.due_at).date()),
        deadlines=tuple(
            DeadlineView(one.due_at, one.set_at, _(_WHY[one.why]) if one.why in _WHY else one.why, one.note)
            for one in deadlines
        ),
    )


def amount_words(amount: Decimal, unit: str) -> str:
    """A limit in words: ``5 工作日``, ``0.5 工作时``."""
    return Unit(unit).counted(amount)


def _left(kind: str, clock: CaseClock, now: datetime, calendar: WorkCalendar) -> tuple[str, str]:
    """What is left or how it ended, and what that means."""
    if clock.ended_at is not None:
        text, meaning = _RESULTS.get(clock.result, (clock.result, "calm"))
        return _(text), meaning
    if clock.paused_at is not None:
        words = phrase(calendar, now, clock.due_at, clock.unit, paused=clock.remaining or 0.0)
        return words, "stopped"
    words = phrase(calendar, now, clock.due_at, clock.unit)
    return words, meaning_of(kind, clock.due_at, now)


def meaning_of(kind: str, due: datetime, now: datetime) -> str:
    """``calm``, ``due-soon`` or ``overdue`` for a running clock; soon is what the work-lists call soon."""
    if now > due:
        return "overdue"
    return "due-soon" if due <= near_until(kind, now) else "calm"


def used_share(calendar: WorkCalendar, start: datetime, due: datetime, now: datetime, unit: str) -> float:
    """How much of the time is used, 0 to 1, in the clock's own counting."""
    whole = calendar.remaining(start, due, unit)
    if whole <= 0:
        return 1.0 if now >= due else 0.0
    return min(max(1 - calendar.remaining(now, due, unit) / whole, 0.0), 1.0)


def _by_hand(clock: CaseClock) -> bool:
    """Whether its due moment was given as a date: no row, no amount."""
    return clock.limit_row is None and not clock.amount


def _source(clock: CaseClock, row: TimeLimit | None) -> tuple[str, str]:
    """Where the limit comes from, and how well it is known."""
    if _by_hand(clock):
        return (_("批准时约定") if clock.stage == "suspension" else _("来件时指定")), ""
    if row is None:
        return _("没有对应的时限规定，按系统兜底值计"), _("未经证实")
    if row.confirmed:
        return row.source, _("本区已确认")
    return row.source, Provenance(row.provenance).label


def _why_paused(record: CaseRecord, clock: CaseClock) -> str:
    """By what the clock was paused: the event of that moment and the state it led to."""
    event = next((one for one in record.events if one.at == clock.paused_at), None)
    return _pause_words(record.case.kind, event) if event else _("等待中")


def _pause_words(kind: str, event: CaseEvent) -> str:
    return _("“%(verb)s”后处于“%(state)s”，不计入时限") % {
        "verb": verb_word(kind, event.verb),
        "state": state_word(kind, event.to_state),
    }
