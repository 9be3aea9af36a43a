"""其他相关情况说明: three public costs, operating cost, procurement, targets, state assets."""

from __future__ import annotations

from chengyun.budget.compiling.document import Kind, Paragraph
from chengyun.budget.compiling.figures import changes, reason_of
from chengyun.budget.compiling.rows import NIL, BudgetFacts
from chengyun.budget.compiling.sheets import wan
from chengyun.budget.compiling.statement import against_last_year
from chengyun.budget.compiling.tables import role
from chengyun.budget.kinds import Edition, Figure


def circumstances(facts: BudgetFacts) -> tuple[Paragraph, ...]:
    """The five parts, each with its heading."""
    parts = (
        (f"一、{facts.fiscal_year}年“三公”经费预算情况说明", _three_public(facts)),
        ("二、机关运行经费预算情况", [_operating(facts)]),
        ("三、政府采购预算情况", [_procurement(facts)]),
        ("四、绩效目标设置情况", [_targets(facts)]),
        ("五、国有资产占有使用情况", _assets(facts)),
    )
    found: list[Paragraph] = []
    for heading, texts in parts:
        found.append(Paragraph(heading, Kind.HEADING))
        found += [Paragraph(text) for text in texts]
    return tuple(found)


def _three_public(facts: BudgetFacts) -> list[str]:
    said, year = changes(facts), facts.fiscal_year

    def item(figure: Figure, word: str) -> str:
        return f"{word}{wan(said[figure].now)}万元{against_last_year(said[figure], year)}"

    def reason(figure: Figure, *before: Figure) -> str:
        # One sentence serves a paragraph: what the figures before it said is not said again.
        because = reason_of(said, figure)
        told = because in {reason_of(said, one) for one in before}
        return f"，主要原因是{because}" if because and not told else ""

    running = reason(Figure.VEHICLE_RUNNING, Figure.VEHICLES, Figure.VEHICLE_PURCHASE)
    # The order of table 9, so that the two can be laid side by side.
    return [
        item(Figure.THREE_PUBLIC, f"{year}年，本{role(facts)}“三公”经费预算数为")
        + f"{reason(Figure.THREE_PUBLIC)}。其中：",
        f"（一）{item(Figure.ABROAD, '因公出国（境）费')}{reason(Figure.ABROAD)}。",
        f"（二）{item(Figure.RECEPTION, '公务接待费')}{reason(Figure.RECEPTION)}。",
        f"（三）{item(Figure.VEHICLES, '公务用车购置及运行费')}{reason(Figure.VEHICLES)}。"
        f"其中：{item(Figure.VEHICLE_PURCHASE, '公务用车购置费')}{reason(Figure.VEHICLE_PURCHASE, Figure.VEHICLES)}；"
        f"{item(Figure.VEHICLE_RUNNING, '公务用车运行费')}{running}。",
    ]


def _operating(facts: BudgetFacts) -> str:
    said, year = changes(facts), facts.fiscal_year
    change, reason = said[Figure.OPERATING_COST], reason_of(said, Figure.OPERATING_COST)
    if not change.now and not change.by:
        return f"本{role(facts)}{year}年无财政拨款机关运行经费预算。"
    because = f"，主要原因是{reason}" if reason else ""
    compared = against_last_year(change, year)
    return f"{year}年，本{role(facts)}机关运行经费预算{wan(change.now)}万元{compared}{because}。"


def _procurement(facts: BudgetFacts) -> str:
    bought, year = facts.procurement, facts.fiscal_year
    if not bought.total:
        return f"本{role(facts)}{year}年未安排政府采购预算。"
    small = f"其中，预留面向中小企业采购的预算{wan(bought.small)}万元。" if bought.small else ""
    return (
        f"{year}年，本{role(facts)}政府采购预算{wan(bought.total)}万元，其中：政府采购货物预算{wan(bought.goods)}万元、"
        f"政府采购工程预算{wan(bought.works)}万元、政府采购服务预算{wan(bought.services)}万元。{small}"
    )


def _targets(facts: BudgetFacts) -> str:
    declared = [project for project in facts.projects if project.has_targets]
    amount = sum((project.requested for project in declared), NIL)
    units = f"{len(facts.units) or 1}个预算单位" if facts.edition is Edition.DEPARTMENT else ""
    whose = f"本{role(facts)}{units}"
    if not declared:
        return f"{whose}{facts.fiscal_year}年未编报项目预算绩效目标。"
    return (
        f"按照预算绩效管理的要求，{whose}编报了{facts.fiscal_year}年项目预算绩效目标，"
        f"其中编报绩效目标的项目{sum(project.stands_for for project in declared)}个，涉及项目预算资金{wan(amount)}万元。"
    )


def _assets(facts: BudgetFacts) -> list[str]:
    own, year = facts.assets, facts.fiscal_year
    if own.as_of is None:
        return [f"本{role(facts)}{year}年没有需要说明的车辆和大型设备。"]
    day = f"{own.as_of.year}年{own.as_of.month}月{own.as_of.day}日"
    whose = "本部门所属各预算单位" if facts.edition is Edition.DEPARTMENT else "本单位"
    held = (
        f"截至{day}，{whose}共有车辆{own.vehicles}辆，其中：一般公务用车{own.general_vehicles}辆、"
        f"一般执法执勤用车{own.law_vehicles}辆、特种专业技术用车{own.special_vehicles}辆、其他用车{own.other_vehicles}辆；"
        f"单位价值50万元以上通用设备{own.general_equipment}台（套）；"
        f"单位价值100万元以上专用设备{own.special_equipment}台（套）。"
    )
    nothing = f"本{role(facts)}{year}年未安排购置车辆、单位价值50万元以上通用设备和单位价值100万元以上专用设备的预算。"
    return [held, f"{own.buys.strip().rstrip('。')}。" if own.buys.strip() else nothing]
