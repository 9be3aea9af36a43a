"""Pages: who sees what, nothing typed is lost, files come out."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chengyun.budget.models import Declaration, Measurement
from chengyun.budget.performance import actions
from chengyun.budget.performance.loading import load_reference
from chengyun.budget.performance.tests.scene import NOW, YEAR, Dial, a_form, fill, offered, place, seen
from chengyun.kernel.measures import MeasureUnit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A declared form with measurements, a snapshot and a self-evaluation."""
    clerk = person("clerk", Post.BUDGET)
    dials = {"count": (Dial(600, None), MeasureUnit.MESSAGE), "rate": (Dial(81, 90), MeasureUnit.PERCENT)}
    with offered(**dials):
        form = a_form(clerk.actor)
        fill(form, clerk.actor)
        actions.declare(form.pk, seen=seen(form), actor=clerk.actor, now=NOW)
        actions.measure_declaration(form.pk, YEAR, actor=clerk.actor, now=NOW)
        actions.take_snapshot(form.pk, YEAR, actor=clerk.actor, now=NOW)
        actions.begin_evaluation(form.pk, actor=clerk.actor, now=NOW)
        yield clerk, form


def addresses(form: Declaration) -> list[str]:
    row = form.targets.first()
    evaluation = form.evaluations.get()
    return [
        reverse("budget:performance"),
        reverse("budget:performance-bought"),
        reverse("budget:performance-rows") + "?kind=grade",
        reverse("budget:performance-form", args=[form.pk]),
        reverse("budget:performance-monitor", args=[form.pk]),
        reverse("budget:performance-target", args=[row.pk]),
        reverse("budget:evaluation", args=[evaluation.pk]),
        *(reverse("budget:performance-file", args=[form.pk, ending]) for ending in ("docx", "xlsx")),
        *(reverse("budget:evaluation-file", args=[evaluation.pk, ending]) for ending in ("docx", "xlsx")),
    ]


def test_leaders_read_and_others_do_not(client, scene):
    _clerk, form = scene
    enter(client, person("leader", Post.LEADER))
    for address in addresses(form):
        assert client.get(address).status_code == 200, address
    page = client.get(reverse("budget:performance-form", args=[form.pk])).content.decode()
    assert "无数据" in page
    assert "未评分" in page
    assert reverse("budget:performance-measure", args=[form.pk]) not in page
    assert client.post(reverse("budget:performance-measure", args=[form.pk])).status_code == 403
    enter(client, person("intake", Post.INTAKE))
    for address in addresses(form):
        assert client.get(address).status_code == 403, address


def test_the_clerk_measures_and_computes_again(client, scene):
    clerk, form = scene
    enter(client, clerk)
    before = Measurement.objects.count()
    answer = client.post(reverse("budget:performance-measure", args=[form.pk]), {"year": "2025"}, follow=True)
    assert "用 2025 年的数据试填" in answer.content.decode()
    assert Measurement.objects.count() == before + 2
    row = Measurement.objects.filter(target__name="市民满意率").first()
    answer = client.post(reverse("budget:measurement-again", args=[row.pk]), follow=True)
    assert "复算一致" in answer.content.decode()


def test_a_wrong_target_keeps_what_was_typed(client, scene):
    clerk, _form = scene
    enter(client, clerk)
    fresh = a_form(clerk.actor, fiscal_year=YEAR + 1)
    address = reverse("budget:target-new", args=[fresh.pk])
    said = {
        "seen": "0", "scheme_class_id": str(place(fresh, "质量指标")), "name": "链路可用率", "kind": "rate",
        "value": "99.5", "weight": "10",
    }  # fmt: skip
    answer = client.post(address, said)
    assert answer.status_code == 422
    assert "链路可用率" in answer.content.decode()
    assert "请填统计周期" in answer.content.decode()
    good = said | {"comparator": "at_least", "unit": "%", "every": "month", "gathering": "ratio"}
    assert client.post(address, good).status_code == 302
    late = client.post(address, good | {"name": "另一项"})  # the version that was seen is gone
    assert late.status_code == 422
    assert fresh.targets.count() == 1
    page = client.get(reverse("budget:performance-form", args=[fresh.pk])).content.decode()
    assert "权重合计 20，应为 100" in page


def test_the_shipped_forms_open(client):
    load_reference(now=NOW)
    enter(client, person("auditor", Post.AUDITOR))
    for form in Declaration.objects.all():
        page = client.get(reverse("budget:performance-form", args=[form.pk])).content.decode()
        assert form.goal in page
        assert client.get(reverse("budget:performance-monitor", args=[form.pk])).status_code == 200
    page = client.get(reverse("budget:performance-bought")).content.decode()
    assert "城管通服务费" in page
    assert "还没有测算" in page
