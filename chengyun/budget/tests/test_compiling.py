"""The budget of 2024 compiled from its leaf lines: the right figures come out, the published errors do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chengyun.budget.compiling.figures import changes, unexplained
from chengyun.budget.compiling.narrative import compile_document
from chengyun.budget.compiling.rows import BudgetFacts, Income, Line, Procurement
from chengyun.budget.compiling.sheets import wan
from chengyun.budget.kinds import Edition, Figure, Fund, LineKind, OrgKind, Source
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.tests import sample
from chengyun.budget.tests.year2024 import facts


def printed(facts: BudgetFacts) -> str:
    return as_txt(compile_document(facts)).decode()


def test_every_amount_of_the_published_tables_comes_out() -> None:
    compiled = {sheet.number: sheet for sheet in compile_document(facts()).sheets}
    for published in sample.tables():
        if published.number in (1, 4):
            continue  # the sample lists four classes, the form of the district twenty
        rows = [
            [compiled[published.number].shown(slot) for slot in row.slots]
            for row in compiled[published.number].rows
        ]
        assert rows == published.rows, published.title


def test_tables_one_and_four_list_all_classes_and_balance() -> None:
    text = printed(facts())
    assert "收入总计\t8,759,561.13\t支出总计\t8,759,561.13\n" in text
    assert "一、财政拨款收入\t8,759,561.13\t一、一般公共服务支出\t\n" in text
    assert "3、国有资本经营预算\t\t四、教育支出\t\n" in text  # the row that the published table lacks
    assert "\t\t十、城乡社区支出\t6,683,719.92\t6,683,719.92\t\t\n" in text
    assert "\t\t二十、其他支出\t" in text


def test_the_published_errors_do_not_come_out() -> None:
    text = printed(facts())
    for wrong in (
        "6,34695.92",
        "8,422237.13",
        "337324.00",
        "745,280.54\t\t745,280.54\n302\t01",
        "公共财政预算",
        "比上年预算持平",
    ):
        assert wrong not in text
    assert "302\t\t商品和服务支出\t725,280.54\t\t725,280.54" in text
    assert "合计\t\t\t8,422,237.13\t7,676,956.59\t745,280.54" in text
    assert "类\t款\t项\t\t\t\t" in text  # table 7 has its column of names


def test_the_text_says_the_published_figures_and_their_change() -> None:
    text = printed(facts())
    for said in (
        "2024年，本部门收入预算875.96万元，其中：财政拨款收入875.96万元，比2023年预算增加65.41万元；事业收入0万元",
        "一般公共预算拨款支出预算875.96万元，比2023年预算增加65.41万元；政府性基金拨款支出预算0万元，与2023年预算持平",
        "财政拨款收入支出增加的主要原因是人员和公用经费增加。",
        "1.社会保障和就业支出120.05万元", "2.卫生健康支出52.52万元", "3.城乡社区支出668.37万元", "4.住房保障支出35.01万元",
        "“三公”经费预算数为2.99万元，与2023年预算持平。", "公务接待费0.29万元，与2023年预算持平。",
        "公务用车运行费2.70万元，与2023年预算持平。",
        "本部门2024年无财政拨款机关运行经费预算。", "共有车辆1辆，其中：", "其他用车1辆",
        "编报绩效目标的项目2个，涉及项目预算资金27.25万元",
        "2024年度预算安排152,500.00元。", "2024年1月1日至2024年12月31日。", "沪数办〔2015〕4号",
    ):  # fmt: skip
        assert said in text, said


def test_a_change_that_is_not_nil_asks_for_its_reason_once() -> None:
    unsaid = replace(facts(), reasons={})
    assert [one.figure for one in unexplained(unsaid)] == [Figure.SPENDING_GRANT]
    assert unexplained(facts()) == []
    change = changes(unsaid)[Figure.SPENDING_GRANT]
    assert (change.by, change.direction) == (Decimal("654100"), "增加")
    assert wan(change.now) == "875.96"
    alone = replace(unsaid, prior_figures={})
    assert unexplained(alone) == []  # without last year there is nothing to compare
    assert "比2023年" not in printed(alone)


def test_other_funds_incomes_and_kinds() -> None:
    """An agency with a government fund, operating income and procurement."""
    other = replace(
        facts(),
        org_kind=OrgKind.ADMINISTRATIVE,
        edition=Edition.UNIT,
        lines=(
            Line(LineKind.BASIC, "2010301", "30201", Decimal("300.00")),
            Line(LineKind.BASIC, "2010301", "30101", Decimal("700.00")),
            Line(LineKind.PROJECT, "2120803", "", Decimal("5000.00"), fund=Fund.GOVERNMENT, project="service"),
            Line(LineKind.PROJECT, "2010302", "31013", Decimal("250000.00"), project="desk"),
            Line(LineKind.PROJECT, "2010302", "", Decimal("40.00"), Source.OPERATIONS, Fund.NONE, "rest"),
        ),
        incomes=(
            Income(Source.GRANT, Fund.GENERAL, Decimal("251000.00")),
            Income(Source.GRANT, Fund.GOVERNMENT, Decimal("5000.00")),
            Income(Source.OPERATIONS, Fund.NONE, Decimal("40.00")),
        ),
        procurement=Procurement(goods=Decimal("250000.00"), services=Decimal("5000.00"), small=Decimal("5000.00")),
        prior_figures={},
    )  # fmt: skip
    text = printed(other)
    assert "收入总计\t256,040.00\t支出总计\t256,040.00" in text
    assert "合计\t\t\t\t256,040.00\t256,000.00\t40.00\t\t" in text
    assert "收入总计\t256,000.00\t支出总计\t256,000.00\t251,000.00\t5,000.00\t" in text
    assert (
        "25.00\t0.00\t0.00\t25.00\t25.00\t0.00\t0.03" in text
    )  # 三公 counts projects; 公用经费 of an agency
    assert "政府采购预算25.50万元，其中：政府采购货物预算25.00万元、政府采购工程预算0万元" in text
    assert "编制单位：" in text
    assert "预算单位财务收支预算总表" in text
    assert "本单位2024年无国有资本经营预算财政拨款支出，故本表为空表" in text
    assert "本单位2024年无政府性基金预算" not in text
