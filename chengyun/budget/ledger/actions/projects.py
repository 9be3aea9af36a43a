"""Projects: enter one, change what it is, what a budget says of it, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.ledger.actions.writing import any_stage, change, open_budget
from chengyun.budget.ledger.amounts import plain
from chengyun.budget.ledger.keys import project_key, section_key
from chengyun.budget.models.history import Deed
from chengyun.budget.models.ledger import Budget, BudgetLine
from chengyun.budget.models.projects import Heading, LegalBasis, Nature, Project, ProjectYear
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.kernel.writing import writing


@writing()
def add_project(
    budget_id: int,
    *,
    code: str,
    name: str,
    category: str = "",
    nature: str = Nature.RECURRENT,
    start: date | None = None,
    end: date | None = None,
    total: Decimal = Decimal("0.00"),
    actor: Actor,
    now: datetime,
) -> Project:
    """A project in a budget, made if its code is new. Raises ``Invalid`` (code, name, nature, end), ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    code, name = code.strip(), name.strip()
    faults = _faults(code, name, nature, start, end)
    if ProjectYear.objects.filter(budget=budget, project__code=code).exists():
        faults["code"] = _("本年预算已有这个项目编码。")
    if faults:
        raise Invalid(faults)
    project, _made = Project.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "category": category.strip(),
            "nature": nature,
            "department": budget.org_name,
            "unit": budget.org_name,
        },
    )
    value = _value(start, end, total)
    change(budget, Deed.PROJECT, [(project_key(code), value)], actor=actor, now=now)
    return project


def _faults(code: str, name: str, nature: str, start: date | None, end: date | None) -> dict[str, str]:
    faults = {}
    if not code or len(code) > 40 or "|" in code:
        faults["code"] = _("请填 40 个字以内的编码，不含竖线。")
    if not name or len(name) > 120:
        faults["name"] = _("请填 120 个字以内的名称。")
    if nature not in set(Nature):
        faults["nature"] = _("请从列出的性质中选。")
    if start and end and end < start:
        faults["end"] = _("结束日期早于开始日期。")
    return faults


def _value(start: date | None, end: date | None, total: Decimal) -> dict[str, Any]:
    return {
        "start": start.isoformat() if start else "",
        "end": end.isoformat() if end else "",
        "total": plain(total),
        "carried_over": "0.00",
        "has_targets": False,
        "published": False,
    }


@writing()
def change_project(
    budget_id: int,
    project_id: int,
    *,
    name: str,
    category: str,
    nature: str,
    start: date | None,
    end: date | None,
    total: Decimal,
    carried_over: Decimal,
    has_targets: bool,
    published: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Change a project and what this budget says of it. Raises ``Invalid``, ``NotThere``, ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    year = _year(budget, project_id)
    faults = _faults(year.project.code, name.strip(), nature, start, end)
    asked = sum(
        (line.amount for line in BudgetLine.objects.filter(budget=budget, project_id=project_id)), Decimal(0)
    )
    if carried_over > asked:
        faults["carried_over"] = _("上年结转不能多于项目的支出 %(asked)s 元。") % {"asked": f"{asked:,.2f}"}
    if faults:
        raise Invalid(faults)
    Project.objects.filter(pk=project_id).update(name=name.strip(), category=category.strip(), nature=nature)
    value = _value(start, end, total) | {
        "carried_over": plain(carried_over),
        "has_targets": has_targets,
        "published": published,
    }
    change(budget, Deed.PROJECT, [(project_key(year.project.code), value)], actor=actor, now=now)


@writing()
def write_sections(
    budget_id: int, project_id: int, texts: Mapping[str, str], *, actor: Actor, now: datetime
) -> None:
    """Write the seven headings. Raises ``Invalid`` (the heading), ``NotThere``, ``Refused``."""
    budget = open_budget(budget_id, actor=actor)
    code = _year(budget, project_id).project.code
    if faults := {name: _("太长：最多 4000 个字。") for name, text in texts.items() if len(text) > 4000}:
        raise Invalid(faults)
    wanted = [(section_key(code, Heading(name)), text.strip() or None) for name, text in texts.items()]
    change(budget, Deed.PROJECT, wanted, actor=actor, now=now)


@writing()
def add_basis(
    budget_id: int,
    project_id: int,
    *,
    number: str,
    title: str,
    issuer: str = "",
    from_year: int | None = None,
    to_year: int | None = None,
    actor: Actor,
    now: datetime,
) -> LegalBasis:
    """Name a document that a project rests on. Raises ``Invalid`` (number, title, to_year), ``NotThere``."""
    budget = any_stage(budget_id, actor=actor)
    project = _year(budget, project_id).project
    faults = {}
    if not number.strip():
        faults["number"] = _("请填文号。")
    if not title.strip():
        faults["title"] = _("请填文件名称。")
    if from_year and to_year and to_year < from_year:
        faults["to_year"] = _("截止年度早于起始年度。")
    if faults:
        raise Invalid(faults)
    return LegalBasis.objects.create(
        project=project,
        number=number.strip()[:60],
        title=title.strip()[:200],
        issuer=issuer.strip()[:80],
        from_year=from_year,
        to_year=to_year,
    )


@writing()
def leave_out_project(budget_id: int, project_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a project out of a budget. Raises ``Refused`` while it has lines."""
    budget = open_budget(budget_id, actor=actor)
    code = _year(budget, project_id).project.code
    if BudgetLine.objects.filter(budget=budget, project_id=project_id).exists():
        raise Refused(_("项目还有支出，请先删去它的各行。"))
    sections = [(section_key(code, one), None) for one in Heading]
    change(budget, Deed.PROJECT, [*sections, (project_key(code), None)], actor=actor, now=now)


def _year(budget: Budget, project_id: int) -> ProjectYear:
    found = ProjectYear.objects.select_related("project").filter(budget=budget, project_id=project_id).first()
    if found is None:
        raise NotThere(_("本年预算没有这个项目。"))
    return found
