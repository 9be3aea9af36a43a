"""The text against the tables: NAR-01 to NAR-06, SG-03."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.facts import fact
from chengyun.budget.check.findings import Book, Finding
from chengyun.budget.check.mentions import WAN, Mention, mentions

_HALF = Decimal(50)  # 元: half of 0.01 万元, a tie is accepted both ways
_PUBLIC = (
    "“三公”合计",
    "因公出国（境）费",
    "公务用车购置及运行费",
    "购置费",
    "运行费",
    "公务接待费",
    "机关运行经费",
)
_REQUIRED = (
    ("收入预算", r"收入预算"),
    ("支出预算", r"支出预算"),
    ("财政拨款支出", r"财政拨款支出"),
    ("一般公共预算拨款", r"一般公共预算"),
    ("政府性基金拨款", r"政府性基金"),
    ("国有资本经营预算拨款", r"国有资本经营预算"),
)


def run(book: Book) -> None:
    """Bind every figure of the text and compare."""
    found = mentions(book.budget)
    wrong = [finding for mention in found if (finding := _against_table(book, mention))]
    _repeated(book, found, wrong)
    _rounding(book, found)
    _order(book, found)
    _required(book)


def wan(amount: Decimal) -> str:
    """An amount in 万元 with two decimals, for people."""
    return f"{amount / WAN:,.2f}"


def _against_table(book: Book, mention: Mention) -> Finding | None:
    check = "SG-03" if mention.key in _PUBLIC else "NAR-01"
    stated = fact(book.budget, mention.key)
    if stated is None:
        if mention.listed:
            zh = f"说明所列“{mention.key}”在表5、表3中未找到，无法核对"
            book.defer(
                check, zh, f"{mention.key} of the text is in neither table 5 nor 3", place=mention.place
            )
        return None
    slack = _HALF if mention.written.endswith("万元") else Decimal(0)
    if abs(mention.amount - stated) <= slack:
        book.ok(check)
        return None
    return book.fail(
        check,
        f"说明“{mention.key}”为{mention.written}，表为{wan(stated)}万元",
        f"The text says {mention.key} {mention.written}; the table {wan(stated)} 万元",
        table=9 if check == "SG-03" else None,
        row=mention.key,
        place=mention.place,
        left=mention.amount,
        right=stated,
    )


def _repeated(book: Book, found: list[Mention], wrong: list[Finding]) -> None:
    first: dict[str, Mention] = {}
    for mention in found:
        earlier = first.setdefault(mention.key, mention)
        if earlier is mention:
            continue
        if abs(earlier.amount - mention.amount) <= _HALF:
            book.ok("NAR-05")
            continue
        finding = book.fail(
            "NAR-05",
            f"同一指标“{mention.key}”前为{earlier.written}，后为{mention.written}",
            f"{mention.key} is {earlier.written} first and {mention.written} later",
            row=mention.key,
            place=mention.place,
            left=mention.amount,
            right=earlier.amount,
        )
        root = next((one for one in wrong if one.row == mention.key and one.left == mention.amount), None)
        if root is not None:  # the table tells which of the two is wrong
            root.consequences.append(finding)
            book.found.remove(finding)


def _rounding(book: Book, found: list[Mention]) -> None:
    listed = [mention for mention in found if mention.listed]
    total = next((mention for mention in found if mention.key == "财政拨款支出"), None)
    if len(listed) < 2 or total is None:
        return
    summed = sum((mention.amount for mention in listed), Decimal(0))
    residual = summed - total.amount
    if residual == 0:
        book.ok("NAR-02")
    elif abs(residual) <= (len(listed) + 1) * _HALF:
        book.fail(
            "NAR-02",
            f"分项之和{wan(summed)}万元，合计{total.written}，四舍五入尾差{wan(residual)}万元",
            f"The items add up to {wan(summed)} 万元, the total says {total.written}: rounding {wan(residual)}",
            place=listed[0].place,
            left=summed,
            right=total.amount,
        )


def _order(book: Book, found: list[Mention]) -> None:
    """Table 9 has 出国, 接待, 用车; a text in another order is harder to compare."""
    order = {"因公出国（境）费": 0, "公务接待费": 1, "公务用车购置及运行费": 2}
    said = [mention for mention in found if mention.key in order]
    places = [order[mention.key] for mention in said]
    if len(places) == 3 and places != sorted(places):
        book.fail(
            "SG-03",
            "“三公”说明各项顺序与表9不一致",
            "The text lists the three public costs in another order than table 9",
            severity=Severity.INFO,
            table=9,
            place=said[0].place,
        )


def _required(book: Book) -> None:
    text = "".join(paragraph.text for paragraph in book.budget.text("narrative"))
    if not text:
        book.fail("NAR-06", "未找到预算编制说明", "No budget statement (编制说明) found")
        return
    for name, pattern in _REQUIRED:
        if re.search(pattern, text):
            book.ok("NAR-06")
        else:
            book.fail("NAR-06", f"编制说明缺少“{name}”", f"The statement lacks {name}", row=name)
