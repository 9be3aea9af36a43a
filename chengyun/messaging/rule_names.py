"""The rules of messaging that the centre may set: names, and which values each takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.kernel.labelled import Labelled


class RuleName(Labelled):
    """What a rule decides."""

    SIGNATURE = "signature", "短信签名", "Signature"
    QUIET_FROM = "quiet_from", "免打扰开始（时刻）", "Quiet hours begin"
    QUIET_UNTIL = "quiet_until", "免打扰结束（时刻）", "Quiet hours end"
    DAILY_CAP = "daily_cap", "每人每天最多（件）", "Most messages a person a day"
    MOST_TRIES = "most_tries", "最多尝试次数", "Most tries"
    FIRST_WAIT = "first_wait", "首次重试等待（秒）", "First wait (seconds)"
    LONGEST_WAIT = "longest_wait", "最长重试等待（秒）", "Longest wait (seconds)"
    UNKNOWN_AFTER = "unknown_after", "无回执多久算不明（小时）", "Unknown without a report after (hours)"
    ANSWER_DAYS = "answer_days", "回复有效期（天）", "Answers count for (days)"
    KEPT_DAYS = "kept_days", "号码和内容保留（天）", "Numbers and texts are kept (days)"
    OPT_OUT_WORDS = "opt_out_words", "退订口令", "Words to opt out"
    OPT_IN_WORDS = "opt_in_words", "恢复接收口令", "Words to opt in"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which values a rule takes, and the sentence for others."""

    fits: Callable[[str], bool]
    sentence: Any
    values: tuple[tuple[str, int], ...] = ()

    def fault(self, value: str) -> str:
        """The sentence, or "" for a good value."""
        return "" if self.fits(value) else _now(str(self.sentence)) % dict(self.values)


def _whole(least: int, most: int) -> Bounds:
    def fits(value: str) -> bool:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return False
        return number.is_finite() and number == number.to_integral_value() and least <= number <= most

    return Bounds(fits, _("请填 %(least)s 到 %(most)s 的整数。"), (("least", least), ("most", most)))


def _matching(pattern: str, sentence: Any) -> Bounds:
    shape = re.compile(pattern)
    return Bounds(lambda value: shape.fullmatch(value) is not None, sentence)


_CLOCK = _matching(r"([01]\d|2[0-3]):[0-5]\d", _("请写成 21:00 的样子。"))
_WORDS = _matching(
    r"[^,，]{1,10}([,，][^,，]{1,10}){0,9}", _("请填最多 10 个口令，用逗号分开，每个不超过 10 个字。")
)

BOUNDS: dict[str, Bounds] = {
    RuleName.SIGNATURE: _matching(r"【[^【】\s]{1,18}】", _("请写成【某某中心】的样子，最多 20 个字。")),
    RuleName.QUIET_FROM: _CLOCK,
    RuleName.QUIET_UNTIL: _CLOCK,
    RuleName.DAILY_CAP: _whole(1, 1000),
    RuleName.MOST_TRIES: _whole(1, 100),
    RuleName.FIRST_WAIT: _whole(1, 3600),
    RuleName.LONGEST_WAIT: _whole(1, 86400),
    RuleName.UNKNOWN_AFTER: _whole(1, 720),
    RuleName.ANSWER_DAYS: _whole(1, 90),
    RuleName.KEPT_DAYS: _whole(30, 3650),
    RuleName.OPT_OUT_WORDS: _WORDS,
    RuleName.OPT_IN_WORDS: _WORDS,
}
