"""The numbers of the loop that the city may decide: what they are called and what they can be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.kernel.labelled import Labelled


class RuleName(Labelled):
    """What a rule decides."""

    MOST_EXTENSIONS = "most_extensions", "最多延期次数", "Most extensions"
    MOST_SUSPENSIONS = "most_suspensions", "最多挂起（挂账）次数", "Most suspensions"
    SUSPENSION_DAYS = "suspension_days", "一次挂起（挂账）最长天数", "Longest suspension in days"
    CALL_ATTEMPTS = "call_attempts", "回访未接通的拨打次数", "Calls before giving up"
    NEAR_DUE_HOURS = "near_due_hours", "到期前几个工作时算“即将到期”", "Working hours that count as near due"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a rule's value can be; ``whole`` if it counts things."""

    least: Decimal
    most: Decimal
    whole: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether the value is one that the rule can have."""
        whole = not self.whole or value == value.to_integral_value()
        return self.least <= value <= self.most and whole


BOUNDS: dict[str, Bounds] = {
    RuleName.MOST_EXTENSIONS: Bounds(Decimal(0), Decimal(20)),
    RuleName.MOST_SUSPENSIONS: Bounds(Decimal(0), Decimal(20)),
    RuleName.SUSPENSION_DAYS: Bounds(Decimal(1), Decimal(3650)),
    RuleName.CALL_ATTEMPTS: Bounds(Decimal(1), Decimal(20)),
    RuleName.NEAR_DUE_HOURS: Bounds(Decimal("0.5"), Decimal(200), whole=False),
}
