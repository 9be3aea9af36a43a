"""Two results of one order, side by side: the district's and the city's. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.cases.privacy import mask_text
from chengyun.cases.process.kinds import DISSATISFIED, Outcome, Satisfaction, Way
from chengyun.hotline.handling.words import CityList, Contacted
from chengyun.hotline.models import CallbackDraw, CityResult, Rating, ReopenAsk

_BAD = {str(one) for one in DISSATISFIED}


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody found of an order, and when; empty where they found nothing."""

    way: str
    outcome: str
    satisfaction: str
    meaning: str
    contacted: str
    said: str
    at: datetime | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The district's ratings, the latest of each way first; the city's as one; how it was drawn; wishes."""

    district: tuple[Result, ...]
    city: tuple[Result, ...]
    differ: bool
    drawn: CallbackDraw | None
    wishes: tuple[ReopenAsk, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.district or self.city or self.drawn or self.wishes)


def results_of(case: Case) -> Results:
    """Both results of an order, from four queries."""
    ratings = latest_by_way(Rating.objects.filter(case_id=case.pk, round=case.rounds).order_by("-id"))
    city = list(CityResult.objects.filter(case_id=case.pk).order_by("-id"))
    ours, theirs = (
        {_side(row.satisfaction) for row in ratings} - {""},
        {_side(r.satisfaction) for r in city[:1]},
    )
    return Results(
        district=tuple(_rated(row) for row in ratings),
        city=tuple(_city(row) for row in city),
        differ=bool(ours and theirs - {""} and ours != theirs),
        drawn=CallbackDraw.objects.filter(case_id=case.pk).order_by("-round").first(),
        wishes=tuple(ReopenAsk.objects.filter(case_id=case.pk).order_by("-id")),
    )


def latest_by_way(rows: Iterable[Rating]) -> list[Rating]:
    """Of ratings, newest first, the first of each way."""
    found: dict[str, Rating] = {}
    for row in rows:
        found.setdefault(row.way, row)
    return list(found.values())


def _side(satisfaction: str) -> str:
    if satisfaction in ("", Satisfaction.UNREACHED):
        return ""
    return "bad" if satisfaction in _BAD else "good"


def _meaning(satisfaction: str) -> str:
    return {"bad": "overdue", "good": "good", "": "stopped"}[_side(satisfaction)]


def _rated(row: Rating) -> Result:
    return Result(
        way=Way(row.way).label,
        outcome=Outcome(row.outcome).label if row.outcome else "",
        satisfaction=Satisfaction(row.satisfaction).label,
        meaning=_meaning(row.satisfaction),
        contacted="",
        said=mask_text(row.said),
        at=row.at,
    )


def _city(row: CityResult) -> Result:
    return Result(
        way=_("市热线 · %(list)s") % {"list": CityList(row.kind).label},
        outcome=Outcome(row.outcome).label if row.outcome else "",
        satisfaction=Satisfaction(row.satisfaction).label if row.satisfaction else "",
        meaning=_meaning(row.satisfaction),
        contacted=Contacted(row.contacted).label if row.contacted else "",
        said=mask_text(row.said),
        at=row.at,
        on=row.called_on,
    )
