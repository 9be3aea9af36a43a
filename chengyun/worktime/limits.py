"""A time limit as a value: what a clock is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chengyun.kernel.labelled import Labelled
from chengyun.worktime.units import Unit, quantity


class Provenance(Labelled):
    """How well a number is known: [A], [B], [K] and [D] of the domain reference."""

    PRIMARY = "primary", "原始文件", "Primary source", "good"
    SECONDARY = "secondary", "二手资料，未经证实", "Secondary source, unconfirmed", "due-soon"
    UNSOURCED = "unsourced", "无出处，未经证实", "No source found, unconfirmed", "due-soon"
    DERIVED = "derived", "推算，未经证实", "Derived, unconfirmed", "due-soon"


@dataclass(frozen=True, slots=True)
class Limit:
    """Amount and unit with where they come from; ``row_id`` is the row of the table of limits."""

    amount: Decimal
    unit: Unit
    source: str = ""
    provenance: str = Provenance.UNSOURCED
    row_id: int = 0
    count: int = field(init=False, compare=False)  # as units.quantity has it, so that a start costs no check

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", quantity(self.amount, self.unit))
