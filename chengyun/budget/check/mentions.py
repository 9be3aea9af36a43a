"""Figures in the running text, each bound to the figure of the tables that it repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.document import Budget
from chengyun.budget.check.prose import Paragraph
from chengyun.budget.check.source import Place

WAN = Decimal(10_000)
AMOUNT = r"(?P<n>[\d,]+(?:\.\d+)?)(?P<u>亿元|万元|元)"
_SAID = r"(?:预算数|预算|安排|总计|合计|共计|为|共|是)*[：:]?"
_KEYS: tuple[tuple[str, str], ...] = (
    (c.GENERAL, r"一般公共预算(?:财政)?(?:拨款)?支出"),
    (c.FUND, r"政府性基金(?:预算)?(?:财政)?(?:拨款)?支出"),
    (c.CAPITAL, r"国有资本经营(?:预算)?(?:财政)?(?:拨款)?支出"),
    ("财政拨款支出", r"(?<!预算)(?<!基金)(?<!经营)财政拨款支出"),
    (c.GRANT, r"财政拨款收入"),
    ("事业收入", r"(?<!属)事业收入"),
    ("事业单位经营收入", r"事业单位经营收入"),
    ("其他收入", r"其他收入"),
    ("收入总计", r"(?<!拨款)(?<!事业)(?<!经营)(?<!其他)收入预算|(?<!拨款)收入总计"),
    ("支出总计", r"(?<![费购金本目款营用算类])支出预算|(?<!拨款)支出总计"),
    (c.BASIC, r"(?<!预算)基本支出"),
    (c.PROJECT, r"(?<!预算)项目支出"),
)
_NINE: tuple[tuple[str, str], ...] = (
    ("“三公”合计", r"“?三公”?经费"),
    ("因公出国（境）费", r"(?:因公)?出国（境）费用?|出国\(境\)费用?"),
    ("公务用车购置及运行费", r"公务(?:用车|车|车用车)(?:辆)?购置[及和]运行(?:维护)?费"),
    ("购置费", r"公务(?:用车|车|车用车)(?:辆)?购置费"),
    ("运行费", r"公务(?:用车|车|车用车)(?:辆)?运行(?:维护)?费"),
    ("公务接待费", r"公务接待费"),
    ("机关运行经费", r"机关运行经费"),
)
_CHANGE = re.compile(
    r"^，?(?:比|较|与|同)(?P<year>\d{4}年|上年|去年|上一年)(?:（[^）]*）)?(?:年初|当年)?"
    r"(?P<base>预算执行数|执行数|预算数|预算|决算数?)?(?:相比)?，?(?P<dir>增加|增长|减少|下降|持平)了?"
    r"(?:(?P<by>[\d,]+(?:\.\d+)?)(?P<unit>亿元|万元|元|%))?"
)
_LIST = re.compile(
    r"^[（(]?\d{1,2}[)）.、．]“?(?P<path>[^“”\d。；]{2,90}?)”?(?:科目|支出预算|预算)?(?:为|安排)?" + AMOUNT
)
_PLANNED = re.compile(r"(?P<year>\d{4})年预算(?:安排|数)为?" + AMOUNT)
_BEFORE = re.compile(r"(?P<year>\d{4})年(?:当年)?(?P<base>预算执行数|执行数|预算数|预算|决算数?)为?" + AMOUNT)


@dataclass(slots=True)
class Change:
    """比上年增加…: ``by`` in 元 or per cent, None where the text gives no figure."""

    direction: str
    by: Decimal | None
    unit: str
    base: str

    @property
    def sign(self) -> int:
        """1 more, -1 less, 0 level."""
        return {"增": 1, "减": -1, "下": -1}.get(self.direction[0], 0)


@dataclass(slots=True)
class Mention:
    """A figure: its key, the amount in 元, how it is written and where."""

    key: str
    amount: Decimal
    written: str
    place: Place
    paragraph: Paragraph
    change: Change | None = None
    before: Decimal | None = None
    listed: bool = False


def mentions(budget: Budget) -> list[Mention]:
    """All bound figures of the text, in reading order."""
    found: list[Mention] = []
    for paragraph in budget.paragraphs:
        if paragraph.section == "terms" or paragraph.section == "projects":
            continue
        listed = list(_listed(paragraph, budget.year)) if paragraph.section == "narrative" else []
        found += listed or list(_keyed(paragraph, budget.year))
    return found


def yuan(match: re.Match[str]) -> Decimal:
    """The amount of a match in 元."""
    factor = {"元": Decimal(1), "万元": WAN, "亿元": WAN * WAN}[match["u"]]
    return Decimal(match["n"].replace(",", "")) * factor


def _keyed(paragraph: Paragraph, year: int) -> Iterator[Mention]:
    text = paragraph.text
    taken: list[tuple[int, Mention]] = []
    for key, pattern in _NINE + (_KEYS if paragraph.section != "other" else ()):
        for match in re.finditer(f"(?:{pattern}){_SAID}{AMOUNT}", text):
            said = re.search(r"(\d{4})年[^，。；：\d]{0,12}$", text[: match.start()])
            if (said and year and int(said.group(1)) != year) or re.search(
                r"(上年|去年)[^，。；：\d]{0,12}$", text[: match.start()]
            ):
                continue
            after = _CHANGE.match(text[match.end() :].lstrip("。"))
            written = match["n"] + match["u"]
            place = paragraph.at(match.start())
            taken.append(
                (match.start(), Mention(key, yuan(match), written, place, paragraph, _change(after)))
            )
    if re.search(r"(无|未安排)[^，。；]{0,12}机关运行经费", text):
        taken.append((0, Mention("机关运行经费", Decimal(0), "无", paragraph.place, paragraph)))
    yield from (mention for _, mention in sorted(taken, key=lambda pair: pair[0]))


def _change(match: re.Match[str] | None) -> Change | None:
    if match is None:
        return None
    by = None if match["by"] is None else Decimal(match["by"].replace(",", ""))
    if by is not None and match["unit"] != "%":
        by *= {"元": Decimal(1), "万元": WAN, "亿元": WAN * WAN}[match["unit"]]
    return Change(match["dir"], by, match["unit"] or "", match["base"] or "")


def path_of(text: str) -> str:
    """``类/款/项`` of the ways in which a list names a line."""
    text = re.sub(r"[（(](类|款|项)[)）]", "/", text).strip("/")
    return "/".join(part for part in re.split(r"[/—－-]+|(?<=支出)·", text) if part)


def _listed(paragraph: Paragraph, year: int) -> Iterator[Mention]:
    head = _LIST.match(paragraph.text)
    if head is None:
        return
    key, text = path_of(head["path"]), paragraph.text
    before = next((match for match in _BEFORE.finditer(text) if int(match["year"]) == year - 1), None)
    first = Mention(key, yuan(head), head["n"] + head["u"], paragraph.place, paragraph, listed=True)
    first.before = None if before is None else yuan(before)
    first.change = _change(next((m for at in range(len(text)) if (m := _CHANGE.match(text[at:]))), None))
    yield first
    for match in _PLANNED.finditer(text):
        if int(match["year"]) == year:
            written = match["n"] + match["u"]
            yield Mention(key, yuan(match), written, paragraph.at(match.start()), paragraph)
