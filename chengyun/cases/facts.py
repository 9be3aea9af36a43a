"""A case in memory while verbs are taken: its row, its living clocks, and what is to be written. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from chengyun.kernel.loop import Loop
from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.limits import Limit

# Columns of a case and what they are before anything has happened.
BLANK: dict[str, Any] = {
    "kind": "",
    "number": "",
    "client_id": None,
    "title": "",
    "description": "",
    "channel": "",
    "appeal_type": "",
    "catalogue_key": "",
    "condition": "",
    "urgency": "normal",
    "secret": False,
    "wants_reply": True,
    "rehearsal": False,
    "address": "",
    "longitude": None,
    "latitude": None,
    "accuracy": None,
    "street_id": None,
    "community_id": None,
    "grid_id": None,
    "state": "",
    "state_since": None,
    "version": 0,
    "head_hash": "",
    "stage": "",
    "due_at": None,
    "paused": False,
    "lead_unit_id": None,
    "handler_id": None,
    "inspector_id": None,
    "reporter_id": None,
    "pending": "",
    "rounds": 0,
    "reworks": 0,
    "send_backs": 0,
    "extensions": 0,
    "suspensions": 0,
    "call_attempts": 0,
    "verified": False,
    "excused": False,
    "outcome": "",
    "satisfaction": "",
    "overdue_stages": 0,
    "registered_at": None,
    "dispatched_at": None,
    "answered_at": None,
    "closed_at": None,
    "merged_into_id": None,
    "source_system": "",
    "source_number": "",
}


@dataclass(slots=True)
class ClockFacts:
    """One clock. ``remaining`` is seconds in the clock's own counting, set while it is paused."""

    no: int
    stage: str
    holder_id: int | None
    amount: Decimal
    unit: str
    limit_row: int | None
    started_at: datetime
    first_due_at: datetime
    due_at: datetime
    paused_at: datetime | None = None
    remaining: float | None = None
    ended_at: datetime | None = None
    result: str = ""
    new: bool = True
    changed: bool = False


@dataclass(slots=True)
class EventFacts:
    """One thing that happened, ready to be written."""

    seq: int
    verb: str
    from_state: str
    to_state: str
    at: datetime
    actor_id: int | None
    actor_name: str
    behalf_of_id: int | None
    unit_id: int | None
    said: dict[str, Any]
    digest: str = ""


@dataclass(slots=True)
class DeadlineFacts:
    """A due moment that was set."""

    clock_no: int
    seq: int
    due_at: datetime
    set_at: datetime
    why: str
    note: str = ""


@dataclass(slots=True)
class AssignmentFacts:
    """A unit was given the case. ``id`` is None until it is written."""

    unit_id: int
    role: str
    task: str
    given_at: datetime
    given_by_id: int | None
    id: int | None = None
    ended_at: datetime | None = None
    result: str = ""
    changed: bool = False


@dataclass(slots=True)
class RequestFacts:
    """Something a unit asked for and that waits for, or has, an answer."""

    kind: str
    reason: str
    until: datetime | None
    asked_at: datetime
    asked_by_id: int | None
    id: int | None = None
    decision: str = ""
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    answer: str = ""
    changed: bool = False


@dataclass(slots=True)
class CaseFacts:
    """A case under way. Read with ``case["state"]``; write with ``case["state"] = …``, which is remembered."""

    loop: Loop
    row: dict[str, Any] = field(default_factory=lambda: dict(BLANK))
    id: int | None = None
    changed: set[str] = field(default_factory=set)
    clocks: list[ClockFacts] = field(default_factory=list)
    last_clock: int = 0
    assignments: list[AssignmentFacts] = field(default_factory=list)
    request: RequestFacts | None = None
    requests: list[RequestFacts] = field(default_factory=list)
    events: list[EventFacts] = field(default_factory=list)
    deadlines: list[DeadlineFacts] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.row[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.row[name] = value
        self.changed.add(name)

    @property
    def pk(self) -> int:
        """The id of a case that has been written, or whose id is reserved."""
        assert self.id is not None
        return self.id

    @property
    def living_clocks(self) -> list[ClockFacts]:
        """Clocks that have not ended, paused ones among them."""
        return [clock for clock in self.clocks if clock.ended_at is None]

    @property
    def open_helpers(self) -> list[AssignmentFacts]:
        """Sub-tasks (协办) that are not finished."""
        return [a for a in self.assignments if a.role == "helper" and a.ended_at is None]

    def clock_on(self, *stages: str) -> ClockFacts | None:
        """The living clock of one of these stages."""
        return next(
            (clock for clock in self.clocks if clock.ended_at is None and clock.stage in stages), None
        )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the engine knows of the world: the calendar, the limits, the rules of the city.

    ``deadlines`` are due moments set from outside for a stage (the city platform's), in place of its limit.
    """

    calendar: WorkCalendar
    limit: Callable[[CaseFacts, str, datetime], Limit]
    rule: Callable[[str, str], Decimal]
    said: Mapping[str, Any] = field(default_factory=dict)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
