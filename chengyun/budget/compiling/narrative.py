"""The text of the document, from the same rows as the tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chengyun.budget.compiling.circumstances import circumstances
from chengyun.budget.compiling.document import Document, Form, Kind, Paragraph, Section
from chengyun.budget.compiling.projects import project_notes
from chengyun.budget.compiling.rows import BudgetFacts
from chengyun.budget.compiling.statement import statement
from chengyun.budget.compiling.tables import role, tables_of
from chengyun.budget.compiling.terms import TERMS
from chengyun.budget.kinds import Edition, OrgKind

_PLACE = re.compile(r"^(.{2,4}?[省市])?(.{1,6}?[区县])")


def compile_document(facts: BudgetFacts, forms: Mapping[str, Form] | None = None) -> Document:
    """Everything that is published, as a pure function of the ledger's rows."""
    whose, year = role(facts), facts.fiscal_year
    notes = project_notes(facts, forms or {})
    closing = [Section("other", "六、其他相关情况说明", "其他相关情况说明", circumstances(facts))]
    if notes:
        closing.append(Section("projects", "七、项目经费情况说明", "项目经费情况说明", ()))
    place = _PLACE.match(facts.org)
    kind = f"区级{whose}预算" if place else f"{whose}预算"
    head = "预算主管部门" if facts.edition is Edition.DEPARTMENT else "预算单位"
    return Document(
        title=f"{place[0] if place else facts.org}{year}年{kind}",
        subtitle=f"{head}：{facts.org}",
        org=facts.org,
        fiscal_year=year,
        sections=(
            Section("duties", f"一、{whose}主要职能", f"{facts.org}主要职能", _duties(facts)),
            Section("organisation", f"二、{whose}机构设置", f"{facts.org}机构设置", _organisation(facts)),
            Section("terms", "三、名词解释", "名词解释", TERMS),
            Section(
                "narrative", f"四、{whose}预算编制说明", f"{year}年{whose}预算编制说明", statement(facts)
            ),
        ),
        tables_entry=f"五、{whose}预算表",
        sheets=tables_of(facts),
        closing=tuple(closing),
        projects=notes,
    )


def _duties(facts: BudgetFacts) -> tuple[Paragraph, ...]:
    if not facts.duties:
        return ()
    # "1." before a duty that begins with 12345 would read as a decimal.
    items = [
        Paragraph(f"{at}、{text.strip().rstrip('。；')}。", Kind.ITEM)
        for at, text in enumerate(facts.duties, 1)
    ]
    return (Paragraph("主要职能包括："), *items)


def _organisation(facts: BudgetFacts) -> tuple[Paragraph, ...]:
    found = []
    if facts.divisions:
        names = "、".join(facts.divisions)
        found.append(Paragraph(f"{facts.org}设{len(facts.divisions)}个内设机构，包括：{names}。"))
    if facts.edition is Edition.DEPARTMENT:
        found += _units(facts)
    return tuple(found)


def _units(facts: BudgetFacts) -> list[Paragraph]:
    units = facts.units or (facts.org,)
    if len(units) == 1:
        kind = "" if facts.org_kind is OrgKind.OTHER else f"，为{facts.org_kind.zh}"
        return [Paragraph(f"本部门预算只含1家预算单位，即{units[0]}{kind}。")]
    listed = [Paragraph(f"{at}、{name}。", Kind.ITEM) for at, name in enumerate(units, 1)]
    return [Paragraph(f"本部门预算是包括以下{len(units)}家预算单位的综合收支计划："), *listed]
