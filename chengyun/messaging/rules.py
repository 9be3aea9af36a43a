"""The rules of messaging as a value: read once per use, so that one round goes by one set of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chengyun.kernel.clock import SHANGHAI, local
from chengyun.messaging.models import Rule
from chengyun.messaging.rule_names import RuleName


@dataclass(frozen=True, slots=True)
class Rules:
    """What the centre has set, as it holds on a day. The values here serve only until rows are loaded."""

    signature: str = ""
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    daily_cap: int = 10
    most_tries: int = 8
    first_wait: int = 30
    longest_wait: int = 1800
    unknown_after: int = 72
    answer_days: int = 7
    kept_days: int = 1095
    opt_out_words: frozenset[str] = frozenset()
    opt_in_words: frozenset[str] = frozenset()

    def wait(self, tries: int) -> timedelta:
        """How long to wait after so many tries: twice as long each time, up to the longest."""
        return timedelta(seconds=min(self.first_wait * 2 ** min(max(tries - 1, 0), 20), self.longest_wait))

    def quiet_end(self, moment: datetime) -> datetime | None:
        """When the quiet hours around this moment end; None outside them. Equal times mean none at all."""
        there = local(moment)
        begin, end, clock = self.quiet_from, self.quiet_until, there.time()
        if begin == end:
            return None
        over_midnight = begin > end
        quiet = (clock >= begin or clock < end) if over_midnight else begin <= clock < end
        if not quiet:
            return None
        day = there.date() + timedelta(days=1) if over_midnight and clock >= begin else there.date()
        return datetime.combine(day, end, tzinfo=SHANGHAI)


def rules_on(day: date) -> Rules:
    """The rules that hold on a day."""
    values: dict[str, str] = {}
    for name, value in (
        Rule.objects.filter(valid_from__lte=day).order_by("valid_from").values_list("name", "value")
    ):
        values[name] = value
    known = {name.value: values[name] for name in RuleName if name in values}
    return Rules(**{name: _read(name, value) for name, value in known.items()})  # type: ignore[arg-type]


def rules_at(now: datetime) -> Rules:
    """The rules that hold at this moment."""
    return rules_on(local(now).date())


def _read(name: str, value: str) -> object:
    if name in (RuleName.QUIET_FROM, RuleName.QUIET_UNTIL):
        return time.fromisoformat(value)
    if name in (RuleName.OPT_OUT_WORDS, RuleName.OPT_IN_WORDS):
        return frozenset(word.strip().upper() for word in re.split("[,，]", value) if word.strip())
    return value if name == RuleName.SIGNATURE else int(value)
