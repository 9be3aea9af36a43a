"""Cases that may be the same matter reported again, each with the reason why it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chengyun.cases import search
from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import may_reveal
from chengyun.kernel.actor import Actor
from chengyun.workbench.case_words import StateWord, state_of

DAYS, METRES, MOST, CANDIDATES = 90, 300.0, 8, 400
ALIKE_NEAR, ALIKE_FAR = 0.15, 0.3  # share of common pairs of characters: within METRES, within a community
_METRES_PER_DEGREE = 111_320.0
_COLUMNS = (
    "id", "number", "title", "kind", "state", "catalogue_key", "community_id", "longitude", "latitude",
    "registered_at", "closed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case and why it may be the same. ``open`` ones come first."""

    number: str
    title: str
    state: StateWord
    registered_at: datetime
    open: bool
    why: str
    score: float


def similar_to(case: Case, actor: Actor, now: datetime) -> list[Similar]:
    """At most eight cases of the same kind of the last 90 days that this person may see.

    Near (300 m) with the same class or a title alike; or in the same community with a title much alike;
    or by the same caller, for those who may see callers.
    """
    since = now - timedelta(days=DAYS)
    seen = Case.objects.seen_by(actor).filter(kind=case.kind, registered_at__gte=since)
    seen = seen.exclude(pk=case.pk).exclude(merged_into_id=case.pk)
    callers = _of_same_caller(case, actor)
    found = {row["id"]: row for row in _around(case, seen)}
    missing = callers - found.keys()
    if missing:
        found |= {row["id"]: row for row in seen.filter(pk__in=missing).values(*_COLUMNS)}
    words = _pairs(case.title)
    weighed = [_weigh(case, row, words, row["id"] in callers) for row in found.values()]
    kept = [one for one in weighed if one is not None]
    return sorted(kept, key=lambda one: (not one.open, -one.score, one.number))[:MOST]


def _around(case: Case, seen: QuerySet[Case]) -> list[dict[str, Any]]:
    """Candidates from the same street, the newest first; of a case without a place, those with its very words."""
    if case.street_id is None:
        ids = next(iter(search.find(case.title, batch=50, most=50)), [])
        return list(seen.filter(pk__in=ids).values(*_COLUMNS))
    where = Q(community_id=case.community_id) if case.community_id else Q(pk__in=[])
    if case.longitude is not None and case.latitude is not None:
        up, across = _degrees(case.latitude)
        where |= Q(
            latitude__range=(case.latitude - up, case.latitude + up),
            longitude__range=(case.longitude - across, case.longitude + across),
        )
    rows = seen.filter(where, street_id=case.street_id).order_by("-registered_at")
    return list(rows.values(*_COLUMNS)[:CANDIDATES])


def _of_same_caller(case: Case, actor: Actor) -> set[int]:
    """Ids of cases with the same telephone; only for those who may see callers."""
    if not may_reveal(case, actor):
        return set()
    phone = Contact.objects.filter(case_id=case.pk).values_list("phone", flat=True).first()
    if not phone:
        return set()
    return set(
        Contact.objects.filter(phone=phone).order_by("-case_id").values_list("case_id", flat=True)[:50]
    )


def _weigh(case: Case, row: dict[str, Any], words: set[str], same_caller: bool) -> Similar | None:
    alike = _likeness(words, _pairs(row["title"]))
    metres = _distance(case, row)
    near = metres is not None and metres <= METRES
    same_class = bool(case.catalogue_key) and row["catalogue_key"] == case.catalogue_key
    reasons: list[str] = []
    if near and (same_class or alike >= ALIKE_NEAR):
        reasons.append(_("相距 %(metres)d 米") % {"metres": metres or 0})
        if same_class:
            reasons.append(_("同一类别"))
    elif case.community_id and row["community_id"] == case.community_id and alike >= ALIKE_FAR:
        reasons.append(_("同一居村"))
    elif case.street_id is None and alike >= ALIKE_FAR:
        reasons.append(_("用语相同"))
    if same_caller:
        reasons.append(_("同一来电号码"))
    if not reasons:
        return None
    if alike >= ALIKE_NEAR:
        reasons.append(_("标题相似 %(percent)d%%") % {"percent": round(alike * 100)})
    score = alike + same_class * 0.5 + same_caller * 0.5 + (1 - (metres or 0) / METRES if near else 0)
    return Similar(
        number=row["number"],
        title=row["title"],
        state=state_of(row["kind"], row["state"]),
        registered_at=row["registered_at"],
        open=row["closed_at"] is None,
        why=_("，").join(reasons),
        score=score,
    )


def _pairs(text: str) -> set[str]:
    return set(search.tokens_of(text))


def _likeness(some: set[str], others: set[str]) -> float:
    """Shared pairs of characters out of all, 0 to 1."""
    return len(some & others) / len(some | others) if some and others else 0.0


def _degrees(latitude: float) -> tuple[float, float]:
    """Degrees of latitude and longitude that METRES span there."""
    across = _METRES_PER_DEGREE * max(math.cos(math.radians(latitude)), 0.01)
    return METRES / _METRES_PER_DEGREE, METRES / across


def _distance(case: Case, row: dict[str, Any]) -> float | None:
    """Metres between the two, on a flat map: good enough for a few streets."""
    if None in (case.longitude, case.latitude, row["longitude"], row["latitude"]):
        return None
    assert case.longitude is not None
    assert case.latitude is not None
    north = (row["latitude"] - case.latitude) * _METRES_PER_DEGREE
    east = (row["longitude"] - case.longitude) * _METRES_PER_DEGREE * math.cos(math.radians(case.latitude))
    return math.hypot(north, east)
