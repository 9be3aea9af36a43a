"""How the targets of a form stand in a year: the newest value of each, its degree, its light."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from chengyun.budget.models import Declaration, Measurement, Target
from chengyun.budget.performance.lights import Part, Thresholds, target_light
from chengyun.budget.performance.periods import last_day, year_of
from chengyun.budget.performance.scoring import degree_of, degree_of_day, score_of
from chengyun.budget.performance.words import Comparator, Gathering, How, Kind, Light


@dataclass(frozen=True, slots=True)
class Standing:
    """A target with what is known of it. ``degree`` against the whole promise, ``on_course`` against what the time
    that has passed asks; both None where nothing was measured."""

    target: Target
    measurement: Measurement | None
    degree: Decimal | None
    on_course: Decimal | None
    light: Light

    @property
    def score(self) -> Decimal | None:
        """Points, were the year at its end; None: not scored."""
        if self.degree is None or self.target.weight is None:
            return None
        return score_of(self.degree, self.target.weight)

    @property
    def part(self) -> Part:
        """What it adds to the attainment of the whole."""
        return Part(self.target.weight or Decimal(0), self.on_course)


def latest(form: Declaration, year: int) -> dict[int, Measurement]:
    """The measurement of each target that stands for a year: of those from its beginning, the one that reaches
    furthest, the newest of equals. Of a date or a last value that was entered, any period of the year will do.
    """
    begin, end = year_of(year)
    from_the_beginning = Q(begin=begin)
    last_value = Q(how=How.ENTERED) & (Q(target__gathering=Gathering.LAST) | Q(target__kind=Kind.MOMENT))
    rows = Measurement.objects.filter(
        from_the_beginning | last_value,
        target__declaration=form,
        target__dropped_at=None,
        begin__gte=begin,
        end__lte=end,
    ).order_by("end", "pk")
    return {row.target_id: row for row in rows}


def standings(form: Declaration, year: int, limits: Thresholds) -> list[Standing]:
    """Every target of the form, in its order."""
    found = latest(form, year)
    targets = form.targets.filter(dropped_at=None).select_related("scheme_class")
    return [standing_of(target, found.get(target.pk), year, limits) for target in targets]


def standing_of(target: Target, row: Measurement | None, year: int, limits: Thresholds) -> Standing:
    """One target. A running sum is held against the share of the year that its measurement covers."""
    degree, on_course = degrees_of(target, row, year)
    return Standing(target, row, degree, on_course, target_light(on_course, limits))


def degrees_of(target: Target, row: Measurement | None, year: int) -> tuple[Decimal | None, Decimal | None]:
    """Degree against the whole promise, and against what the passed time asks."""
    if row is None:
        return None, None
    if target.kind == Kind.MOMENT:
        kept = degree_of_day(row.moment, target.moment) if row.moment and target.moment else None
        return kept, kept
    if row.value is None or target.value is None or not target.comparator:
        return None, None
    degree = degree_of(target.comparator, row.value, target.value, target.upper)
    if target.gathering != Gathering.SUM or target.comparator == Comparator.BETWEEN:
        return degree, degree
    share = _share_of_year(year, last_day(row.end))
    return degree, degree_of(target.comparator, row.value, target.value * share)


def _share_of_year(year: int, day: date) -> Decimal:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Decimal((min(day, last) - first).days + 1) / ((last - first).days + 1)


def years_measured(form: Declaration) -> list[int]:
    """The years for which there are measurements, the form's own first if it is among them, then the latest."""
    rows = Measurement.objects.filter(target__declaration=form, target__dropped_at=None)
    years = {last_day(end).year for end in rows.order_by().values_list("end", flat=True).distinct()}
    return sorted(years, key=lambda year: (year != form.fiscal_year, -year))
