"""Which limit applies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chengyun.worktime.limits import Limit
from chengyun.worktime.lookup import Dated, LimitIndex
from chengyun.worktime.units import Unit

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
WELL = "gbt47678.5-2026/P/01001"


def row(
    amount: int, appeal_type="", catalogue="", condition="", urgency="", first=JANUARY, last=None
) -> Dated:
    key = ("grid", "disposal", appeal_type, catalogue, condition, urgency)
    return Dated(key, first, last, Limit(Decimal(amount), Unit.WORKDAY))


INDEX = LimitIndex(
    [
        row(1),
        row(2, urgency="urgent"),
        row(3, appeal_type="help"),
        row(4, catalogue="gbt47678.5-2026/P/01"),
        row(5, catalogue=WELL, last=date(2026, 6, 30)),
        row(6, catalogue=WELL, first=JULY),
        row(7, catalogue=WELL, condition="破损"),
        row(8, catalogue=WELL, urgency="urgent"),
        row(9, catalogue="gbt30428.2-2013/M/0131"),
    ]
)


@pytest.mark.parametrize(
    ("case", "day", "amount"),
    [
        ({}, JANUARY, 1),
        ({"urgency": "urgent"}, JANUARY, 2),
        ({"urgency": "urgent", "appeal_type": "help"}, JANUARY, 2),
        ({"urgency": "normal", "appeal_type": "help"}, JANUARY, 3),
        ({"catalogue": "gbt47678.5-2026/P/01077"}, JANUARY, 4),
        ({"catalogue": "gbt47678.5-2026/P/02001"}, JANUARY, 1),
        ({"catalogue": WELL}, date(2026, 6, 30), 5),
        ({"catalogue": WELL}, JULY, 6),
        ({"catalogue": WELL, "condition": "破损"}, JULY, 7),
        ({"catalogue": WELL, "condition": "破损", "urgency": "urgent"}, JULY, 7),
        ({"catalogue": WELL, "condition": "堵塞", "urgency": "urgent"}, JULY, 8),
        ({"catalogue": "gbt47678.5-2026/M/01001", "condition": "破损"}, JULY, 7),  # 供水井盖异常
        ({"catalogue": "gbt47678.5-2026/M/06001"}, JULY, 1),
        ({"catalogue": "gbt30428.2-2013/M/0101"}, JULY, 1),  # in 2013 a matter of its own
        ({"catalogue": "gbt30428.2-2013/M/0131"}, JULY, 9),
    ],
)
def test_the_most_specific_row_wins(case, day, amount):
    key = tuple({"appeal_type": "", "catalogue": "", "condition": "", "urgency": ""} | case)
    assert key == ("appeal_type", "catalogue", "condition", "urgency")
    values = [case.get(name, "") for name in key]
    found = INDEX.find(("grid", "disposal", *values), day)
    assert found is not None
    assert found.amount == amount


def test_nothing_fits():
    assert INDEX.find(("grid", "disposal", "", "", "", ""), date(2025, 12, 31)) is None
    assert INDEX.find(("hotline", "disposal", "", "", "", ""), JANUARY) is None
