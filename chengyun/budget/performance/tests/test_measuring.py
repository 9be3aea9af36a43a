"""Measurements, monitoring, self-evaluation, files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

from chengyun.budget.models import Evaluation, Measurement, Target
from chengyun.budget.performance import actions
from chengyun.budget.performance.bought import card_of
from chengyun.budget.performance.files import form_docx, form_xlsx
from chengyun.budget.performance.jobs import watch_targets
from chengyun.budget.performance.layout import declaration_form, evaluation_form
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.tests.scene import NOW, YEAR, Dial, a_form, fill, offered, seen
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.measures import MeasureUnit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import person

pytestmark = pytest.mark.django_db
AFTER = datetime(YEAR + 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def clerk():
    return person("clerk", Post.BUDGET).actor


@pytest.fixture
def dials():
    found = {"count": (Dial(600, None), MeasureUnit.MESSAGE), "rate": (Dial(81, 90), MeasureUnit.PERCENT)}
    with offered(**found):
        yield {name: dial for name, (dial, _unit) in found.items()}


@pytest.fixture
def form(clerk, dials):
    made = a_form(clerk)
    fill(made, clerk)
    actions.declare(made.pk, seen=seen(made), actor=clerk, now=NOW)
    return made


def target(form, name: str) -> Target:
    return form.targets.get(name=name)


def test_a_measurement_keeps_all_it_is_made_of(form, clerk):
    made, without = actions.measure_declaration(form.pk, YEAR, actor=clerk, now=NOW)
    assert {one.target.name for one in made} == {"送达短信", "市民满意率"}
    assert {one.name for one in without} == {"总成本", "平稳运行"}
    row = Measurement.objects.get(target__name="市民满意率")
    assert [row.value, row.numerator, row.denominator, row.coverage] == [90, 81, 90, 1]
    assert (row.data_version, row.formula, row.rows, row.computed_at) == (
        "row:1",
        "甲 ÷ 乙",
        "/somewhere/",
        NOW,
    )
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        Measurement.objects.filter(pk=row.pk).update(value=100)


def test_computed_again_both_are_shown(form, clerk, dials):
    row = actions.measure_target(
        target(form, "市民满意率").pk, NOW - timedelta(days=30), NOW, actor=clerk, now=NOW
    )
    dial = dials["rate"]

    def again() -> str:
        return actions.recompute(row.pk, actor=clerk, now=NOW).sameness

    assert again() == "same"
    dial.version = "row:2"
    assert again() == "grown"
    dial.numerator = 80
    assert again() == "changed"
    dial.version = "row:1"
    assert again() == "contradiction"
    assert row.again.count() == 4
    assert Measurement.objects.get(pk=row.pk).value == 90


def test_no_data_is_not_scored(form, clerk, dials):
    dials["rate"].numerator = dials["rate"].denominator = 0
    dials["rate"].coverage = None
    actions.measure_declaration(form.pk, YEAR, actor=clerk, now=NOW)
    assert Measurement.objects.get(target__name="市民满意率").value is None
    snapshot = actions.take_snapshot(form.pk, YEAR, actor=clerk, now=NOW)
    lights = {part["name"]: part["light"] for part in snapshot.parts}
    assert lights == {"送达短信": "green", "市民满意率": "none", "总成本": "none", "平稳运行": "none"}
    assert [snapshot.measured_weight, snapshot.whole_weight] == [40, 90]
    assert {one["name"] for one in snapshot.reasons if one["code"] == "no_data"} == {
        "市民满意率",
        "总成本",
        "平稳运行",
    }


def test_a_running_sum_is_held_against_time(form, clerk, dials):
    dials["count"].numerator = 400  # half the year asks for 500
    actions.measure_declaration(form.pk, YEAR, actor=clerk, now=NOW)
    snapshot = actions.take_snapshot(form.pk, YEAR, actor=clerk, now=NOW)
    part = next(one for one in snapshot.parts if one["name"] == "送达短信")
    assert Decimal("0.79") < Decimal(part["on_course"]) < Decimal("0.81")
    assert snapshot.execution_light == "none"
    assert snapshot.attainment_light in ("yellow", "red")
    assert any(one["code"] == "short" for one in snapshot.reasons)


def test_a_value_by_hand_needs_its_evidence(form, clerk):
    cost = target(form, "总成本")
    said = {
        "begin": date(YEAR, 1, 1), "end": date(YEAR, 6, 30), "numerator": Decimal(39000), "denominator": None,
        "moment": None, "formula": "账单合计", "actor": clerk, "now": NOW,
    }  # fmt: skip
    with pytest.raises(Invalid) as wrong:
        actions.enter(cost.pk, evidence=" ", **said)
    assert set(wrong.value.fields) == {"evidence"}
    with pytest.raises(Invalid):
        actions.enter(cost.pk, evidence="账单", **{**said, "begin": date(YEAR, 2, 1)})
    row = actions.enter(cost.pk, evidence="账单 1–6 月", **said)
    assert row.value == 39000
    with pytest.raises(Refused):
        actions.recompute(row.pk, actor=clerk, now=NOW)
    with pytest.raises(Invalid):
        actions.enter(target(form, "平稳运行").pk, evidence="记录", **said)


def evaluated(form, clerk, dials) -> Evaluation:
    dials["count"].numerator = 1400
    dials["rate"].numerator = 72  # 80 of 90 promised
    actions.measure_declaration(form.pk, YEAR, actor=clerk, now=AFTER)
    return actions.begin_evaluation(form.pk, actor=clerk, now=AFTER)


def line(evaluation, name: str):
    return evaluation.lines.get(target__name=name)


def test_self_evaluation_asks_for_reasons_and_evidence(form, clerk, dials):
    evaluation = evaluated(form, clerk, dials)
    assert line(evaluation, "市民满意率").score == Decimal("8.89")
    assert line(evaluation, "送达短信").over
    assert line(evaluation, "总成本").score is None

    def put(name: str, **said) -> None:
        version = Evaluation.objects.get(pk=evaluation.pk).version
        words = {"actual": "", "share": None, "why": "", "evidence": ""} | said
        actions.fill_line(line(evaluation, name).pk, seen=version, actor=clerk, now=AFTER, **words)

    with pytest.raises(Invalid) as wrong:
        put("平稳运行", share=Decimal(90), actual="全年无中断")
    assert set(wrong.value.fields) == {"evidence"}
    with pytest.raises(Invalid):
        put("市民满意率", share=Decimal(100), evidence="x")  # a measured figure is not typed over
    put("平稳运行", share=Decimal(90), actual="全年中断 1 次", evidence="运行记录 2026", why="线路割接")
    with pytest.raises(Invalid, match="市民满意率"):
        actions.finish(evaluation.pk, seen=1, actor=clerk, now=AFTER)
    put("市民满意率", why="夏季停水投诉集中，已增派人手")
    put("送达短信", why="汛期增发，明年提高目标")
    done = actions.finish(evaluation.pk, seen=3, actor=clerk, now=AFTER)
    assert (done.score, done.scored_weight, done.grade) == (
        Decimal("66.89"),
        Decimal(70),
        "",
    )  # 30 points lack data: no grade
    with pytest.raises(Refused):
        actions.finish(evaluation.pk, seen=4, actor=clerk, now=AFTER)


def test_the_forms_as_files_say_the_same(form, clerk, dials):
    evaluation = evaluated(form, clerk, dials)
    for made, wanted in (
        (
            declaration_form(form),
            {"短信服务", "送达短信", "≥1000条", "40000.00", "经济成本指标", "社会成本指标"},
        ),
        (evaluation_form(evaluation), {"市民满意率", "80%", "8.89", "未评分", "无执行数", "无数据"}),
    ):
        paper = docx.Document(BytesIO(form_docx(made)))
        words = {cell.text for row in paper.tables[0].rows for cell in row.cells}
        sheet = openpyxl.load_workbook(BytesIO(form_xlsx(made))).active
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert wanted <= words
        assert wanted <= cells
        assert {one for one in words if one} <= cells


def test_what_a_yuan_bought(form, clerk):
    actions.measure_declaration(form.pk, YEAR, actor=clerk, now=NOW)
    card = card_of(form, thresholds_on(NOW.date()), actor=clerk)
    assert (card.measured, card.gaps) == (2, 2)
    (messages,) = card.bought
    assert messages.by_plan  # no spending was entered
    assert messages.planned_each == 40
    assert 32 < float(messages.each) < 34  # half a year's 40,000 for 600
    assert [one.target.name for one in card.rates] == ["市民满意率"]


def test_ended_months_are_measured_once_by_the_clock(form, dials):
    made = watch_targets(now=NOW)
    assert made > 0
    months = Measurement.objects.filter(target__name="送达短信", begin__month__gte=3)
    assert months.count() >= 3
    assert form.snapshots.count() == 1
    assert watch_targets(now=NOW) == 0
