"""Contracts behind a project: CON-…."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check.amounts import money
from chengyun.budget.check.contracts import Terms, ends, prices, terms
from chengyun.budget.check.findings import Book
from chengyun.budget.check.projects import Note, amount_in, notes


def run(book: Book) -> None:
    """Recompute what the notes say of prices and terms."""
    for note in notes(book.budget):
        told = terms(note)
        if told.per_unit or told.fixed:
            _arithmetic(book, note, told)
        _term(book, note)
        _units(book, note)
        _uncosted(book, note)


def _place(note: Note, word: str) -> dict[str, object]:
    paragraph = next((p for p in note.paragraphs if re.search(word, p.text)), None)
    match = re.search(word, paragraph.text) if paragraph else None
    return {"place": paragraph.at(match.start()) if paragraph and match else note.place, "row": note.title}


def _arithmetic(book: Book, note: Note, told: Terms) -> None:
    budget = amount_in(note.text("年度预算安排"))
    if budget is None:
        zh, en = "有合同单价而无年度金额，无法测算", "Prices, but no yearly amount to compare with"
        book.defer("CON-ARITH", zh, en, place=note.place)
        return
    rest = budget - told.year
    if rest == 0:
        book.ok("CON-ARITH")
        return
    pieces = (rest / told.overage) if told.overage and rest > 0 else None
    zh = f"合同测算{money(told.year)}元，预算{money(budget)}元，未说明{money(rest)}元"
    en = f"The contracts come to {money(told.year)} 元, the budget is {money(budget)} 元: {money(rest)} 元 unexplained"
    if pieces is not None:
        zh += f"（折超量{pieces:,.0f}{told.piece}）"
        en += f" ({pieces:,.0f} pieces over the package)"
    book.fail("CON-ARITH", zh, en, left=budget, right=told.year, **_place(note, r"年度|预算|元/月"))
    if pieces is not None and told.included and told.fixed:
        _second_package(book, note, told, rest, pieces)


def _second_package(book: Book, note: Note, told: Terms, rest: Decimal, pieces: Decimal) -> None:
    fixed = told.fixed[-1]
    assert told.included is not None
    assert told.overage is not None
    beyond = max(Decimal(0), pieces / 12 - told.included) * told.overage
    saving = rest - 12 * (fixed + beyond)
    if saving <= 0:
        book.ok("CON-OPT")
        return
    monthly, even = f"{pieces / 12:,.0f}{told.piece}", f"{fixed / told.overage:,.0f}{told.piece}"
    zh = f"月均超量{monthly}，高于平衡点{even}；增购一份套餐年省{money(saving)}元"
    en = f"{pieces / 12:,.0f} a month over the package: a second package would save {money(saving)} 元 a year"
    book.fail("CON-OPT", zh, en, left=rest, right=rest - saving, **_place(note, r"超出部分"))


def _term(book: Book, note: Note) -> None:
    year = book.budget.year
    for signed, month, years in ends(note):
        start, end = signed * 12 + month, (signed + years) * 12 + month  # months, end exclusive
        first = year * 12 + 1
        covered = max(0, min(end, first + 12) - max(start, first))
        if covered == 12:
            book.ok("CON-TERM")
            continue
        last = f"{(end - 1) // 12}-{(end - 1) % 12 + 1:02d}"
        zh = f"合同{signed}年{month}月签订，期限{years}年，至{last}到期，覆盖{year}年{covered}/12月"
        en = f"Signed {signed}-{month:02d} for {years} years, ends {last}: covers {covered} of 12 months of {year}"
        book.fail("CON-TERM", zh, en, left=Decimal(covered), right=Decimal(12), **_place(note, r"签[订署]"))


def _units(book: Book, note: Note) -> None:
    for number, written in prices(note).items():
        if len(set(written)) < 2:
            book.ok("CON-UNIT")
            continue
        zh = f"单价{number}的单位不一：{'、'.join(dict.fromkeys(written))}"
        en = f"The price {number} is written in several units: {', '.join(dict.fromkeys(written))}"
        book.fail(
            "CON-UNIT", zh, en, left=written[0], right=written[-1], **_place(note, number + "元/月(?!/)")
        )


def _uncosted(book: Book, note: Note) -> None:
    text = note.text("项目概述")
    for word in dict.fromkeys(re.findall(r"(?<=及相关)[一-鿿]{2,4}|[一-鿿]{0,2}(?:配件|耗材)", text)):
        name = re.sub(r"^(及|和|相关)+", "", word)
        if re.search(rf"{name}[^，。；]{{0,12}}\d", note.text()):
            book.ok("CON-COST")
            continue
        zh, en = f"“{name}”未列金额或数量", f"{name} is named without cost or quantity"
        book.fail("CON-COST", zh, en, left=name, **_place(note, name))
        break
