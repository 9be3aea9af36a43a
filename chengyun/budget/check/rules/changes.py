"""Changes against the year before: NAR-03, NAR-04."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check.facts import fact
from chengyun.budget.check.findings import Book
from chengyun.budget.check.mentions import Change, Mention, mentions
from chengyun.budget.check.rules.narrative import wan

_UP, _DOWN = r"增加|新增|上升|提高|增长", r"减少|压缩|下降|调减|降低"
_HALF = Decimal(50)


def run(book: Book) -> None:
    """Check every stated change that the document, or last year's budget, lets us check."""
    waiting: list[Mention] = []
    for mention in mentions(book.budget):
        if mention.change is None:
            continue
        if not _stated_change(book, mention, mention.change):
            waiting.append(mention)
        _direction(book, mention, mention.change)
    if waiting:
        book.defer(
            "NAR-03",
            f"{len(waiting)}处增减须有上年预算方可核对（--prior）",
            f"{len(waiting)} stated changes need last year's budget (--prior)",
            place=waiting[0].place,
        )


def _stated_change(book: Book, mention: Mention, change: Change) -> bool:
    """True where it could be checked."""
    now = fact(book.budget, mention.key)
    now = mention.amount if now is None else now
    if change.unit == "%":
        return _per_cent(book, mention, change, now)
    by = change.sign * (change.by or Decimal(0))
    before = mention.before
    if book.prior is not None and change.base in ("预算", "预算数", ""):
        before = fact(book.prior, mention.key)
    if before is not None:
        return _compare(book, mention, now - before, by, 3 * _HALF)
    if now - by < -_HALF:
        implied = now - by
        book.fail(
            "NAR-03",
            f"“{mention.key}”{mention.written}，{change.direction}{wan(abs(by))}万元，推得上年为{wan(implied)}万元，不可能",
            f"{mention.key} {mention.written} after a change of {wan(by)} 万元 implies {wan(implied)} 万元 last year",
            row=mention.key,
            place=mention.place,
            left=by,
            right=now,
        )
        return True
    return False


def _per_cent(book: Book, mention: Mention, change: Change, now: Decimal) -> bool:
    if not mention.before or change.by is None:
        return mention.before == 0  # from nought: a rate has no meaning, 100 % is a custom
    stated = change.sign * change.by
    # Both amounts are known to half of 0.01 万元 only.
    low = ((now - _HALF) / (mention.before + _HALF) - 1) * 100
    high = ((now + _HALF) / (mention.before - _HALF) - 1) * 100
    half = Decimal("0.5").scaleb(min(0, int(change.by.as_tuple().exponent)))
    if low - half <= stated <= high + half:
        book.ok("NAR-03")
        return True
    right = ((now / mention.before - 1) * 100).quantize(Decimal("0.01"))
    book.fail(
        "NAR-03",
        f"“{mention.key}”增减率写作{change.direction}{change.by}%，按{wan(mention.before)}、{wan(now)}万元应为{right}%",
        f"{mention.key}: stated {stated} %, from {wan(mention.before)} to {wan(now)} 万元 it is {right} %",
        row=mention.key,
        place=mention.place,
        left=stated,
        right=right,
    )
    return True


def _compare(book: Book, mention: Mention, real: Decimal, by: Decimal, slack: Decimal) -> bool:
    if abs(real - by) <= slack:
        book.ok("NAR-03")
    else:
        book.fail(
            "NAR-03",
            f"“{mention.key}”增减写作{wan(by)}万元，按上年预算应为{wan(real)}万元",
            f"{mention.key}: stated change {wan(by)} 万元, against last year's budget it is {wan(real)} 万元",
            row=mention.key,
            place=mention.place,
            left=by,
            right=real,
        )
    return True


def _direction(book: Book, mention: Mention, change: Change) -> None:
    about = {"row": mention.key, "place": mention.place}
    if change.sign and not change.by:
        zh = f"“{mention.key}”写“{change.direction}”而无增减数额"
        book.fail("NAR-04", zh, f"{mention.key}: {change.direction} without an amount", **about)
        return
    if change.sign == 0 and change.by:
        book.fail(
            "NAR-04",
            f"“{mention.key}”写“持平”又列增减数额",
            f"{mention.key}: level, yet with a change",
            **about,
        )
        return
    if not change.sign:
        book.ok("NAR-04")
        return
    reason = _reason(book, mention)
    if reason is None:
        by = f"{change.by}%" if change.unit == "%" else f"{wan(change.by or Decimal(0))}万元"
        zh = f"“{mention.key}”{change.direction}{by}，未说明原因"
        book.fail("NAR-04", zh, f"{mention.key} changed and no reason is given", **about)
    elif mention.listed and _contradicts(change.sign, reason):
        zh = f"“{mention.key}”{change.direction}，所述原因却为“{reason}”"
        book.fail(
            "NAR-04", zh, f"{mention.key}: {change.direction}, but the reason given is {reason}", **about
        )
    else:
        book.ok("NAR-04")


def _reason(book: Book, mention: Mention) -> str | None:
    """The reason in the same paragraph, or in a later one of the section."""
    same = book.budget.text(mention.paragraph.section)
    start = next(index for index, paragraph in enumerate(same) if paragraph is mention.paragraph)
    reach = same[start : start + 1] if mention.listed else same[start : start + 4]
    for paragraph in reach:
        found = re.search(r"原因(?:是|为|在于)?[：:]?([^。]+)", paragraph.text)
        if found:
            return found.group(1)
    return None


def _contradicts(sign: int, reason: str) -> bool:
    up, down = bool(re.search(_UP, reason)), bool(re.search(_DOWN, reason))
    return (sign > 0 and down and not up) or (sign < 0 and up and not down)
