"""Measures: a share, a count, and nothing to measure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from chengyun.kernel import measures
from chengyun.kernel.measures import Measure, Measured, MeasureUnit


def test_a_share_a_count_and_nothing_to_measure():
    some = Decimal(1)
    assert Measured(Decimal(3), Decimal(4), some, "9").value == 75
    assert Measured(Decimal(3), None, some, "9").value == 3
    assert Measured(Decimal(0), Decimal(0), None, "").value is None
    assert Measured(Decimal(0), None, None, "").value is None


def test_a_measure_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(measures, "_measures", {})

    def compute(begin: datetime, end: datetime) -> Measured:
        return Measured(Decimal(1), None, Decimal(1), f"{begin} {end}")

    offered = Measure("one", "一", "One", "1", MeasureUnit.COUNT, compute)
    measures.offer(offered)
    assert measures.measure("one") is offered
    assert measures.measure("two") is None
    assert measures.measures() == (offered,)
