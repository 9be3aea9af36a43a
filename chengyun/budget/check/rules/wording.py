"""Words and marks: TXT-…, TERM-OLD, YEAR-01, CNT-01, STR-SEQ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from chengyun.budget.check.document import Budget
from chengyun.budget.check.findings import Book
from chengyun.budget.check.prose import Paragraph
from chengyun.budget.check.source import Place

_TERMS = (
    (r"公共财政预算", "公共财政预算", "一般公共预算"),
    (r"财政性资金拨款", "财政性资金拨款", "财政拨款"),
    (r"医疗卫生与计划生育支出", "医疗卫生与计划生育支出", "卫生健康支出"),
    (r"文化体育与传媒支出", "文化体育与传媒支出", "文化旅游体育与传媒支出"),
    (r"国土海洋气象等支出", "国土海洋气象等支出", "自然资源海洋气象等支出"),
    (r"资源勘探信息等支出", "资源勘探信息等支出", "资源勘探工业信息等支出"),
)
_NUMERALS = "一二三四五六七八九十"


def run(book: Book) -> None:
    """Read every paragraph once."""
    for paragraph in book.budget.paragraphs:
        for check, pattern, zh, en in _PATTERNS:
            _search(book, paragraph, check, pattern, (zh, en))
        _counts(book, paragraph)
        _years(book, paragraph)
    _terms(book)
    _ends(book)
    _names(book)
    _sequence(book)
    _threshold(book)


_PATTERNS = (
    ("TXT-DUP", r"([，。；：、])\1+", "标点重复：{}", "Doubled punctuation: {}"),
    (
        "TXT-YOY",
        r"比(上年|去年|\d{4}年)[^，。；]{0,14}持平",
        "“{}”应为“与…持平”",
        "{}: “level with” takes 与, not 比",
    ),
    (
        "TXT-GRAM",
        r"是主要(承担|负责)[^。]*?(?=职责。)",
        "语句残缺：“{}…”缺中心语",
        "Sentence without its head noun: {}…",
    ),
    (
        "TXT-DOCNO",
        r"[【\[](19|20)\d\d(年)?[】\]]",
        "发文字号年份应用〔〕：{}",
        "Year of a document number belongs in 〔〕: {}",
    ),
    (
        "TXT-PLACE",
        r"[XxＸ×]{2,}(?=年|月|日|元|万|个|单位|项目)|待填|待定|\{[^}]{0,20}\}|（此处|_{3,}",
        "模板残留：{}",
        "Placeholder: {}",
    ),
    (
        "TXT-WIDTH",
        r"(?<=[\d日月一-鿿])--(?=[\d一-鿿])|（[^（）()]{0,30}\)|\([^（）()]{0,30}）",
        "全半角或符号不一：{}",
        "Mixed width or marks: {}",
    ),
)


def _search(book: Book, paragraph: Paragraph, check: str, pattern: str, words: tuple[str, str]) -> None:
    found = list(re.finditer(pattern, paragraph.text))
    if not found:
        book.ok(check)
        return
    shown = "、".join(dict.fromkeys(match[0] for match in found))[:80]
    place = paragraph.at(found[0].start())
    book.fail(check, words[0].format(shown), words[1].format(shown), place=place, left=shown)


def _texts(budget: Budget) -> Iterator[tuple[str, Place]]:
    for paragraph in budget.paragraphs:
        yield paragraph.text, paragraph.place
    for table in budget.tables.values():
        yield table.title, table.place
        for item in table.items:
            yield item.name, item.place


def _terms(book: Book) -> None:
    for text, place in _texts(book.budget):
        for pattern, old, new in _TERMS:
            if re.search(pattern, text):
                book.fail(
                    "TERM-OLD",
                    f"旧术语“{old}”，现为“{new}”",
                    f"{old} is now {new}",
                    place=place,
                    left=old,
                    right=new,
                )
            else:
                book.ok("TERM-OLD")


def _ends(book: Book) -> None:
    """Items of a numbered list: where most end with a mark, one without is an oversight."""
    items = [
        paragraph
        for paragraph in book.budget.text("duties", "organisation", "narrative")
        if re.match(r"^\d{1,2}[.、．]", paragraph.text)
    ]
    marked = [paragraph for paragraph in items if paragraph.text[-1] in "。；！？"]
    for paragraph in items:
        if paragraph in marked or len(marked) * 2 < len(items):
            book.ok("TXT-END")
            continue
        shown = paragraph.text[:24]
        book.fail(
            "TXT-END",
            f"缺句号：“{shown}…”",
            f"No full stop: {shown}…",
            place=paragraph.at(len(paragraph.text)),
        )


def _counts(book: Book, paragraph: Paragraph) -> None:
    for match in re.finditer(
        r"(\d+)个([^，。；：\d]{1,12})，?(?:分别)?(?:包括|为|是)[：:]([^。；]+)", paragraph.text
    ):
        listed = [
            part for part in re.split(r"[、，]|(?<=[科室])和", re.sub(r"（[^）]*）", "", match[3])) if part
        ]
        if len(listed) == int(match[1]):
            book.ok("CNT-01")
        else:
            book.fail(
                "CNT-01",
                f"“{match[1]}个{match[2]}”，列举{len(listed)}个",
                f"{match[1]} {match[2]} announced, {len(listed)} listed",
                place=paragraph.at(match.start()),
                left=Decimal(match[1]),
                right=Decimal(len(listed)),
            )


def _years(book: Book, paragraph: Paragraph) -> None:
    year = book.budget.year
    if not year or paragraph.section not in ("narrative", "other"):
        return
    text = re.sub(
        r"《[^》]*》|〔[^〕]*〕|【[^】]*】|\[[^\]]*\]|截[至止][^，。]*",
        lambda m: "#" * len(m[0]),
        paragraph.text,
    )
    for match in re.finditer(r"(?<!\d)(20\d\d)年", text):
        if int(match[1]) in (year, year - 1):
            book.ok("YEAR-01")
            continue
        zh, en = f"年份异常：{match[1]}年（预算年度{year}）", f"Year {match[1]} in a budget for {year}"
        book.fail("YEAR-01", zh, en, place=paragraph.at(match.start()), left=match[1], right=str(year))


def _names(book: Book) -> None:
    found = [paragraph for paragraph in book.budget.paragraphs if "其它" in paragraph.text]
    for paragraph in found:
        place = paragraph.at(paragraph.text.index("其它"))
        book.fail(
            "TXT-NAME",
            "“其它”宜统一为“其他”",
            "其它 should read 其他 as elsewhere",
            place=place,
            left="其它",
            right="其他",
        )
    if not found:
        book.ok("TXT-NAME")


def _sequence(book: Book) -> None:
    """1. 2. 3. in a row: a number left out or given twice."""
    last = 0
    for paragraph in book.budget.text("duties", "narrative"):
        match = re.match(r"^(\d{1,2})(?:、|[.．](?!\d))", paragraph.text)
        if not match:
            if re.match(rf"^[（(]?[{_NUMERALS}]+[）)、]", paragraph.text):
                last = 0
            continue
        number = int(match[1])
        if number in (1, last + 1):
            book.ok("STR-SEQ")
        elif number > last + 1:
            zh, en = f"编号由{last}跳到{number}", f"Numbering jumps from {last} to {number}"
            book.fail("STR-SEQ", zh, en, place=paragraph.place, left=str(number), right=str(last + 1))
        last = number


def _threshold(book: Book) -> None:
    for paragraph in book.budget.text("other"):
        match = re.search(r"单(?:位)?价(?:值)?(\d+)[~～—-]+(\d+)万元以上", paragraph.text)
        if match:
            book.fail(
                "TXT-THR",
                f"设备价值标准表述矛盾：“{match[0]}”（既为区间又为“以上”）",
                f"Contradictory threshold: {match[0]} is a range and “above” at once",
                place=paragraph.at(match.start()),
                left=match[0],
            )
        elif re.search(r"单(?:位)?价(?:值)?\d+万元", paragraph.text):
            book.ok("TXT-THR")
