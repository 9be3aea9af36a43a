"""The surroundings of the engine, read from the dated rows of the city. Cached, because every verb asks."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from chengyun.cases.facts import CaseFacts, LimitFacts, Surroundings
from chengyun.cases.models import LoopRule
from chengyun.kernel.clock import local
from chengyun.worktime.queries import current_calendar, limit_for

# Used only where the city has not set a limit or a rule at all: a wait without a clock would be worse.
_NO_LIMIT = LimitFacts(Decimal(1), "workday", None)
_RULES_WITHOUT_ROW = {
    "most_extensions": Decimal(1),
    "most_suspensions": Decimal(1),
    "suspension_days": Decimal(365),
    "call_attempts": Decimal(3),
}
_FRESH_SECONDS = 2.0
_rules: tuple[float, dict[tuple[str, str], list[LoopRule]]] = (0.0, {})


def surroundings(now: datetime, said: Mapping[str, Any] | None = None) -> Surroundings:
    """What the engine needs to know at this moment."""
    today = local(now).date()

    def rule(process: str, name: str) -> Decimal:
        for row in _all_rules().get((process, name), ()):
            if row.valid_from <= today and (row.valid_until is None or today <= row.valid_until):
                return row.value
        return _RULES_WITHOUT_ROW[name]

    return Surroundings(current_calendar(), limit_of, rule, said or {})


def limit_of(case: CaseFacts, stage: str, at: datetime) -> LimitFacts:
    """The limit that applies to a stage of this case, by the rows valid on that day."""
    limit = limit_for(
        case["kind"],
        stage,
        on=local(at).date(),
        appeal_type=case["appeal_type"],
        catalogue=case["catalogue_key"],
        condition=case["condition"],
        urgency=case["urgency"],
    )
    return LimitFacts(limit.amount, str(limit.unit), limit.row_id) if limit else _NO_LIMIT


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
