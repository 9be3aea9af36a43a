"""Named reads of the public's pages: what is near, and the list; the map is in ``public_map``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from chengyun.cases.models import Case
from chengyun.cases.nearby import open_cases_at, open_cases_near
from chengyun.cases.process import Kind
from chengyun.citizen.briefly import once
from chengyun.citizen.models import PublicClass, Supporter
from chengyun.citizen.progress import Said, main_of, meaning_of, state_said, words
from chengyun.citizen.public_cases import (
    Cleared,
    cleared,
    coarse_point,
    neutral_title,
    public_cases,
    public_classes,
)
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.citizen.vocabulary import WordOf
from chengyun.ui.formats import english

PAGE, MOST_PAGES, MOST_NEAR = 20, 100, 5
HEAVY = ("description", "street__boundary")


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One order as everybody may know it."""

    id: int
    title: str
    state: Said
    meaning: str
    registered_at: datetime
    street: str
    supporters: int
    finished: bool
    point: tuple[float, float] | None = None
    metres: int | None = None
    text: str = ""
    rehearsal: bool = False


def similar_reports(
    longitude: float | None, latitude: float | None, address: str, catalogue_key: str, *, now: datetime
) -> list[PublicCase]:
    """Open public orders near a place, or at the same address: what a citizen may join instead of reporting."""
    metres: dict[int, int | None] = {}
    if longitude is not None and latitude is not None:
        most = rule(Name.NEARBY_METRES, now)
        near = open_cases_near(Kind.HOTLINE, longitude, latitude, catalogue_key, now=now)
        metres = {one.id: one.metres for one in near if one.metres is not None and one.metres <= most}
    elif address:
        metres = dict.fromkeys((one.id for one in open_cases_at(Kind.HOTLINE, address, now=now)), None)
    rows = public_cases(now=now).filter(pk__in=metres, closed_at=None).select_related("street").defer(*HEAVY)
    same_class = [row for row in rows if not catalogue_key or row.catalogue_key == catalogue_key]
    found = shown(same_class, now=now, metres=metres)
    return sorted(found, key=lambda one: (one.metres is None, one.metres or 0, -one.id))[:MOST_NEAR]


def public_page(number: str, *, now: datetime, classes: str = "", state: str = "") -> Page[Case]:
    """A page of the public list, the newest first and at most the newest 2,000.

    ``classes`` is a neutral title's row, ``state`` open or closed.
    """
    rows = filtered(now, classes, state).order_by("-registered_at", "-id")
    pages = Paginator(rows.select_related("street").defer(*HEAVY), PAGE)
    # The page itself walks the index of days and stops; to count all of them takes a hundred times as long.
    pages.count = once(("count", classes, state), rows.count)
    pages.num_pages = min(pages.num_pages, MOST_PAGES)
    return pages.get_page(number)


def filtered(now: datetime, classes: str, state: str) -> Any:
    """Public orders of a neutral title and a state; ``""`` is every one."""
    rows = public_cases(now=now, keys=_keys_of(classes, now))
    if state == "open":
        rows = rows.filter(closed_at=None)
    elif state == "closed":
        rows = rows.exclude(closed_at=None)
    return rows


def _keys_of(classes: str, now: datetime) -> list[str] | None:
    if not classes.isdigit():
        return None
    return [key for key, row in public_classes(now).items() if row.pk == int(classes)]


def class_choices(now: datetime) -> list[tuple[str, str]]:
    """The neutral titles in use, for the filter of the list."""
    rows: dict[int, PublicClass] = {row.pk: row for row in public_classes(now).values()}
    return [(str(pk), row.title_en if english() else row.title) for pk, row in sorted(rows.items())]


def shown(
    rows: Iterable[Case], *, now: datetime, metres: dict[int, int | None] | None = None
) -> list[PublicCase]:
    """Orders as everybody may know them, in the order given. They must come out of ``public_cases``."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    let_through = cleared(ids)
    counted = dict(
        Supporter.objects.filter(case__in=ids).values_list("case").annotate(many=Count("id")).order_by()
    )
    said = {kind: words(kind, WordOf.STATE) for kind in {row.kind for row in rows}}
    return [
        _shown(
            row,
            let_through.get(row.pk, Cleared()),
            counted.get(row.pk, 0),
            said,
            now,
            (metres or {}).get(row.pk),
        )
        for row in rows
    ]


def _shown(
    row: Case, let: Cleared, supporters: int, said: dict[str, Any], now: datetime, metres: int | None
) -> PublicCase:
    point = None
    if row.longitude is not None and row.latitude is not None:
        point = coarse_point(row.longitude, row.latitude, rule(Name.COARSE_METRES, now))
    main = main_of(row)
    return PublicCase(
        id=row.pk,
        title=let.title or neutral_title(row, now),
        state=state_said(main, said[row.kind]),
        meaning=meaning_of(main),
        registered_at=row.registered_at,
        street=row.street.name if row.street is not None else "",
        supporters=supporters,
        finished=row.closed_at is not None,
        point=point,
        metres=metres,
        text=let.text,
        rehearsal=row.rehearsal,
    )
