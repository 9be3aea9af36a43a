"""How moments, spans and numbers are written for the reader, in Django's current language. Pure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, gettext, ngettext

from chengyun.kernel.clock import local

_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def english() -> bool:
    """Tell whether the reader reads English; everybody else reads Chinese."""
    return (get_language() or "").startswith("en")


def _as_day(value: datetime | date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def day(value: datetime | date | None, now: datetime | None = None) -> str:
    """Write a day as it is in Shanghai: ``11月23日 周一``; the year too unless ``now`` lies in it."""
    if value is None:
        return ""
    the_day = _as_day(value)
    with_year = now is None or local(now).year != the_day.year
    if english():
        year = f" {the_day.year}" if with_year else ""
        return f"{_WEEKDAYS_EN[the_day.weekday()]} {the_day.day} {_MONTHS_EN[the_day.month - 1]}{year}"
    year = f"{the_day.year}年" if with_year else ""
    return f"{year}{the_day.month}月{the_day.day}日 {_WEEKDAYS_ZH[the_day.weekday()]}"


def moment(value: datetime | None, now: datetime | None = None) -> str:
    """Write an aware moment as a clock in Shanghai shows it: ``11月23日 周一 16:40``."""
    return "" if value is None else f"{day(value, now)} {local(value):%H:%M}"


def time_of_day(value: datetime | None) -> str:
    """Write only hours and minutes: ``16:40``."""
    return "" if value is None else f"{local(value):%H:%M}"


def short_moment(value: datetime | None, now: datetime | None = None) -> str:
    """Write for a narrow column: ``16:40`` today, ``11-22 16:40`` this year, else ``2025-11-22``."""
    if value is None:
        return ""
    there = local(value)
    if now is not None and local(now).date() == there.date():
        return f"{there:%H:%M}"
    if now is not None and local(now).year == there.year:
        return f"{there:%m-%d %H:%M}"
    return f"{there:%Y-%m-%d}"


def ago(value: datetime | None, now: datetime | None) -> str:
    """Say how far ``value`` lies from ``now``: ``刚刚``, ``2 小时前``, ``3 天后``; "" if one is missing."""
    if value is None or now is None:
        return ""
    seconds = (now - value).total_seconds()
    count, past = _largest_part(abs(seconds)), seconds >= 0
    if count is None:
        return gettext("刚刚") if past else gettext("马上")
    amount, part = count
    return _relative(amount, part, past=past)


def _largest_part(seconds: float) -> tuple[int, str] | None:
    for size, part in (
        (365 * _DAY, "year"),
        (30 * _DAY, "month"),
        (_DAY, "day"),
        (_HOUR, "hour"),
        (_MINUTE, "minute"),
    ):
        if seconds >= size:
            return int(seconds // size), part
    return None


def _relative(count: int, part: str, *, past: bool) -> str:
    if past:
        phrases = {
            "minute": ngettext("%(count)d 分钟前", "%(count)d 分钟前", count),
            "hour": ngettext("%(count)d 小时前", "%(count)d 小时前", count),
            "day": ngettext("%(count)d 天前", "%(count)d 天前", count),
            "month": ngettext("%(count)d 个月前", "%(count)d 个月前", count),
            "year": ngettext("%(count)d 年前", "%(count)d 年前", count),
        }
    else:
        phrases = {
            "minute": ngettext("%(count)d 分钟后", "%(count)d 分钟后", count),
            "hour": ngettext("%(count)d 小时后", "%(count)d 小时后", count),
            "day": ngettext("%(count)d 天后", "%(count)d 天后", count),
            "month": ngettext("%(count)d 个月后", "%(count)d 个月后", count),
            "year": ngettext("%(count)d 年后", "%(count)d 年后", count),
        }
    return phrases[part] % {"count": count}


def span(seconds: float | None) -> str:
    """Write a length of time in its two largest parts: ``1 天 2 小时``, ``5 分钟``; always positive."""
    if seconds is None:
        return ""
    left = int(abs(seconds))
    days, left = divmod(left, _DAY)
    hours, left = divmod(left, _HOUR)
    minutes = left // _MINUTE
    parts = [
        ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days} if days else "",
        ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d 分钟", "%(count)d 分钟", minutes) % {"count": minutes} if minutes else "",
    ]
    return " ".join([part for part in parts if part][:2]) or gettext("不到 1 分钟")


def number(value: float | Decimal | None, places: int = 0) -> str:
    """Write a number with commas: ``12,345``; a dash for nothing at all."""
    return "–" if value is None else f"{value:,.{places}f}"


def percent(share: float | Decimal | None, places: int = 1) -> str:
    """Write a share of one: 0.923 becomes ``92.3%``; a dash for nothing at all."""
    return "–" if share is None else f"{share * 100:.{places}f}%"


def file_size(size: int | None) -> str:
    """Write a number of bytes: ``512 B``, ``3.4 MB``."""
    if size is None:
        return "–"
    amount = float(size)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def masked(value: str | None) -> str:
    """Hide the middle of a telephone number (``138****1234``) or all but the first sign of a name (``王**``).

    Only for what is already on the screen; rooms mask personal data before it leaves the server.
    """
    text = (value or "").strip()
    if sum(sign.isdigit() for sign in text) >= 7:
        return f"{text[:3]}****{text[-4:]}"
    return text[:1] + "*" * max(len(text) - 1, 0)
