"""Named reads of suggestions. Nothing here writes, and nothing fills a form: a person chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.nearby import point_of
from chengyun.geography.queries import locate, match_address
from chengyun.hotline.suggestions.alike.history import handled_by
from chengyun.hotline.suggestions.alike.repeats import Repeat, Spot, at_address, of_caller, repeats
from chengyun.hotline.suggestions.alike.window import Order, Words, newest
from chengyun.hotline.suggestions.classes.suggesting import ClassSuggestion, suggest_classes
from chengyun.hotline.suggestions.dispatch.matching import BELOW, Candidate, branch_name, candidates
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import SHANGHAI
from chengyun.organisation.models import Unit
from chengyun.organisation.queries import unit_for

__all__ = [
    "BELOW",
    "Candidate",
    "ClassSuggestion",
    "Repeat",
    "Spot",
    "UnitSuggestion",
    "candidates",
    "possible_repeats",
    "spot_of",
    "suggest_classes",
    "suggest_units",
    "units_from",
]

SURE = 0.5  # an address is believed from this confidence on, as when an order is registered
MOST_UNITS = 4


@dataclass(frozen=True, slots=True)
class UnitSuggestion:
    """A unit to dispatch to, and in one sentence why. ``helpers`` are names."""

    unit_id: int
    name: str
    why: str
    legal_basis: str = ""
    helpers: tuple[str, ...] = ()


def spot_of(posted: Mapping[str, Any]) -> Spot:
    """Where an order is that is still being typed: by its point, else by its address if that is sure enough."""
    address = posted.get("address", "").strip()[:300]
    if point := point_of(posted):
        place = locate(*point)
        return Spot(point[0], point[1], place.street_id, place.community_id, address)
    best = next(iter(match_address(address)), None) if address else None
    if best is None or best.confidence < SURE:
        return Spot(address=address)
    return Spot(street_id=best.street_id, community_id=best.community_id, address=address)


def suggest_units(
    *,
    catalogue_key: str,
    street_id: int | None,
    community_id: int | None,
    text: str,
    on: date,
    own_duty: bool = False,
) -> list[UnitSuggestion]:
    """Units for an order, the best first: the dispatch catalogue, what similar orders did, duties of classes and areas.

    With ``own_duty`` (a department's own duty) neither streets nor communities are among them.
    """
    end_of_day = datetime.combine(on, time.max, SHANGHAI)
    orders = newest(Words(text), street_id=street_id, actor=SYSTEM, now=end_of_day)
    spot = Spot(street_id=street_id, community_id=community_id)
    return units_from(orders, catalogue_key, spot, on, own_duty=own_duty)


def units_from(
    orders: Iterable[Order], catalogue_key: str, spot: Spot, on: date, *, own_duty: bool = False
) -> list[UnitSuggestion]:
    """The same from orders that were read already; each unit once, at most four."""
    found: dict[int, UnitSuggestion] = {}
    first = next((one for one in _deciding(catalogue_key, spot, on, own_duty)), None)
    if first is not None:
        rule = first.rule
        helpers = tuple(helper.name for helper in rule.helpers.all())
        found[rule.lead_unit_id] = UnitSuggestion(
            rule.lead_unit_id, rule.lead_unit.name, first.why, rule.legal_basis, helpers
        )
    told = [
        (one.unit_id, _handled(one.of, one.count))
        for one in handled_by(orders, catalogue_key, spot.community_id)
    ]
    if first is None:
        duties = unit_for(None, catalogue_key, on, street_id=spot.street_id)
        told += [(one.unit_id, _named(one.why, one.branch)) for one in duties]
    units = Unit.objects.filter(pk__in={unit for unit, _why in told}, active=True)
    if own_duty:
        units = units.exclude(kind__in=BELOW)
    names = dict(units.values_list("pk", "name"))
    for unit_id, why in told:
        if unit_id in names:
            known = found.get(unit_id)
            if known is None:
                found[unit_id] = UnitSuggestion(unit_id, names[unit_id], why)
            elif known.legal_basis and why not in known.why:
                found[unit_id] = UnitSuggestion(
                    unit_id, known.name, known.why + _("；") + why, known.legal_basis, known.helpers
                )
    return list(found.values())[:MOST_UNITS]


def _deciding(catalogue_key: str, spot: Spot, on: date, own_duty: bool) -> list[Candidate]:
    # Without a class only a line for every class of an area could decide, and that would be a guess.
    if not catalogue_key:
        return []
    found = candidates(catalogue_key, spot.street_id, spot.community_id, on, own_duty=own_duty)
    return [one for one in found if not one.against]


def _named(why: str, branch: str) -> str:
    """The reason with the name of the class in place of its key."""
    return why.replace(branch, f"“{branch_name(branch)}”") if branch else why


def _handled(of: int, count: int) -> str:
    return _("%(of)d 件类似的已办结工单中 %(count)d 件由它办理") % {"of": of, "count": count}


def possible_repeats(
    *,
    actor: Actor,
    phone: str,
    text: str,
    longitude: float | None,
    latitude: float | None,
    street_id: int | None,
    now: datetime,
    community_id: int | None = None,
    catalogue_key: str = "",
    address: str = "",
    without: int | None = None,
) -> list[Repeat]:
    """Orders that may be the same matter, open ones first, each with its reasons; those the actor may see.

    The telephone counts only for those who take orders in. ``without`` leaves one order out, itself.
    """
    callers, addressed = of_caller(phone, actor), at_address(address)
    orders = newest(Words(text), street_id=street_id, actor=actor, now=now, also=callers | addressed)
    spot = Spot(longitude, latitude, street_id, community_id, address)
    return repeats(
        orders, spot, catalogue_key, callers=callers, addressed=addressed, now=now, without=without
    )
