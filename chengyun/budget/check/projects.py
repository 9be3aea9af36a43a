"""Project notes (项目经费情况说明) and performance forms (绩效目标表) as data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from chengyun.budget.check.amounts import folded, read_amount
from chengyun.budget.check.document import Budget, Form
from chengyun.budget.check.prose import Paragraph, clean
from chengyun.budget.check.source import Place, Row

HEADINGS = ("项目概述", "立项依据", "实施主体", "实施方案", "实施周期", "年度预算安排", "绩效目标")
_HEADING = re.compile(
    r"^[（(]?[一二三四五六七八九十]+[）)、][.．]?(项目(?:概述|概况|简介|内容)|立项依据|实施主体|实施方案|实施周期"
    r"|年度预算(?:安排)?|绩效目标)[:：]?$"
)
LEVEL_ONE = ("产出指标", "效益指标", "满意度指标", "成本指标")
LEVEL_TWO = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
)


@dataclass(slots=True)
class Note:
    """One project note: its title and the paragraphs under each of the seven headings."""

    title: str
    place: Place
    parts: dict[str, list[Paragraph]] = field(default_factory=dict)

    def text(self, *headings: str) -> str:
        """The text under some headings, or all of it."""
        wanted = headings or tuple(self.parts)
        return "".join(paragraph.text for name in wanted for paragraph in self.parts.get(name, []))

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs under the headings."""
        return [paragraph for part in self.parts.values() for paragraph in part]


@dataclass(slots=True)
class Indicator:
    """A row of the form; ``shift`` is by how many columns it stands too far to the left."""

    level_one: str
    level_two: str
    name: str
    target: str
    place: Place
    shift: int = 0


@dataclass(slots=True)
class ProjectForm:
    """A performance form with its funding and indicators."""

    form: Form
    fields: dict[str, str] = field(default_factory=dict)
    funding: dict[str, Decimal] = field(default_factory=dict)
    goals: list[str] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    scheme: int = 2015
    funding_place: Place | None = None


def notes(budget: Budget) -> list[Note]:
    """The project notes in order; a new one begins with 项目概述."""
    found: list[Note] = []
    part = ""
    title: Paragraph | None = None
    for paragraph in budget.text("projects"):
        heading = _HEADING.match(paragraph.text)
        if heading is None:
            if part and found:
                found[-1].parts[part].append(paragraph)
            title = paragraph
            continue
        part = heading[1]
        part = (
            "项目概述" if part.startswith("项目") else "年度预算安排" if part.startswith("年度预算") else part
        )
        if part == "项目概述" or not found:
            name = title.text if title is not None and len(title.text) < 60 else ""
            found.append(Note(re.sub(r"项目经费情况说明$|经费情况说明$", "", name), paragraph.place))
        found[-1].parts.setdefault(part, [])
    return found


_FUNDS = (
    ("total", r"项目资金总额"),
    ("grant", r"其中[:：]?财政资金"),
    ("year", r"年度资金申请总额"),
    ("year_grant", r"其中[:：]?当年财政拨款"),
    ("carried", r"上年结转资金"),
)


def forms(budget: Budget) -> list[ProjectForm]:
    """The performance forms."""
    return [
        _form(form)
        for form in budget.forms
        if any("指标" in clean(p.text) for r in form.rows for p in r.cells)
    ]


def _form(form: Form) -> ProjectForm:
    found = ProjectForm(form)
    columns: dict[str, int] = {}
    expects_goals = False
    for row in form.rows:
        texts = [clean(piece.text) for piece in row.cells]
        if "一级指标" in texts:
            columns = {text: index for index, text in enumerate(texts) if text}
            continue
        if columns:
            _indicator(found, row, texts, columns)
            continue
        if expects_goals:
            found.goals = [text for text in texts if text and not re.search(r"绩效目标", text)]
            expects_goals = False
            continue
        expects_goals = any(text.startswith("项目总目标") for text in texts)
        _fields(found, row, [text for text in texts if text])
    _scheme(found)
    return found


def _fields(found: ProjectForm, row: Row, texts: list[str]) -> None:
    for label, value in pairwise(texts):
        if label in ("项目名称", "计划开始日期", "计划完成日期", "项目类别", "项目性质"):
            found.fields[label] = value
        amount = read_amount(value)
        if amount.value is None or not re.search(r"\d", value):
            continue
        key = next((key for key, pattern in _FUNDS if re.fullmatch(pattern, label)), None)
        if label == "其他资金":
            key = "year_other" if "other" in found.funding else "other"
        if key:
            found.funding[key] = amount.value
            found.funding_place = found.funding_place or row.place


def _indicator(found: ProjectForm, row: Row, texts: list[str], columns: dict[str, int]) -> None:
    one, two = columns["一级指标"], columns.get("二级指标", columns["一级指标"] + 1)
    shift = max((_home(text, index, one, two) - index for index, text in enumerate(texts)), default=0)
    placed = [""] * max(0, shift) + texts
    level_one = placed[one] if one < len(placed) else ""
    level_two = placed[two] if two < len(placed) else ""
    rest = [text for text in placed[two + 1 :] if text]
    name, target = (rest[0] if rest else ""), (rest[-1] if len(rest) > 1 else "")
    found.indicators.append(Indicator(level_one, level_two, name, target, row.place, max(0, shift)))


def _home(text: str, index: int, one: int, two: int) -> int:
    """The column in which a level's name belongs; where it stands, for any other text."""
    if text in LEVEL_ONE and text in LEVEL_TWO:
        return index if index in (one, two) else one
    return one if text in LEVEL_ONE else two if text in LEVEL_TWO else index


def _carry(found: ProjectForm) -> None:
    """A merged first column names its level once: rows below go on under it."""
    above = two = ""
    for indicator in found.indicators:
        if indicator.level_one and indicator.level_one != above:
            above, two = indicator.level_one, ""
        indicator.level_one = above
        two = indicator.level_two or two
        indicator.level_two = two


def _scheme(found: ProjectForm) -> None:
    """2015 or 2021 by the names; in the scheme of 2015 成本指标 belongs under 产出指标."""
    names = {indicator.level_two for indicator in found.indicators}
    found.scheme = 2021 if names & {"经济成本指标", "社会成本指标", "生态环境成本指标"} else 2015
    if found.scheme == 2015:
        for indicator in found.indicators:
            if indicator.level_one == "成本指标" and not indicator.level_two:
                indicator.shift = max(indicator.shift, 1)
                indicator.level_one, indicator.level_two = "", "成本指标"
    _carry(found)
    found.indicators = [one for one in found.indicators if one.name or one.target or one.shift]


def amount_in(text: str) -> Decimal | None:
    """The year's amount of a note in 元: the one named, or the sum of the quarters."""
    quarters = re.findall(r"用款计划([\d,.]+)(万元|元)", text)
    found = (
        quarters
        or re.findall(
            r"(?:金额为?|预算(?:为|安排|总额)?|资金|经费)(?:为|共计|合计)?([\d,]+(?:\.\d+)?)(万元|元)", text
        )[:1]
    )
    if not found:
        return None
    return sum(
        (
            Decimal(folded(number).replace(",", "").rstrip(".")) * (10_000 if unit == "万元" else 1)
            for number, unit in found
        ),
        Decimal(0),
    )
