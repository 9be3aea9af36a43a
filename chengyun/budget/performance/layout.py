"""The official forms as cells: 绩效目标申报表 and 绩效自评表. Printed by ``files``, published with the budget.

The layout is that of the Shanghai district form of 2024; weights stand beside the targets where they are declared.
"""

from __future__ import annotations

from decimal import Decimal

from chengyun.budget.compiling.document import Form, FormCell
from chengyun.budget.models import Declaration, Evaluation, EvaluationLine, Target
from chengyun.budget.performance.words import Comparator, Kind, Level

_WIDTH = 7


class _Rows:
    """Cells gathered row by row."""

    def __init__(self) -> None:
        self.cells: list[FormCell] = []
        self.row = 0

    def add(self, *said: tuple[str, int]) -> None:
        """A row of texts with how many columns each takes."""
        column = 0
        for text, width in said:
            if text != "\0":  # a place that a cell above reaches into
                self.cells.append(FormCell(text, self.row, column, width))
            column += width
        self.row += 1

    def tall(self, text: str, column: int, height: int) -> None:
        """A cell over some of the rows that follow."""
        self.cells.append(FormCell(text, self.row, column, 1, height))


def amount(value: Decimal | None) -> str:
    """An amount as the forms write it; "" where there is none."""
    return "" if value is None else f"{value:.2f}"


def plain(value: Decimal | None) -> str:
    """A number without idle noughts."""
    return "" if value is None else f"{value.normalize():f}"


def promised(target: Target) -> str:
    """年度指标值: word for word where it was published, else sign, number and unit."""
    if target.published:
        return target.published
    if target.kind == Kind.MOMENT:
        return f"{target.moment:%Y-%m-%d}前" if target.moment else ""
    if target.value is None:
        return "达成"
    if target.comparator == Comparator.BETWEEN:
        return f"{plain(target.value)}–{plain(target.upper)}{target.unit}"
    sign = Comparator(target.comparator).sign if target.comparator else ""
    return f"{sign}{plain(target.value)}{target.unit}"


def declaration_form(form: Declaration) -> Form:
    """申报表. Empty classes keep their row, as on the official form."""
    rows = _Rows()
    whose = "项目" if form.level == Level.PROJECT else "部门"
    rows.add((f"{whose}名称", 1), (form.name, 3), (f"{whose}类别", 1), (form.category, 2))
    rows.add(("主管部门", 1), (form.department, 3), ("实施单位", 1), (form.unit, 2))
    rows.add(("计划开始日期", 1), (f"{form.start}", 3), ("计划完成日期", 1), (f"{form.end}", 2))
    rows.tall(f"{whose}资金(元)", 0, 4)
    for left, had, right, year in (
        (f"{whose}资金总额", form.total, "年度资金申请总额", form.requested),
        ("其中：财政资金", form.total_fiscal, "其中：当年财政拨款", form.grant),
        ("", None, "上年结转资金", form.carried_over),
        ("其他资金", form.total - form.total_fiscal, "其他资金", form.other),
    ):
        rows.add(("\0", 1), (left, 1), (amount(had), 2), (right, 1), (amount(year), 2))
    span = f"{form.start.year}年-{form.end.year}年"
    rows.tall("绩效目标", 0, 2)
    rows.add(("\0", 1), (f"{whose}总目标({span})", 3), ("年度总目标", 3))
    rows.add(("\0", 1), (form.goal, 3), (form.goal_of_year, 3))
    _targets(rows, form)
    title = "财政项目支出绩效目标申报表" if form.level == Level.PROJECT else "部门整体支出绩效目标申报表"
    return Form(title, f"({form.fiscal_year}年度)", tuple(rows.cells))


def _targets(rows: _Rows, form: Declaration) -> None:
    targets: dict[int, list[Target]] = {}
    for target in form.targets.filter(dropped_at=None).select_related("scheme_class"):
        targets.setdefault(target.scheme_class_id, []).append(target)
    classes = list(form.scheme.classes.order_by("position"))
    heights = {one.pk: max(len(targets.get(one.pk, [])), 1) for one in classes}
    rows.tall("绩效指标", 0, 1 + sum(heights.values()))
    weighed = any(one.weight is not None for some in targets.values() for one in some)
    rows.add(
        ("\0", 1),
        ("一级指标", 1),
        ("二级指标", 1),
        ("三级指标", 2),
        ("年度指标值", 1),
        ("权重" if weighed else "", 1),
    )
    above = ""
    for one in classes:
        if one.level1 != above:
            rows.tall(one.level1, 1, sum(heights[o.pk] for o in classes if o.level1 == one.level1))
            above = one.level1
        rows.tall(one.level2, 2, heights[one.pk])
        here: list[Target | None] = [*targets.get(one.pk, ())] or [None]
        for row in here:
            name, value = (row.name, promised(row)) if row else ("", "")
            weight = plain(row.weight) if row and row.weight is not None else ""
            rows.add(("\0", 1), ("\0", 1), ("\0", 1), (name, 2), (value, 1), (weight, 1))


def evaluation_form(evaluation: Evaluation) -> Form:
    """自评表: money with its rate and score, then every target with what came of it; a gap says 未评分."""
    form, rows = evaluation.declaration, _Rows()
    whose = "项目" if form.level == Level.PROJECT else "部门"
    rows.add((f"{whose}名称", 1), (form.name, 6))
    rows.add(("主管部门", 1), (form.department, 3), ("实施单位", 1), (form.unit, 2))
    rows.add(
        ("预算执行（元）", 1),
        ("年初预算数", 1),
        ("全年预算数", 1),
        ("全年执行数", 1),
        ("执行率", 1),
        ("分值", 1),
        ("得分", 1),
    )
    rate = ""
    if evaluation.spent is not None and evaluation.year_budget:
        rate = f"{evaluation.spent * 100 / evaluation.year_budget:.2f}%"
    rows.add(
        ("", 1), (amount(evaluation.initial_budget), 1), (amount(evaluation.year_budget), 1),
        (amount(evaluation.spent) or "无执行数", 1), (rate, 1), (plain(evaluation.execution_weight), 1),
        (_points(evaluation.execution_score), 1),
    )  # fmt: skip
    rows.add(("年度总目标", 1), (form.goal_of_year, 6))
    rows.add(
        ("一级指标", 1), ("二级指标", 1), ("三级指标", 1), ("年度指标值", 1), ("实际完成值", 1), ("分值", 1), ("得分", 1),
    )  # fmt: skip
    lines = list(evaluation.lines.select_related("target__scheme_class", "measurement"))
    for line in lines:
        place = line.target.scheme_class
        rows.add(
            (place.level1, 1), (place.level2, 1), (line.target.name, 1), (promised(line.target), 1), (done(line), 1),
            (plain(line.target.weight), 1), (_points(line.score), 1),
        )  # fmt: skip
    rows.add(("合计", 1), (_total(evaluation), 6))
    reasons = [f"预算执行率：{evaluation.execution_why}"] if evaluation.execution_why else []
    reasons += [f"{line.target.name}：{line.why}" for line in lines if line.why]
    rows.add(("偏差原因及改进措施", 1), ("\n".join(reasons) or "无", 6))
    rows.add(("依据", 1), ("\n".join(_evidence(line) for line in lines if _evidence(line)) or "无", 6))
    rows.add(("总结", 1), (evaluation.summary, 6))
    title = "财政项目支出绩效自评表" if form.level == Level.PROJECT else "部门整体支出绩效自评表"
    return Form(title, f"({form.fiscal_year}年度)", tuple(rows.cells))


def done(line: EvaluationLine) -> str:
    """实际完成值."""
    row = line.measurement
    if row is not None and row.moment is not None:
        return f"{row.moment:%Y-%m-%d}"
    if row is not None and row.value is not None:
        return f"{row.value.quantize(Decimal('0.01')).normalize():f}{line.target.unit}"
    return line.actual or "无数据"


def _points(score: Decimal | None) -> str:
    return "未评分" if score is None else plain(score)


def _total(evaluation: Evaluation) -> str:
    if evaluation.score is None or evaluation.scored_weight is None:
        return "填报中"
    whole = sum(
        (line.target.weight or Decimal(0) for line in evaluation.lines.all()), evaluation.execution_weight
    )
    gap = whole - evaluation.scored_weight
    said = f"得分{plain(evaluation.score)}，可评分值{plain(evaluation.scored_weight)}"
    said += f"，{plain(gap)}分因无数据未评" if gap else ""
    return said + (f"，等次：{evaluation.grade}" if evaluation.grade else "，不定等次")


def _evidence(line: EvaluationLine) -> str:
    row = line.measurement
    if row is not None and row.value is not None:
        made = f"{row.formula}；数据版本{row.data_version}" if row.measure else row.evidence
        parts = plain(row.numerator) + (f"÷{plain(row.denominator)}" if row.denominator is not None else "")
        return f"{line.target.name}：{parts}（{made}）" + (
            f"；{line.evidence}" if line.evidence != row.evidence else ""
        )
    return f"{line.target.name}：{line.evidence}" if line.evidence else ""
