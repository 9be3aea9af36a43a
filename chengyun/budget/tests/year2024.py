"""The centre's budget of 2024 as facts: leaf lines out of the published tables, whose sums are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from chengyun.budget.check.codes import economic, functional
from chengyun.budget.compiling.rows import Assets, BudgetFacts, Income, LegalBasis, Line, ProjectFacts
from chengyun.budget.kinds import Figure, Fund, LineKind, OrgKind, Source, Stage
from chengyun.budget.tests.sample import ECONOMIC

# Contributions have a function of their own; every other basic line is 其他城乡社区管理事务支出.
_PAID_AS = {"30108": "2080505", "30109": "2080506", "30110": "2101102", "30113": "2210201"}
_PROJECTS = (
    ("service", "城管通服务费", "152500.00"),
    ("desk", "值班保障", "120000.00"),
    ("rest", "运行维护", "64824.00"),
)
_BEFORE = Decimal("8105500")  # 2024's 875.96 less the published increase of 65.41 万元


def basic_lines() -> list[Line]:
    return [
        Line(LineKind.BASIC, _PAID_AS.get(code, "2120199"), code, Decimal(amount))
        for code, _, amount in ECONOMIC
    ]


def facts() -> BudgetFacts:
    projects = [
        Line(LineKind.PROJECT, "2120199", "", Decimal(amount), project=code) for code, _, amount in _PROJECTS
    ]
    lines = (*basic_lines(), *projects)
    before = dict.fromkeys((Figure.INCOME_GRANT, Figure.SPENDING_GRANT, Figure.GENERAL), _BEFORE)
    level = {
        Figure.THREE_PUBLIC: "29900", Figure.VEHICLES: "27000", Figure.VEHICLE_RUNNING: "27000", Figure.RECEPTION: "2900",
        Figure.ABROAD: "0", Figure.VEHICLE_PURCHASE: "0", Figure.GOVERNMENT: "0", Figure.STATE_CAPITAL: "0",
    }  # fmt: skip
    return BudgetFacts(
        org="上海市宝山区城市运行管理中心",
        org_kind=OrgKind.INSTITUTION,
        fiscal_year=2024,
        lines=lines,
        incomes=(Income(Source.GRANT, Fund.GENERAL, sum((line.amount for line in lines), Decimal(0))),),
        stage=Stage.APPROVED,
        approved_on=date(2024, 1, 25),
        prior_figures={one.value: value for one, value in before.items()}
        | {one.value: Decimal(value) for one, value in level.items()},
        reasons={Figure.SPENDING_GRANT.value: "人员和公用经费增加"},
        purposes={"208": "社会保险缴费", "210": "医疗保险缴费", "212": "人员、公用和项目支出", "221": "公积金缴费"},
        functions={code: entry.name for code, entry in functional().items()},
        economics={code: entry.name for code, entry in economic().items()},
        projects=tuple(_project(*one) for one in _PROJECTS),
        duties=("受理和转派市民服务热线工单", "派遣、核查网格案件", "承担区政府总值班室值守"),
        divisions=("综合科", "热线管理科", "数据督办科", "网格联动科", "平台运行科", "指挥调度科"),
        assets=Assets(as_of=date(2023, 8, 31), other_vehicles=1),
    )  # fmt: skip


def _project(code: str, name: str, amount: str) -> ProjectFacts:
    money, published = Decimal(amount), code == "service"
    return ProjectFacts(
        id=0, code=code, name=name, category="经常性专项业务费", nature="经常性", department="", unit="",
        start=date(2024, 1, 1), end=date(2024, 12, 31), total=money, requested=money, grant=money,
        has_targets=code != "rest", published=published,
        sections={
            1: "为监督员的工作手机提供套餐，并承担市民告知短信的费用。",
            3: "网格联动科、热线管理科组织实施。",
            4: "每月按实际用量与运营商结算。",
        },
        bases=(LegalBasis("沪数办〔2015〕4号", "关于做好网格化管理专职监督员配置的建议"),),
    )  # fmt: skip


def corrected() -> BudgetFacts:
    """The same with one leaf changed: 办公费 1,000.00 元 more, from the grant."""
    old = facts()
    lines = tuple(
        replace(line, amount=line.amount + 1000) if line.eco_code == "30201" else line for line in old.lines
    )
    incomes = (replace(old.incomes[0], amount=old.incomes[0].amount + 1000),)
    return replace(old, lines=lines, incomes=incomes)
