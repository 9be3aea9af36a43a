"""Who handled similar orders: of the likest closed ones, how many went to which unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chengyun.hotline.suggestions.alike.window import Order

LIKE = 12  # so many of the likest are counted
LEAST, LEAST_ALIKE = 3, 0.25  # fewer orders, or less alike, tell nothing


@dataclass(frozen=True, slots=True)
class Handled:
    """A unit that handled ``count`` of ``of`` similar closed orders."""

    unit_id: int
    count: int
    of: int


def handled_by(orders: Iterable[Order], catalogue_key: str, community_id: int | None) -> list[Handled]:
    """Units by how many of the likest closed orders they handled; none if there are too few."""
    like = [
        (_likeness(order, catalogue_key, community_id), order)
        for order in orders
        if order.closed
        and order.lead_unit_id is not None
        and (order.alike >= LEAST_ALIKE or (catalogue_key and order.catalogue_key == catalogue_key))
    ]
    like.sort(key=lambda pair: (-pair[0], -pair[1].id))
    nearest = [order for _, order in like[:LIKE]]
    if len(nearest) < LEAST:
        return []
    counts = Counter(order.lead_unit_id for order in nearest if order.lead_unit_id is not None)
    return [Handled(unit_id, count, len(nearest)) for unit_id, count in counts.most_common()]


def _likeness(order: Order, catalogue_key: str, community_id: int | None) -> float:
    same_class = bool(catalogue_key) and order.catalogue_key == catalogue_key
    same_community = community_id is not None and order.community_id == community_id
    return order.alike + 0.5 * same_class + 0.1 * same_community
