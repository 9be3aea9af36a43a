"""Who is doing it: handed to every verb and every read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held in a unit, in one's own right or for an absent colleague.

    ``reach`` holds the ids of that unit and of all units beneath it.
    """

    post: str
    unit_id: int
    reach: frozenset[int] = field(default_factory=frozenset)
    for_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, with what they hold at this moment. ``person_id`` is None for the system itself."""

    person_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()
    account_id: int | None = None
    unit_id: int | None = None
    address: str = ""  # network address, for access logs
    system: bool = False

    @property
    def posts(self) -> frozenset[str]:
        """The posts held, whatever the unit."""
        return frozenset(holding.post for holding in self.holdings)

    def holds(self, *posts: str) -> bool:
        """Tell whether any of these posts is held. The system holds every post."""
        return self.system or any(holding.post in posts for holding in self.holdings)

    def people(self, post: str) -> frozenset[int]:
        """Ids of the people as whom this post is held: oneself, and the absent one stands in for."""
        held = (h.for_person_id or self.person_id for h in self.holdings if h.post == post)
        return frozenset(one for one in held if one is not None)

    def units(self, *posts: str) -> frozenset[int]:
        """Ids of the units reached through these posts (all posts if none is named)."""
        reached: set[int] = set()
        for holding in self.holdings:
            if not posts or holding.post in posts:
                reached |= holding.reach | {holding.unit_id}
        return frozenset(reached)


SYSTEM = Actor(person_id=None, name="系统", system=True)
