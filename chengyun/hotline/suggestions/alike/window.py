"""The newest orders of a street, weighed by likeness; a fixed number, so that a million stored change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import add

from chengyun.cases.models import Case
from chengyun.hotline.suggestions.learning.features import letters_of
from chengyun.kernel.actor import Actor

DAYS, MOST = 365, 400  # how far back, and how many of the newest are looked at
_SAID_IN_PASSING = (
    0.8  # an old title found in a long new text counts a little less than one like the new title
)
_GONE = ("merged", "void")


@dataclass(frozen=True, slots=True)
class Order:
    """What likeness is judged by. ``alike`` is the share of common pairs of characters, 0 to 1."""

    id: int
    catalogue_key: str
    community_id: int | None
    longitude: float | None
    latitude: float | None
    lead_unit_id: int | None
    closed: bool
    alike: float


class Words:
    """The pairs of characters of a new order; the first line of its text is the title."""

    def __init__(self, text: str) -> None:
        self.title = _pairs(text.partition("\n")[0])
        self.all = _pairs(text)

    def alike(self, title: str) -> float:
        """How far an older title says the same."""
        pairs = _pairs(title)
        if not pairs:
            return 0.0
        together = len(pairs | self.title)
        of_titles = len(pairs & self.title) / together if together else 0.0
        return max(of_titles, _SAID_IN_PASSING * len(pairs & self.all) / len(pairs))


def newest(
    words: Words, *, street_id: int | None, actor: Actor, now: datetime, also: Iterable[int] = ()
) -> list[Order]:
    """The newest hotline orders of a street (of the district, if none is known), and those with the ids ``also``.

    Without those merged or void. Two queries.
    """
    seen = Case.objects.seen_by(actor).filter(kind="hotline").exclude(state__in=_GONE)
    recent = seen.filter(registered_at__gte=now - timedelta(days=DAYS)).order_by("-registered_at")
    if street_id is not None:
        recent = recent.filter(street_id=street_id)
    found = _orders(recent[:MOST], words)
    if missing := set(also) - found.keys():
        found |= _orders(seen.filter(pk__in=missing), words)
    return list(found.values())


def _orders(rows: object, words: Words) -> dict[int, Order]:
    # No moments: turning them into Python costs more than the rest of the row. Those shown are read again.
    columns = (
        "id", "title", "catalogue_key", "community_id", "longitude", "latitude", "lead_unit_id", "state",
    )  # fmt: skip
    return {
        number: Order(number, key, community, east, north, unit, state == "closed", words.alike(title))
        for number, title, key, community, east, north, unit, state in rows.values_list(*columns)  # type: ignore[attr-defined]
    }


def _pairs(text: str) -> set[str]:
    letters = letters_of(text)
    return set(map(add, letters, letters[1:]))
