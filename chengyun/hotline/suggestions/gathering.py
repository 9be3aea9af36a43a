"""Everything that is suggested for an order while it is typed, from one look at the stored orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengyun.cases.catalogue_queries import Item, item
from chengyun.hotline.desk.lines import is_own_duty
from chengyun.hotline.suggestions.alike.repeats import Repeat, at_address, of_caller, repeats
from chengyun.hotline.suggestions.alike.window import Words, newest
from chengyun.hotline.suggestions.queries import (
    ClassSuggestion,
    UnitSuggestion,
    spot_of,
    suggest_classes,
    units_from,
)
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local

LEAST = 4  # characters; less tells nothing
_MOST_TITLE, _MOST_TEXT = 200, 4_000


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is shown beside the form. ``by_class`` is the class that units were looked for with, None if none is
    known; ``chosen`` whether a person chose it. ``own_duty``: the desk has judged it a department's own duty, so
    that no street is among the units. ``enough`` is False where too little has been typed.
    """

    classes: tuple[ClassSuggestion, ...] = ()
    units: tuple[UnitSuggestion, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    by_class: Item | None = None
    chosen: bool = False
    own_duty: bool = False
    enough: bool = False


def gather(
    posted: Mapping[str, Any], *, actor: Actor, now: datetime, without: int | None = None
) -> Suggestions:
    """Suggest class, unit and possible repeats for a form as it stands.

    1. Classes come from title and content; units from the class that was chosen, else from the likeliest.
    2. Similar closed orders and possible repeats come from one reading of the street's newest orders.
    """
    text = text_of(posted)
    if len(text) < LEAST:
        return Suggestions()
    on, spot = local(now).date(), spot_of(posted)
    classes = suggest_classes(text, on=on)
    chosen = item(str(posted.get("catalogue_key", ""))[:60])
    by_class = chosen or (item(classes[0].key) if classes else None)
    key = by_class.key if by_class is not None else ""
    own_duty = is_own_duty(str(posted.get("decision", "")), now)
    callers = of_caller(str(posted.get("phone", ""))[:40], actor)
    addressed = at_address(spot.address)
    orders = newest(Words(text), street_id=spot.street_id, actor=actor, now=now, also=callers | addressed)
    return Suggestions(
        classes=tuple(classes),
        units=tuple(units_from(orders, key, spot, on, own_duty=own_duty)),
        repeats=tuple(
            repeats(orders, spot, key, callers=callers, addressed=addressed, now=now, without=without)
        ),
        by_class=by_class,
        chosen=chosen is not None,
        own_duty=own_duty,
        enough=True,
    )


def text_of(posted: Mapping[str, Any]) -> str:
    """Title and content as one text, the title in the first line."""
    title = str(posted.get("title", "")).strip()[:_MOST_TITLE].replace("\n", " ")
    rest = str(posted.get("description", "")).strip()[:_MOST_TEXT]
    return f"{title}\n{rest}".strip()
