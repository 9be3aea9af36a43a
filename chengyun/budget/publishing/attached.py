"""Forms of targets (绩效目标申报表) that are published with the notes of their projects."""

from __future__ import annotations

from collections.abc import Iterable

from chengyun.budget.compiling.document import Form, FormCell
from chengyun.budget.compiling.sheets import shown
from chengyun.budget.models.ledger import Budget
from chengyun.budget.models.performance import Declaration, Target
from chengyun.budget.performance.words import Comparator, FormState, Level, Variant

_TITLE = "财政项目支出绩效目标申报表"


def forms_of(budget: Budget) -> dict[str, Form]:
    """The declared form of each project of the year, by the project's code."""
    declared = Declaration.objects.filter(
        level=Level.PROJECT,
        variant=Variant.WORKING,
        state=FormState.DECLARED,
        fiscal_year=budget.fiscal_year,
        project__isnull=False,
    ).select_related("project")
    return {one.project.code: form_of(one) for one in declared if one.project is not None}


def form_of(declaration: Declaration) -> Form:
    """The official form: project, funds, goals, indicators in three levels."""
    targets = list(declaration.targets.filter(dropped_at=None).select_related("scheme_class"))
    cells = [*_head(declaration), *_funds(declaration), *_goals(declaration), *_indicators(targets)]
    return Form(_TITLE, f"（{declaration.fiscal_year}年度）", tuple(cells))


def _head(one: Declaration) -> Iterable[FormCell]:
    rows = (
        ("项目名称", one.name, "项目类别", one.category),
        ("主管部门", one.department, "实施单位", one.unit),
        ("计划开始日期", f"{one.start:%Y-%m-%d}", "计划完成日期", f"{one.end:%Y-%m-%d}"),
    )
    for at, (left, said, right, answer) in enumerate(rows):
        yield FormCell(left, at, 0)
        yield FormCell(said, at, 1, 2)
        yield FormCell(right, at, 3)
        yield FormCell(answer, at, 4)


def _funds(one: Declaration) -> Iterable[FormCell]:
    rows = (
        ("项目资金总额", one.total, "年度资金申请总额", one.requested),
        ("其中：财政资金", one.total_fiscal, "其中：当年财政拨款", one.grant),
        ("", None, "上年结转资金", one.carried_over),
        ("其他资金", one.total - one.total_fiscal, "其他资金", one.other),
    )
    yield FormCell("项目资金（元）", 3, 0, 1, 4)
    for at, (left, whole, right, year) in enumerate(rows, 3):
        yield FormCell(left, at, 1)
        yield FormCell("" if whole is None else shown(whole), at, 2)
        yield FormCell(right, at, 3)
        yield FormCell(shown(year), at, 4)


def _goals(one: Declaration) -> Iterable[FormCell]:
    yield FormCell("项目绩效目标", 7, 0, 1, 2)
    yield FormCell("项目总目标", 7, 1, 2)
    yield FormCell("年度总目标", 7, 3, 2)
    yield FormCell(one.goal, 8, 1, 2)
    yield FormCell(one.goal_of_year, 8, 3, 2)


def _indicators(targets: list[Target]) -> Iterable[FormCell]:
    top = 9
    yield FormCell("绩效指标", top, 0, 1, len(targets) + 1)
    for column, text in enumerate(("一级指标", "二级指标", "三级指标", "年度指标值"), 1):
        yield FormCell(text, top, column)
    row = top + 1
    while targets:
        first = targets[0].scheme_class
        one = [target for target in targets if target.scheme_class.level1 == first.level1]
        targets = [target for target in targets if target.scheme_class.level1 != first.level1]
        yield FormCell(first.level1, row, 1, 1, len(one))
        for target in one:
            yield FormCell(target.scheme_class.level2, row, 2)
            yield FormCell(target.name, row, 3)
            yield FormCell(_promise(target), row, 4)
            row += 1


def _promise(target: Target) -> str:
    """年度指标值: as it was published, or what is promised with its direction and unit."""
    if target.published:
        return target.published
    if target.moment is not None:
        return f"{target.moment:%Y年%m月%d日}前"
    if target.value is None:
        return target.evidence_rule or target.definition
    value = f"{target.value.normalize():f}"
    if target.comparator == Comparator.BETWEEN and target.upper is not None:
        return f"{value}～{target.upper.normalize():f}{target.unit}"
    sign = Comparator(target.comparator).sign if target.comparator else ""
    return f"{sign}{value}{target.unit}"
