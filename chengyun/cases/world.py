"""The surroundings of the engine, read from the dated rows of the city. Cached, because every verb asks."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from chengyun.cases.facts import CaseFacts, Surroundings
from chengyun.cases.models import LoopRule
from chengyun.cases.rule_names import ANSWER_NEEDS
from chengyun.kernel.clock import local
from chengyun.worktime.limits import Limit
from chengyun.worktime.queries import current_calendar, limit_for
from chengyun.worktime.units import Unit

# Used only where the city has not set a limit or a rule at all: a wait without a clock would be worse.
_NO_LIMIT = Limit(Decimal(1), Unit.WORKDAY)
_RULES_WITHOUT_ROW = {
    "most_extensions": Decimal(1),
    "most_suspensions": Decimal(1),
    "suspension_days": Decimal(365),
    "call_attempts": Decimal(3),
    "near_due_hours": Decimal(4),
    "knowledge_review_days": Decimal(180),
    "call_half_days": Decimal(1),
    "afternoon_from": Decimal(12),
    "spare_after_hours": Decimal(24),
    "reopen_days": Decimal(15),
    "reopen_answer_days": Decimal(1),
}
_FRESH_SECONDS = 2.0
_rules: tuple[float, dict[tuple[str, str], list[LoopRule]]] = (0.0, {})


def surroundings(
    now: datetime,
    said: Mapping[str, Any] | None = None,
    deadlines: Mapping[str, datetime] | None = None,
) -> Surroundings:
    """What the engine needs to know at this moment. ``deadlines`` as in ``Surroundings``."""

    def rule(process: str, name: str) -> Decimal:
        today = local(now).date()
        for row in _all_rules().get((process, name), ()):
            if row.valid_from <= today and (row.valid_until is None or today <= row.valid_until):
                return row.value
        return Decimal(0) if name.startswith(ANSWER_NEEDS) else _RULES_WITHOUT_ROW[name]

    return Surroundings(current_calendar(), limit_of, rule, said or {}, deadlines or {})


def limit_of(case: CaseFacts, stage: str, at: datetime) -> Limit:
    """The limit that applies to a stage of this case, by the rows valid on that day."""
    row = case.row
    limit = limit_for(
        row["kind"],
        stage,
        on=_day_of(at),
        appeal_type=row["appeal_type"],
        catalogue=row["catalogue_key"],
        condition=row["condition"],
        urgency=row["urgency"],
    )
    return limit or _NO_LIMIT


@lru_cache(maxsize=64)
def _day_of(at: datetime) -> date:
    return local(at).date()


def forget_rules() -> None:
    """Read the rules anew at the next verb of this process; other processes notice within two seconds."""
    global _rules
    _rules = (0.0, {})


def _all_rules() -> dict[tuple[str, str], list[LoopRule]]:
    global _rules
    read_at, rules = _rules
    if time.monotonic() - read_at > _FRESH_SECONDS or not read_at:
        rules = {}
        for row in LoopRule.objects.order_by("-valid_from"):
            rules.setdefault((row.process, row.name), []).append(row)
        _rules = (time.monotonic(), rules)
    return rules
