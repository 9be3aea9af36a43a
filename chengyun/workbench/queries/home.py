"""The start page: what is late, what is next, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post
from chengyun.workbench.filters import NO_FILTER, Pair
from chengyun.workbench.queries import compound
from chengyun.workbench.queries.branches import DUE, plan
from chengyun.workbench.queries.lists import MOST_COUNTED, every_count, head_count
from chengyun.workbench.queries.rows import Row, rows_of
from chengyun.workbench.worklists import OPEN, WorkList, lists_of

MOST_URGENT = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """A work-list with its numbers; ``late`` are those among them that are overdue."""

    worklist: WorkList
    number: int
    late: int

    @property
    def meaning(self) -> str:
        """The colour of the number; an empty list is calm whatever its subject."""
        return self.worklist.name.meaning if self.number else "calm"

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.number > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Home:
    """What the start page shows. ``main`` is the first list that holds anything."""

    lists: list[Counted]
    main: Counted | None
    urgent: list[Row]
    came_back: list[tuple[Counted, list[Row]]]
    district: dict[Pair, int]

    @property
    def rehearsal(self) -> bool:
        """Whether any of what is shown is rehearsal data."""
        rows = [*self.urgent, *(row for _one, some in self.came_back for row in some)]
        return any(row.rehearsal for row in rows)

    @property
    def late(self) -> int:
        """How many are overdue in the lists of one's own work."""
        return sum(one.late for one in self.lists if not one.worklist.due)

    def under_way(self, kind: str) -> int:
        """How many cases of a kind are under way in the district."""
        return sum(self.district.get((kind, state), 0) for state in OPEN[kind])


def home_of(actor: Actor, now: datetime) -> Home:
    """Read the start page of this person; some seven statements."""
    lists = lists_of(actor)
    numbers = head_count(lists, actor, now) if lists else {}
    counted = [Counted(one, *numbers[str(one.name)]) for one in lists]
    work = [one for one in counted if not one.worklist.came_back]
    main = next((one for one in work if one.number), work[0] if work else None)
    back = [one for one in counted if one.worklist.came_back and one.number]
    shown = [one for one in (main, *back) if one is not None]
    # Rows of all parts are dressed together, so that names and clocks are read once.
    ids = {str(one.worklist.name): _first(one.worklist, actor, now) for one in shown if one.number}
    together = list(dict.fromkeys(one for some in ids.values() for one in some))
    rows = {row.case_id: row for row in rows_of(together, actor, now)}

    def of(one: Counted) -> list[Row]:
        return [rows[row] for row in ids.get(str(one.worklist.name), ()) if row in rows]

    watching = actor.holds(Post.LEADER, Post.SUPERVISION, Post.SHIFT_LEADER, Post.ASSESSOR)
    return Home(
        lists=counted,
        main=main,
        urgent=of(main) if main else [],
        came_back=[(one, of(one)[:5]) for one in back],
        district=every_count(actor, now) if watching else {},
    )


def _first(worklist: WorkList, actor: Actor, now: datetime) -> list[int]:
    branches = plan(worklist, NO_FILTER, actor, now).branches
    return compound.first_ids(branches, DUE, 0, MOST_URGENT)
