"""What the staff lines imply: X-BASE, X-ORDER12."""

from __future__ import annotations

from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.amounts import money
from chengyun.budget.check.document import Table
from chengyun.budget.check.findings import Book

# Usual rates of contribution in Shanghai; they only suggest a base and never make an error.
_RATES = (("30108", "0.16"), ("30109", "0.08"), ("30110", "0.105"), ("30113", "0.07"))
_WAGES = ("30101", "30102", "30103", "30107")


def run(book: Book) -> None:
    """Look at table 8."""
    eight = book.budget.tables.get(8)
    if eight is None:
        return
    _base(book, eight)
    _twelve(book, eight)


def _base(book: Book, eight: Table) -> None:
    bases = []
    for code, rate in _RATES:
        row = eight.row(code)
        if row is not None and row.amount(c.TOTAL):
            bases.append((row.amount(c.TOTAL) / Decimal(rate), Decimal("0.005") / Decimal(rate)))
    if len(bases) < 3:
        return
    low = max(base - half for base, half in bases)
    high = min(base + half for base, half in bases)
    if low > high:
        return  # no common base: other rates, or several kinds of staff
    base = bases[0][0].quantize(Decimal("0.01"))
    wages = [(row, row.amount(c.TOTAL)) for code in _WAGES if (row := eight.row(code))]
    total = sum((amount for _, amount in wages), Decimal(0))
    left_out = [row.name for row, amount in wages if abs(total - base - amount) < 1]
    if not left_out:
        book.ok("X-BASE")
        return
    book.fail(
        "X-BASE",
        f"缴费基数推算为{money(base)}元，未含{'、'.join(left_out)}",
        f"The contributions imply a base of {money(base)} 元, without {', '.join(left_out)}",
        table=8,
        row=left_out[0],
        place=wages[0][0].place,
        left=base,
        right=total,
    )


def _twelve(book: Book, eight: Table) -> None:
    lines = [item for item in eight.coded() if len(item.code) == 5 and item.amount(c.TOTAL) >= 1000]
    amounts = {item.amount(c.TOTAL): item for item in lines}
    for item in lines:
        other = amounts.get(item.amount(c.TOTAL) * 12)
        # Round amounts are twelve times each other by chance.
        if other is None or item.amount(c.TOTAL) % 1000 == 0:
            book.ok("X-ORDER12")
            continue
        book.fail(
            "X-ORDER12",
            f"“{other.label}”恰为“{item.label}”的12倍，疑似月、年口径混用",
            f"{other.label} is exactly 12 times {item.label}: a month's amount among years'?",
            table=8,
            row=other.label,
            place=other.place,
            left=other.amount(c.TOTAL),
            right=item.amount(c.TOTAL),
        )
