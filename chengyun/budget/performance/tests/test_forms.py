"""Forms and targets: what may be promised, who may, the forms of 2024."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chengyun.budget.models import Declaration, Target
from chengyun.budget.performance import actions
from chengyun.budget.performance.actions.targets import COLUMNS
from chengyun.budget.performance.loading import load_reference
from chengyun.budget.performance.tests.scene import NOW, Dial, a_form, fill, offered, place, seen
from chengyun.budget.performance.validation import blocking, problems_of
from chengyun.kernel.errors import Invalid, NotAllowed, Refused, Stale
from chengyun.kernel.measures import MeasureUnit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import person

pytestmark = pytest.mark.django_db
DIALS = {"count": (Dial(600, None), MeasureUnit.MESSAGE), "rate": (Dial(95, 100), MeasureUnit.PERCENT)}


@pytest.fixture
def clerk():
    return person("clerk", Post.BUDGET).actor


def test_the_forms_of_2024_are_there_once():
    load_reference(now=NOW)
    load_reference(now=NOW)
    published = Declaration.objects.get(variant="published")
    assert [row.published for row in published.targets.all()] == [
        "30G", "100%", "及时缴清", "系统平稳运行", "正常运行", "≥85%",
    ]  # fmt: skip
    said = " ".join(one.words for one in blocking(problems_of(published)))
    assert "没有权重" in said
    assert "方向" in said
    for form in Declaration.objects.filter(variant="working"):
        assert not blocking(problems_of(form)), form
        assert sum(row.weight for row in form.targets.all()) + form.execution_weight == 100
    assert Declaration.objects.filter(level="department", scheme__key="2021").exists()


def test_a_target_must_be_measurable(clerk):
    form = a_form(clerk)
    said = {
        "name": "送达率",
        "kind": "rate",
        "weight": Decimal(10),
        "scheme_class_id": place(form, "质量指标"),
    }
    with pytest.raises(Invalid) as wrong:
        actions.add_target(form.pk, seen=0, actor=clerk, now=NOW, **said)
    assert set(wrong.value.fields) == {"value", "comparator", "unit", "every", "gathering"}
    good = said | {"comparator": "at_least", "unit": "%", "every": "month", "gathering": "ratio"}
    with pytest.raises(Invalid) as wrong:
        actions.add_target(form.pk, seen=0, actor=clerk, now=NOW, **good, value=Decimal(120))
    assert set(wrong.value.fields) == {"value"}
    with pytest.raises(Invalid) as wrong:
        actions.add_target(
            form.pk,
            seen=0,
            actor=clerk,
            now=NOW,
            **{**good, "scheme_class_id": place(form, "经济成本指标")},
            value=Decimal(9),
        )
    assert set(wrong.value.fields) == {"comparator"}  # a cost that should be as high as it can
    with pytest.raises(Invalid) as wrong:
        actions.add_target(form.pk, seen=0, actor=clerk, now=NOW, **{**said, "kind": "qualitative"})
    assert set(wrong.value.fields) == {"evidence_rule"}
    assert not Target.objects.filter(declaration=form).exists()
    assert seen(form) == 0


def test_weights_make_a_hundred_before_it_is_declared(clerk):
    form = a_form(clerk)
    with offered(**DIALS):
        fill(form, clerk)
        actions.change_target(
            form.targets.first().pk, seen=seen(form), actor=clerk, now=NOW,
            **{name: getattr(form.targets.first(), name) for name in COLUMNS} | {"weight": Decimal(19)},
            scheme_class_id=form.targets.first().scheme_class_id,
        )  # fmt: skip
        with pytest.raises(Refused, match="99"):
            actions.declare(form.pk, seen=seen(form), actor=clerk, now=NOW)
        first = form.targets.first()
        actions.change_target(
            first.pk, seen=seen(form), actor=clerk, now=NOW, scheme_class_id=first.scheme_class_id,
            **{name: getattr(first, name) for name in COLUMNS} | {"weight": Decimal(20)},
        )  # fmt: skip
        declared = actions.declare(form.pk, seen=seen(form), actor=clerk, now=NOW)
    assert declared.state == "declared"
    with pytest.raises(Refused):
        actions.drop_target(form.targets.first().pk, seen=seen(form), actor=clerk, now=NOW)
    actions.reopen(form.pk, seen=seen(form), why="补充指标", actor=clerk, now=NOW)
    assert [one.deed for one in form.events.all()][:2] == ["reopen", "declare"]


def test_only_the_clerk_writes_and_only_what_was_seen(clerk):
    form = a_form(clerk)
    with offered(**DIALS):
        fill(form, clerk)
    before = form.targets.count()
    for post in (Post.LEADER, Post.AUDITOR, Post.ADMIN):
        other = person(post.value, post).actor
        with pytest.raises(NotAllowed):
            actions.drop_target(form.targets.first().pk, seen=seen(form), actor=other, now=NOW)
    with pytest.raises(Stale):
        actions.drop_target(form.targets.first().pk, seen=0, actor=clerk, now=NOW)
    assert form.targets.filter(dropped_at=None).count() == before
    assert Declaration.objects.seen_by(person("leader2", Post.LEADER).actor).filter(pk=form.pk).exists()
    assert not Declaration.objects.seen_by(person("intake", Post.INTAKE).actor).exists()


def test_the_published_form_is_not_touched(clerk):
    load_reference(now=NOW)
    form = Declaration.objects.get(variant="published")
    with pytest.raises(Refused, match="公开稿"):
        actions.drop_target(form.targets.first().pk, seen=form.version, actor=clerk, now=NOW)


def test_next_year_begins_with_this_years_targets(clerk):
    form = a_form(clerk)
    with offered(**DIALS):
        fill(form, clerk)
    after = a_form(clerk, fiscal_year=2027, like_id=form.pk)
    assert [row.name for row in after.targets.all()] == [row.name for row in form.targets.all()]
    assert form.targets.count() == 4
    with pytest.raises(Invalid):
        a_form(clerk, fiscal_year=2027)
