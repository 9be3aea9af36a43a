"""The clerk prepares 2025 from 2024 in a browser; the pages shut nobody out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from chengyun.budget.kinds import Stage
from chengyun.budget.ledger import actions
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, Project
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db(transaction=True)


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


def typed(desk, label: str, text: str) -> None:
    with desk.expect_response("**/amounts/**"):
        desk.get_by_label(label, exact=True).fill(text)
        desk.keyboard.press("Enter")


def test_next_year_is_prepared_from_this_one(desk):
    desk.at("budgets")
    desk.get_by_role("link", name="从 2024 年编制下年").click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("h1")).to_have_text("2025 年部门预算")

    typed(desk, "30205 水费", "12,00")
    expect(desk.get_by_role("alert").first).to_contain_text("不是金额")
    typed(desk, "30205 水费", "12000")
    expect(desk.locator('[data-cell="2120199-total"]')).to_have_text("6,685,719.92")
    expect(desk.get_by_text("不平衡，不能上报")).to_be_visible()
    typed(desk, "30201 办公费", "80,874")
    desk.get_by_role("button", name="撤销").click()
    expect(desk.get_by_label("30201 办公费", exact=True)).to_have_value("77,874.00")
    typed(desk, "一般公共预算 本年收入", "8,761,561.13")
    expect(desk.get_by_text("收支平衡")).to_be_visible()

    desk.get_by_role("link", name="比较与原因").click()
    desk.get_by_label("原因：财政拨款收入").fill("水费按上年用量增加")
    desk.get_by_role("button", name="保存原因").click()
    expect(desk.get_by_label("原因：财政拨款收入")).to_have_value("水费按上年用量增加")

    desk.get_by_role("link", name="审签与历史").click()
    desk.get_by_role("button", name="签核", exact=True).click()
    desk.get_by_role("link", name="阶段变更").click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.get_by_text("已锁定", exact=True)).to_be_visible()
    made = Budget.objects.get(fiscal_year=2025)
    assert made.stage == Stage.FIRST_UP
    assert BudgetLine.objects.get(budget=made, eco_code="30205").amount == Decimal("12000.00")


@pytest.mark.parametrize("width", [1440, 360])
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
        assert axe_violations(desk) == [], name
        wider = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, name
