"""What the platform can measure of itself, offered by name: the one place where targets find their live figures.

A room registers its measures in ``apps.py``; whoever holds figures against targets asks here and so needs to
know none of the rooms. A measure is computed from rows that only grow, so that the same period gives the same
figure when it is computed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chengyun.kernel.labelled import Labelled


class MeasureUnit(Labelled):
    """What the value of a measure counts in."""

    PERCENT = "percent", "百分比", "per cent"
    COUNT = "count", "个", "count"
    MESSAGE = "message", "条", "messages"
    YUAN = "yuan", "元", "yuan"
    DAY = "day", "天", "days"


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for one period.

    ``denominator`` is None where the figure is a plain count or sum; ``coverage`` is the share (0 to 1) of what
    should have been measured that was, None where nothing could be measured; ``data_version`` names the last row
    that counted, so that a later row can be seen to have changed the figure. ``rows`` is the address of the rows
    behind the figure, "" if there is no page of them.
    """

    numerator: Decimal
    denominator: Decimal | None
    coverage: Decimal | None
    data_version: str
    rows: str = ""

    @property
    def value(self) -> Decimal | None:
        """A share in per cent, or the count; None (not scored) where nothing was there to measure."""
        if self.denominator is None:
            return self.numerator if self.coverage is not None else None
        return self.numerator * 100 / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Measure:
    """A named figure. ``compute(begin, end)`` takes aware moments, ``begin <= moment < end``."""

    name: str
    label: str
    en: str
    formula: str
    unit: MeasureUnit
    compute: Callable[[datetime, datetime], Measured]


# What ``data_version`` begins with where a period holds nothing but rehearsal data (演练数据), and these were measured.
REHEARSAL = "rehearsal:"

_measures: dict[str, Measure] = {}


def offer(measure: Measure) -> None:
    """Offer a measure. Its name is kept with what was measured and must stay the same."""
    _measures[measure.name] = measure


def measures() -> tuple[Measure, ...]:
    """Every measure that is offered, by name."""
    return tuple(_measures[name] for name in sorted(_measures))


def measure(name: str) -> Measure | None:
    """The measure of this name, if a room offers it."""
    return _measures.get(name)
