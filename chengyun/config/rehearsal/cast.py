"""Who plays: the rehearsal people as actors, by post and by unit."""

from __future__ import annotations

import random
from datetime import datetime

from chengyun.kernel.actor import Actor
from chengyun.organisation.actions import rehearsal_people
from chengyun.organisation.models import Account, Posting, Unit
from chengyun.organisation.queries import actor_of


class Cast:
    """The rehearsal people. Makes them if they are not there."""

    def __init__(self, now: datetime, chance: random.Random) -> None:
        rehearsal_people(now=now)
        self._chance = chance
        self._by_post: dict[str, list[Actor]] = {}
        self._liaisons: dict[int, Actor] = {}
        self._handlers: dict[int, int] = {}
        units = {unit.pk: unit for unit in Unit.objects.all()}
        accounts = (
            Account.objects.filter(person__rehearsal=True).select_related("person").order_by("username")
        )
        postings = {one.person_id: one for one in Posting.objects.filter(person__rehearsal=True)}
        for account in accounts:
            actor, posting = actor_of(account, now), postings[account.person_id]
            self._by_post.setdefault(posting.post, []).append(actor)
            if posting.post == "unit":
                self._liaisons[posting.unit_id] = actor
            if posting.post == "handler":
                above = units[posting.unit_id].parent_id
                self._handlers[above or posting.unit_id] = account.person_id
        self._names = {unit.pk: unit.name for unit in units.values()}
        self._codes = {unit.code: unit.pk for unit in units.values()}
        self._of_area = {unit.area_id: unit.pk for unit in units.values() if unit.pk in self._liaisons}

    def anyone(self, post: str) -> Actor:
        """Somebody who holds the post."""
        return self._chance.choice(self._by_post[post])

    def person(self, person_id: int) -> Actor:
        """The actor of a person."""
        return next(one for some in self._by_post.values() for one in some if one.person_id == person_id)

    def liaison(self, unit_id: int) -> Actor:
        """The liaison of a unit."""
        return self._liaisons[unit_id]

    def unit(self, code: str, street_id: int | None) -> int:
        """The unit of a code, or of the street for ``street``; any unit with a liaison if that has none."""
        found = self._of_area.get(street_id) if code == "street" else self._codes.get(code)
        return found if found in self._liaisons else self._chance.choice(sorted(self._liaisons))

    def other(self, unit_id: int) -> int:
        """Another unit with a liaison."""
        return self._chance.choice(sorted(set(self._liaisons) - {unit_id}))

    def name(self, unit_id: int) -> str:
        """What a unit is called."""
        return self._names[unit_id]

    def handler(self, unit_id: int) -> int | None:
        """A handler of the unit's team, if it has one."""
        return self._handlers.get(unit_id)
