"""A form with four targets and two measures that a test turns as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from chengyun.budget.models import Declaration, Scheme
from chengyun.budget.performance import actions
from chengyun.budget.performance.loading import load_reference
from chengyun.kernel import measures
from chengyun.kernel.actor import Actor
from chengyun.kernel.measures import Measure, Measured, MeasureUnit, offer

NOW = datetime(2026, 7, 3, 1, tzinfo=UTC)
YEAR = 2026


class Dial:
    """What a measure answers."""

    def __init__(self, numerator: int, denominator: int | None, coverage: str | None = "1") -> None:
        self.numerator, self.denominator, self.coverage, self.version = (
            numerator,
            denominator,
            coverage,
            "row:1",
        )

    def __call__(self, begin: datetime, end: datetime) -> Measured:
        below = None if self.denominator is None else Decimal(self.denominator)
        coverage = None if self.coverage is None else Decimal(self.coverage)
        return Measured(Decimal(self.numerator), below, coverage, self.version, "/somewhere/")


@contextmanager
def offered(**dials: tuple[Dial, MeasureUnit]) -> Iterator[None]:
    """Offer measures ``test.<name>`` for a while."""
    for name, (dial, unit) in dials.items():
        offer(Measure(f"test.{name}", name, name, "甲 ÷ 乙", unit, dial))
    try:
        yield
    finally:
        for name in dials:
            del measures._measures[f"test.{name}"]


def a_form(actor: Actor, **said) -> Declaration:
    """A form of 2021 without targets."""
    if not Scheme.objects.exists():
        load_reference(now=NOW)
    head = {
        "level": "project", "scheme": "2021", "fiscal_year": YEAR, "code": "SMS", "name": "短信服务", "category": "",
        "department": "城运中心", "unit": "城运中心", "start": NOW.date().replace(month=1, day=1),
        "end": NOW.date().replace(month=12, day=31), "total": Decimal(40000), "grant": Decimal(40000),
        "goal": "全年每件工单都以短信告知市民，送达率不低于 98%", "goal_of_year": "2026 年送达 1000 条，送达率不低于 98%",
    }  # fmt: skip
    return actions.create(**{**head, **said}, actor=actor, now=NOW)


def place(form: Declaration, level2: str) -> int:
    return form.scheme.classes.get(level2=level2).pk


def seen(form: Declaration) -> int:
    return Declaration.objects.get(pk=form.pk).version


def fill(form: Declaration, actor: Actor) -> None:
    """Four targets: a sum, a rate, a cost entered by hand, a quality; weights make 100 with the execution."""
    number = {"kind": "number", "every": "month", "gathering": "sum"}
    rate = {"kind": "rate", "every": "month", "gathering": "ratio", "unit": "%"}
    for level2, name, weight, columns in (
        ("数量指标", "送达短信", 40, {**number, "value": 1000, "comparator": "at_least", "unit": "条",
         "measure": "test.count", "money": 40000}),
        ("服务对象满意度指标", "市民满意率", 10, {**rate, "value": 90, "comparator": "at_least", "measure": "test.rate"}),
        ("经济成本指标", "总成本", 20, {**number, "value": 40000, "comparator": "at_most", "unit": "元"}),
        ("社会效益指标", "平稳运行", 20, {"kind": "qualitative", "evidence_rule": "运行记录"}),
    ):  # fmt: skip
        said = {
            column: Decimal(value) if isinstance(value, int) else value for column, value in columns.items()
        }
        said |= {"name": name, "weight": Decimal(weight)}
        actions.add_target(
            form.pk, seen=seen(form), scheme_class_id=place(form, level2), actor=actor, now=NOW, **said
        )
