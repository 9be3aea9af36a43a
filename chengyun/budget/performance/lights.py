"""双监控: execution and attainment held against the share of the year that has passed. Pure.

Source of the duty: 中发〔2018〕34号; the thresholds are dated rows, for no source names any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chengyun.budget.performance.scoring import ONE, weighted
from chengyun.budget.performance.words import Light

_FINE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percentage points behind or ahead of time for execution; per cent of what time asks for attainment."""

    behind_yellow: Decimal
    behind_red: Decimal
    ahead_yellow: Decimal
    ahead_red: Decimal
    attained_yellow: Decimal
    attained_red: Decimal

    def said(self) -> dict[str, str]:
        """As plain values, for the record."""
        return {name: f"{getattr(self, name).normalize():f}" for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Part:
    """A target on the day: its degree against what time asks, None where there are no data."""

    weight: Decimal
    degree: Decimal | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a light is not green: ``code`` names the sentence, ``value`` its number."""

    code: str
    value: str = ""
    name: str = ""

    def said(self) -> dict[str, str]:
        """As a plain value."""
        return {"code": self.code, "value": self.value, "name": self.name}


def time_share(begin: date, end: date, day: date) -> Decimal:
    """How much of a span has passed at the end of ``day``, both ends included, 0 to 1."""
    whole = (end - begin).days + 1
    gone = min(max((day - begin).days + 1, 0), whole)
    return (Decimal(gone) / whole).quantize(_FINE, ROUND_HALF_UP)


def execution_light(rate: Decimal | None, time: Decimal, limits: Thresholds) -> tuple[Light, Reason | None]:
    """Spending behind time warns, and so does spending far ahead of it."""
    if rate is None:
        return Light.NONE, Reason("no_execution")
    points = ((rate - time) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    for bound_behind, bound_ahead, light in (
        (limits.behind_red, limits.ahead_red, Light.RED),
        (limits.behind_yellow, limits.ahead_yellow, Light.YELLOW),
    ):
        if -points > bound_behind:
            return light, Reason("behind", str(-points))
        if points > bound_ahead:
            return light, Reason("ahead", str(points))
    return Light.GREEN, None


def target_light(degree: Decimal | None, limits: Thresholds) -> Light:
    """The light of one target."""
    if degree is None:
        return Light.NONE
    per_cent = degree * 100
    if per_cent < limits.attained_red:
        return Light.RED
    return Light.YELLOW if per_cent < limits.attained_yellow else Light.GREEN


def attainment_of(parts: Iterable[Part]) -> tuple[Decimal | None, Decimal, Decimal]:
    """Mean degree by weight of what has data; the weight that has; the whole weight."""
    found = list(parts)
    known = [(min(part.degree, ONE), part.weight) for part in found if part.degree is not None]
    return (
        weighted(known),
        sum((weight for _degree, weight in known), Decimal(0)),
        sum((part.weight for part in found), Decimal(0)),
    )


def attainment_light(parts: Iterable[Part], limits: Thresholds) -> Light:
    """The light of all: that of the mean, but never green while a single target is not; none without any data."""
    found = list(parts)
    mean, known, _whole = attainment_of(found)
    if mean is None or not known:
        return Light.NONE
    lights = {target_light(part.degree, limits) for part in found if part.weight}
    overall = target_light(mean, limits)
    if Light.RED in lights or overall is Light.RED:
        return Light.RED if overall is Light.RED else Light.YELLOW
    return Light.YELLOW if Light.YELLOW in lights or overall is Light.YELLOW else Light.GREEN
