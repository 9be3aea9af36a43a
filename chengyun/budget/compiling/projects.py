"""项目经费情况说明: seven headings; amounts and dates come from the ledger, never from the typed text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chengyun.budget.compiling.document import Form, Kind, Paragraph, ProjectNote
from chengyun.budget.compiling.rows import BudgetFacts, LegalBasis, ProjectFacts
from chengyun.budget.compiling.sheets import shown

HEADINGS = ("项目概述", "立项依据", "实施主体", "实施方案", "实施周期", "年度预算安排", "绩效目标")
_NUMERALS = "一二三四五六七"


def project_notes(facts: BudgetFacts, forms: Mapping[str, Form]) -> tuple[ProjectNote, ...]:
    """A note for every project that is published; ``forms`` by the project's code."""
    return tuple(
        ProjectNote(
            f"{project.name}项目经费情况说明",
            tuple(_paragraphs(facts.fiscal_year, project, form=project.code in forms)),
            forms.get(project.code),
        )
        for project in facts.projects
        if project.published
    )


def _paragraphs(year: int, project: ProjectFacts, *, form: bool) -> Iterator[Paragraph]:
    texts = {
        2: [_bases(project.bases)],
        5: [_period(project)],
        6: [_amount(year, project)],
        7: ["详见项目支出绩效目标申报表。"] if form else [],
    }
    for number, heading in enumerate(HEADINGS, 1):
        yield Paragraph(f"{_NUMERALS[number - 1]}、{heading}", Kind.HEADING)
        computed = [text for text in texts.get(number, []) if text]
        typed = [line.strip() for line in project.sections.get(number, "").splitlines() if line.strip()]
        for text in _chosen(number, computed, typed):
            yield Paragraph(text)


def _chosen(number: int, computed: list[str], typed: list[str]) -> list[str]:
    """Dates and amounts are said once, by the ledger; what was typed about them may add words, no figures."""
    if number in (5, 6) and computed:
        return [*computed, *(text for text in typed if not re.search(r"\d", text))]
    if number == 7:
        return computed or typed
    return [*typed, *computed]


def _bases(bases: tuple[LegalBasis, ...]) -> str:
    said = []
    for basis in bases:
        number = f"（{basis.number}）" if basis.number else ""
        title = basis.title if basis.title.startswith("《") else f"《{basis.title}》"
        said.append(f"{basis.issuer}{title}{number}")
    return f"依据{'、'.join(said)}。" if said else ""


def _period(project: ProjectFacts) -> str:
    if project.start is None or project.end is None:
        return ""
    first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (project.start, project.end))
    return f"{first}至{last}。"


def _amount(year: int, project: ProjectFacts) -> str:
    parts = [
        f"{word}{shown(amount)}元"
        for word, amount in (
            ("当年财政拨款", project.grant),
            ("上年结转", project.carried_over),
            ("其他来源", project.other),
        )
        if amount
    ]
    detail = f"，其中：{'、'.join(parts)}" if len(parts) > 1 else ""
    return f"{year}年度预算安排{shown(project.requested)}元{detail}。"
