"""The pages of the ledger shut nobody out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from chengyun.budget.ledger import actions
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, Project
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

DESK = 1440

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def desk(page, live_server):
    people.centre()
    load_reference(now=now())
    page.clerk = people.person("clerk", Post.BUDGET)
    client = people.enter(Client(), page.clerk)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.at = lambda name, *args: page.goto(live_server.url + reverse(f"budget:{name}", args=args))
    return page


@pytest.mark.parametrize("width", [DESK, 360])
def test_nobody_is_shut_out(desk, axe_violations, width: int):
    clerk, moment = desk.clerk.actor, now()
    budget = actions.begin_from(Budget.objects.get().pk, fiscal_year=2025, actor=clerk, now=moment)
    line = BudgetLine.objects.get(budget=budget, project__code="CGT")
    project = Project.objects.get(code="CGT")
    for month in (1, 2, 3):
        spent = {"": Decimal(650_000 + 40_000 * month), "CGT": Decimal(12_000)}
        actions.enter_execution(budget.pk, month, spent, actor=clerk, now=moment)
    food = BudgetLine.objects.get(budget=budget, eco_code="30108")
    BudgetLine.objects.filter(pk=food.pk).update(amount=Decimal("850000.00"))
    desk.set_viewport_size({"width": width, "height": 900})
    for name, *args in (
        ("budgets",),
        ("ledger", budget.pk),
        ("line", budget.pk, line.pk),
        ("changes", budget.pk),
        ("projects", budget.pk),
        ("project", budget.pk, project.pk),
        ("profile", budget.pk),
        ("charts", budget.pk),
        ("execution", budget.pk),
        ("history", budget.pk),
        ("import-lines", budget.pk),
        ("codes",),
    ):
        desk.at(name, *args)
        if name == "charts":
            expect(desk.locator("[data-plot] canvas")).to_have_count(3)
        if width == DESK:  # on a telephone they have the same parts
            assert axe_violations(desk) == [], name
        wider = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, name
