"""What everybody may see of the orders: only classes that are declared public, coarse places, neutral titles.

An order is public if its class is (``PublicClass``), it is not secret, reports no wrongdoing, was not voided
or merged, and no editor withheld it. Rehearsal cases are shown only by a rehearsal district.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item, leaves_beneath
from chengyun.cases.models import Case
from chengyun.cases.vocabulary import AppealType
from chengyun.citizen.models import Clearance, PublicClass
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.models.dated import valid_on
from chengyun.ui.formats import english

_METRES_PER_DEGREE = 111_320.0
_UNSHOWN_STATES = ("void", "merged", "refused")
_UNSHOWN_TYPES = (AppealType.REPORT, AppealType.PRAISE, AppealType.CONSULTATION)
_FRESH_SECONDS = 5.0
_classes: tuple[float, date | None, dict[str, PublicClass]] = (0.0, None, {})


def public_classes(now: datetime) -> dict[str, PublicClass]:
    """Every item of the catalogues that is public today, with the row that says so; leaves and classes."""
    global _classes
    today = local(now).date()
    read_at, day, found = _classes
    if day == today and time.monotonic() - read_at < _FRESH_SECONDS:
        return found
    said = {
        row.catalogue_key: row for row in PublicClass.objects.filter(valid_on(today)).order_by("valid_from")
    }
    found = {}
    for key in said:
        for leaf in leaves_beneath(key):
            nearest = _nearest(leaf.key, said)
            if nearest is not None and nearest.public:
                found[leaf.key] = nearest
        if said[key].public:
            found[key] = said[key]
    _classes = (time.monotonic(), today, found)
    return found


def forget_classes() -> None:
    """Read the classes anew at the next use."""
    global _classes
    _classes = (0.0, None, {})


def _nearest(key: str, said: dict[str, PublicClass]) -> PublicClass | None:
    while key:
        if key in said:
            return said[key]
        found = item(key)
        key = found.parent_key if found is not None else ""
    return None


def public_cases(*, now: datetime, keys: list[str] | None = None) -> QuerySet[Case]:
    """The orders that everybody may see, unordered. ``keys`` narrows to some classes."""
    allowed = public_classes(now)
    wanted = [key for key in allowed if keys is None or key in keys]
    return (
        Case.objects.filter(
            catalogue_key__in=wanted,
            registered_at__gte=now - timedelta(days=rule(Name.PUBLIC_DAYS, now)),
            secret=False,
        )
        .filter(Q(rehearsal=False) | Q(rehearsal=settings.DEMO))
        .exclude(state__in=_UNSHOWN_STATES)
        .exclude(appeal_type__in=_UNSHOWN_TYPES)
        .exclude(pk__in=_withheld())
    )


def public_case(case_id: int, *, now: datetime) -> Case:
    """One of them, or ``NotThere``."""
    found = public_cases(now=now).filter(pk=case_id).first()
    if found is None:
        raise NotThere(_("没有这一件，或者它不对外公开。"))
    return found


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an editor let through of one order."""

    title: str = ""
    text: str = ""
    photos: bool = False


def cleared(case_ids: list[int]) -> dict[int, Cleared]:
    """What editors let through, by order; the newest decision counts."""
    rows = Clearance.objects.filter(case_id__in=case_ids).order_by("id")
    return {row.case_id: Cleared(row.title, row.text, row.photos) for row in rows}


def _withheld() -> list[int]:
    """Orders that an editor keeps back, by the newest decision on each."""
    ever = Clearance.objects.filter(withheld=True).values("case_id")
    rows = Clearance.objects.filter(case_id__in=ever).order_by("id")
    newest = dict(rows.values_list("case_id", "withheld"))
    return [case_id for case_id, withheld in newest.items() if withheld]


def neutral_title(case: Case, now: datetime) -> str:
    """What the order is called in public where no editor gave it a title."""
    row = public_classes(now).get(case.catalogue_key)
    if row is None:
        return _("公共问题")
    return row.title_en if english() else row.title


def coarse(value: float, latitude: float | None, metres: int) -> float:
    """A coordinate in the middle of its square of so many metres. ``latitude`` None: it is a latitude itself."""
    step = metres / _METRES_PER_DEGREE
    if latitude is not None:
        # The width of a degree is taken at a round latitude, so that squares of one row line up.
        step /= max(math.cos(math.radians(round(latitude, 1))), 0.01)
    return round((math.floor(value / step) + 0.5) * step, 5)


def coarse_point(longitude: float, latitude: float, metres: int) -> tuple[float, float]:
    """A point as the public may know it, longitude and latitude, in the middle of a square of so many metres."""
    return coarse(longitude, latitude, metres), coarse(latitude, None, metres)
