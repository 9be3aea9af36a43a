"""One page of a work-list: its rows, how many there are, and how many in each state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chengyun.kernel.actor import Actor
from chengyun.workbench.filters import ALL_PAIRS, NO_FILTER, OPEN_WORD, Filter, Pair
from chengyun.workbench.queries import compound
from chengyun.workbench.queries.branches import DUE, NEWEST, Plan, every_state, plan
from chengyun.workbench.queries.compound import Branch
from chengyun.workbench.queries.rows import Row, rows_of
from chengyun.workbench.queries.wheres import moment_from
from chengyun.workbench.worklists import WorkList

PER_PAGE = 50
MOST_COUNTED = 10_000  # beyond this a list says "10,000+" and stops turning pages
LOOKED_AT = 10_000  # rows that conditions without an index are tried on, the nearest first
SORTS = ("due", "-due", "registered", "-registered")
LEAST_LOOKED_AT = 2_500  # the same for one branch of many, most of which are short
_COLUMNS = {"due": "due_at", "registered": "registered_at"}


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a page shows. ``horizon``: the list was only searched up to here; None if it was searched whole."""

    rows: list[Row]
    total: int
    by_state: dict[Pair, int]
    page: int
    further: bool
    sort: str
    by_due: bool
    horizon: datetime | None
    counted_from: datetime | None

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST_COUNTED or self.counted_from is not None


def list_page(
    worklist: WorkList | None,
    chosen: Filter,
    actor: Actor,
    *,
    now: datetime,
    sort: str = "",
    page: int = 1,
) -> ListPage:
    """A page of a work-list, or of all cases that the reader may see if ``worklist`` is None.

    Some eight statements, whatever the size of the table.
    """
    how = plan(worklist, chosen, actor, now)
    sort = sort if sort in SORTS else "due" if how.by == DUE else "-registered"
    order = ("-" if sort.startswith("-") else "") + _COLUMNS[sort.lstrip("-")]
    branches, horizon = _within_horizon(how, order)
    page = min(max(page, 1), MOST_COUNTED // PER_PAGE)
    ids = compound.first_ids(branches, order, (page - 1) * PER_PAGE, PER_PAGE + 1)
    by_state, counted_from = _by_state(worklist, chosen, actor, now)
    return ListPage(
        rows=rows_of(ids[:PER_PAGE], actor, now),
        total=sum(by_state.get(pair, 0) for pair in chosen.pairs(states_of(worklist))),
        by_state=by_state,
        page=page,
        further=len(ids) > PER_PAGE and page < MOST_COUNTED // PER_PAGE,
        sort=sort,
        by_due=how.by == DUE,
        horizon=horizon,
        counted_from=counted_from,
    )


def _within_horizon(how: Plan, order: str) -> tuple[list[Branch], datetime | None]:
    """Branches whose other conditions are tried on no more than ``LOOKED_AT`` rows, and up to which moment.

    A branch whose index answers everything needs no horizon.
    """
    natural = DUE if how.by == DUE else NEWEST
    along = order if order.lstrip("-") == how.by else natural
    bounded = [
        place for place, one in enumerate(how.branches) if one.ordered and (one.aside or along != order)
    ]
    most = max(LOOKED_AT // max(len(bounded), 1), LEAST_LOOKED_AT)
    moments = compound.moments_at([replace(how.branches[place], aside=()) for place in bounded], along, most)
    sign = "gte" if along.startswith("-") else "lte"
    until = {place: moment for place, moment in zip(bounded, moments, strict=True) if moment is not None}
    branches = []
    for place, one in enumerate(how.branches):
        where = (*one.where, (f"{how.by}__{sign}", until[place])) if place in until else one.where
        # Sorted by another column than its index: the index must still be the one to follow.
        branches.append(replace(one, where=where, ordered=one.ordered and along == order))
    if not until:
        return branches, None
    known = [moment_from(moment) for moment in until.values()]
    return branches, max(known) if along.startswith("-") else min(known)


def _by_state(
    worklist: WorkList | None, chosen: Filter, actor: Actor, now: datetime
) -> tuple[dict[Pair, int], datetime | None]:
    """Cases per kind and state under the filter, the state left aside; and since when they were counted."""
    without = replace(chosen, state="")
    if worklist is not None or without.due:
        branches, horizon = _within_horizon(plan(worklist, without, actor, now), DUE)
        return _counted(branches), horizon
    if replace(without, unit=None, kind="").empty:
        return _counted(every_state(actor, now, without)), None
    if chosen.only_open:
        under_way = plan(None, replace(chosen, state=OPEN_WORD), actor, now)
        branches, horizon = _within_horizon(under_way, DUE)
        return _counted(branches), horizon
    branches, horizon = _within_horizon(_always_bounded(plan(None, without, actor, now)), NEWEST)
    return _counted(branches), horizon


def _always_bounded(how: Plan) -> Plan:
    """Counting by state looks at every row, so that even a branch without other conditions needs a horizon."""
    always = (("version__gte", 0),)
    return replace(how, branches=tuple(replace(one, aside=one.aside or always) for one in how.branches))


def _counted(branches: Iterable[Branch]) -> dict[Pair, int]:
    """Cases per kind and state; branches of one state are counted by their index, others row by row."""
    found: Counter[Pair] = Counter()
    by_pair: dict[Pair, list[Branch]] = defaultdict(list)
    others = []
    for branch in branches:
        if branch.pair is None:
            others.append(branch)
        else:
            by_pair[branch.pair].append(branch)
    for pair, number in zip(by_pair, compound.counts(list(by_pair.values()), MOST_COUNTED), strict=True):
        found[pair] += number
    for kind, state, number in compound.count_by(others, "kind, state", LOOKED_AT + 1):
        found[kind, state] += number
    return dict(found)


def states_of(worklist: WorkList | None) -> tuple[Pair, ...]:
    """The pairs of kind and state that a page offers to choose from."""
    return worklist.pairs if worklist is not None and worklist.pairs else ALL_PAIRS


def head_count(lists: tuple[WorkList, ...], actor: Actor, now: datetime) -> dict[str, tuple[int, int]]:
    """For every list how many cases it holds and how many of them are overdue, in one statement."""
    groups: list[tuple[Branch, ...]] = []
    for one in lists:
        groups.append(plan(one, NO_FILTER, actor, now).branches)
        groups.append(() if one.due else plan(one, Filter(due="overdue"), actor, now).branches)
    numbers = compound.counts(groups, MOST_COUNTED)
    return {str(one.name): (numbers[2 * place], numbers[2 * place + 1]) for place, one in enumerate(lists)}


def every_count(actor: Actor, now: datetime) -> dict[Pair, int]:
    """Cases under way per kind and state over all that the reader may see."""
    return _counted(every_state(actor, now, Filter(state=OPEN_WORD)))
