"""The shipped form of 2024 fills itself with what a rehearsal year measures; the rest are gaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chengyun.budget.models import Declaration, Measurement
from chengyun.budget.performance.loading import load_reference
from chengyun.budget.performance.rehearsal import measure_rehearsal
from chengyun.budget.performance.rows import thresholds_on
from chengyun.budget.performance.standing import standings, years_measured
from chengyun.hotline.handling.tests.test_measures import clock, message, order
from chengyun.messaging.states import MessageState

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)


def test_the_form_of_2024_fills_itself():
    for number, state, result in (
        ("R1", MessageState.DELIVERED, "met"),
        ("R2", MessageState.FAILED, "missed"),
    ):
        clock(order(number, rehearsal=True), "contact", result)
        message(number, state, rehearsal=True)
    load_reference(now=NOW)
    assert measure_rehearsal(now=NOW) > 0
    form = Declaration.objects.get(code="CGT", variant="working")
    assert years_measured(form) == [2026]
    found = {one.target.name: one for one in standings(form, 2026, thresholds_on(NOW.date()))}
    assert found["短信送达率"].measurement.value == 50
    assert found["工单短信告知覆盖率"].measurement.value == 50
    assert found["先行联系及时率"].measurement.value == 50
    assert found["热线告知短信送达量"].measurement.value == 1
    assert all(row.rehearsal for row in Measurement.objects.exclude(value=None))
    for name in ("网络链路可用率", "监督员满意度", "账单按期支付率", "市民满意率", "在用手机卡数"):
        assert found[name].degree is None, name
        assert found[name].score is None, name
    assert form.snapshots.count() == 1
