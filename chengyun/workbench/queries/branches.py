"""From a work-list, a filter and a reader to branches that each follow one index.

The branches of a reader hold exactly what ``Case.objects.seen_by(actor)`` holds (a test compares them), and
rows are read through ``seen_by`` again before they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from chengyun.cases.models import Case
from chengyun.cases.process import LOOPS
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import CENTRE, Post
from chengyun.organisation.queries import units_beneath
from chengyun.workbench.filters import ALL_PAIRS, NO_FILTER, Filter, Pair
from chengyun.workbench.queries.compound import Branch
from chengyun.workbench.queries.moments import near_until
from chengyun.workbench.queries.wheres import Where, as_q
from chengyun.workbench.worklists import Near, WorkList

DUE, REGISTERED, NEWEST = "due_at", "registered_at", "-registered_at"


@dataclass(frozen=True, slots=True)
class Plan:
    """Branches that do not overlap, and the column that their indexes are in order of."""

    branches: tuple[Branch, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Reach:
    """One way in which cases come into somebody's sight; the ways of one person do not overlap."""

    where: tuple[Where, ...] = ()
    units: frozenset[int] | None = None
    everything: bool = False


def plan(worklist: WorkList | None, chosen: Filter, actor: Actor, now: datetime) -> Plan:
    """How to read a list: by due time if it holds only what is under way, else by time of registering."""
    if worklist is not None:
        return Plan(tuple(_of_worklist(worklist, chosen, actor, now)), DUE)
    if chosen.only_open:
        return Plan(tuple(every_state(actor, now, chosen)), DUE)
    return Plan(tuple(_by_time(chosen, actor)), REGISTERED)


def everything(worklist: WorkList | None, chosen: Filter, actor: Actor, now: datetime) -> QuerySet[Case]:
    """The same cases as one query without order or end, for work that may take its time."""
    found = Q(pk__in=[])
    for branch in plan(worklist, chosen, actor, now).branches:
        # Written out, because an empty condition joined by "or" would vanish in place of letting all through.
        found |= as_q((*branch.where, *branch.aside)) or Q(pk__gt=0)
    return Case.objects.seen_by(actor).filter(found)


def conditions(chosen: Filter, now: datetime) -> Q:
    """The filter as plain conditions, for a few rows that were already found."""
    found = as_q([*_states_aside(chosen), *_aside(chosen, unit=True)])
    if chosen.due:
        late = Q(pk__in=[])
        for kind in LOOPS:
            late |= as_q([("kind", kind), *due_range(chosen.due, kind, now)])
        found &= late
    return found


def sees_everything(actor: Actor) -> bool:
    """Whether this reader works on the cases of the whole district."""
    return actor.system or actor.holds(*CENTRE)


def due_range(due: str, kind: str, now: datetime) -> tuple[Where, ...]:
    """Overdue at this moment, or due within the hours that the city calls near."""
    if due == "overdue":
        return (("due_at__lt", now),)
    if due == "near":
        return (("due_at__gte", now), ("due_at__lt", near_until(kind, now)))
    return ()


def every_state(actor: Actor, now: datetime, chosen: Filter = NO_FILTER) -> Iterable[Branch]:
    """Every state by itself; for a unit also what it helps with, for an inspector what is theirs."""
    pairs = chosen.pairs(ALL_PAIRS)
    for reach in reaches(actor):
        if reach.units is None and not reach.everything:
            yield from _by_kind(reach.where, pairs, tuple(_aside(chosen, unit=True)), chosen.due, now)
            continue
        units = _narrowed(reach, chosen)
        for pair in pairs:
            yield _state_branch(pair, units, tuple(_aside(chosen, unit=False)), chosen.due, now)


def _of_worklist(worklist: WorkList, chosen: Filter, actor: Actor, now: datetime) -> Iterable[Branch]:
    aside = (*worklist.beside.items(), *_aside(chosen, unit=True))
    due = worklist.due or chosen.due
    if worklist.near in (Near.DISTRICT, Near.UNITS):
        units = actor.units(*worklist.posts) if worklist.near is Near.UNITS else None
        for pair in chosen.pairs(worklist.pairs):
            yield _state_branch(pair, units, aside, due, now)
        return
    yield from _by_kind(
        _nearness(worklist.near, actor), chosen.pairs(worklist.pairs or ALL_PAIRS), aside, due, now
    )


def _by_kind(
    where: tuple[Where, ...], pairs: Iterable[Pair], aside: tuple[Where, ...], due: str, now: datetime
) -> Iterable[Branch]:
    """Few rows that are found by something else than their state."""
    pairs = list(pairs)
    for kind in sorted({kind for kind, _state in pairs}):
        states = sorted({state for one, state in pairs if one == kind})
        beside = (("kind", kind), ("state__in", states), *due_range(due, kind, now), *aside)
        yield Branch(where, beside, ordered=False)


def _nearness(near: Near, actor: Actor) -> tuple[Where, ...]:
    if near is Near.HELPED:
        return (("helping_by", actor.units(Post.UNIT)),)
    if near is Near.ASKED:
        return (("asked", True),)
    if near is Near.HANDLER:
        return (("handler__in", sorted(actor.people(Post.HANDLER))),)
    people = sorted(actor.people(Post.INSPECTOR))
    return (("inspector__in" if near is Near.INSPECTOR else "reporter__in", people),)


def _state_branch(
    pair: Pair, units: frozenset[int] | None, aside: tuple[Where, ...], due: str, now: datetime
) -> Branch:
    kind, state = pair
    where: tuple[Where, ...] = (("state", state), ("kind", kind), *due_range(due, kind, now))
    if units is None:
        return Branch(where, aside, pair=pair)
    if len(units) == 1:
        return Branch((("lead_unit", next(iter(units))), *where), aside, pair=pair)
    return Branch((("lead_unit__in", sorted(units)), *where), aside, ordered=False, pair=pair)


def _narrowed(reach: Reach, chosen: Filter) -> frozenset[int] | None:
    """Units of a reach under the filter's unit; None if neither names any."""
    beneath = units_beneath(chosen.unit) if chosen.unit else None
    if reach.units is None:
        return beneath
    return reach.units if beneath is None else reach.units & beneath


def _by_time(chosen: Filter, actor: Actor) -> Iterable[Branch]:
    """Newest first over all states; a unit is a branch of its own, so that each index is already in order."""
    days: tuple[Where, ...] = tuple(_days(chosen))
    aside = (*_states_aside(chosen), *chosen.columns().items())
    street: tuple[Where, ...] = (("street", chosen.street),) if chosen.street else ()
    for reach in reaches(actor):
        units = _narrowed(reach, chosen) if reach.everything or reach.units is not None else None
        if units is not None:
            for unit in sorted(units):
                yield Branch((("lead_unit", unit), *days), (*street, *aside))
        elif reach.everything:
            yield Branch((*street, *days), aside)
        else:
            beside = (*_led(chosen), *street, *days, *aside)
            yield Branch(reach.where, beside, ordered=False)


def _states_aside(chosen: Filter) -> tuple[Where, ...]:
    """The states and kind asked for, as conditions on columns."""
    kind: tuple[Where, ...] = (("kind", chosen.kind),) if chosen.kind else ()
    if not chosen.state:
        return kind
    pairs = chosen.pairs(ALL_PAIRS)
    kinds, states = sorted({kind for kind, _state in pairs}), sorted({state for _kind, state in pairs})
    # No name stands for an end in one kind and for work in the other, so kind and state may be asked apart.
    return (("state__in", states), ("kind__in", kinds))


def _aside(chosen: Filter, *, unit: bool) -> Iterable[Where]:
    yield from chosen.columns().items()
    if chosen.street:
        yield "street", chosen.street
    if unit:
        yield from _led(chosen)
    yield from _days(chosen)


def _led(chosen: Filter) -> Iterable[Where]:
    if chosen.unit:
        yield "lead_unit__in", sorted(units_beneath(chosen.unit))


def _days(chosen: Filter) -> Iterable[Where]:
    if chosen.begins:
        yield "registered_at__gte", chosen.begins
    if chosen.ends:
        yield "registered_at__lt", chosen.ends


def reaches(actor: Actor) -> list[Reach]:
    """The ways that together are ``Case.objects.seen_by(actor)``, each with an index to follow."""
    if sees_everything(actor):
        return [Reach(everything=True)]
    ways: list[Reach] = []
    before: list[Where] = []

    def add(*where: Where, units: frozenset[int] | None = None) -> None:
        """One more way, without what the ways before it hold."""
        ways.append(Reach((*where, *before), units))
        before.extend((f"not_{name}", value) for name, value in where)

    if units := actor.units(Post.UNIT):
        add(("lead_unit__in", sorted(units)), units=units)
        add(("helped_by", units))
    for post, columns in ((Post.HANDLER, ("handler",)), (Post.INSPECTOR, ("inspector", "reporter"))):
        if people := sorted(actor.people(post)):
            for column in columns:
                add((f"{column}__in", people))
    return ways
