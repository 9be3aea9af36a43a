"""The clerk fills in a form, declares it, measures and computes again; every page is clean, wide and narrow."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.budget.models import Declaration
from chengyun.budget.performance import actions
from chengyun.budget.performance.tests.scene import YEAR, Dial, a_form, fill, offered, seen
from chengyun.kernel.clock import now
from chengyun.kernel.measures import MeasureUnit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
DIALS = {"count": (Dial(600, None), MeasureUnit.MESSAGE), "rate": (Dial(81, 90), MeasureUnit.PERCENT)}


@pytest.fixture
def desk(page, live_server):
    who = person("clerk", Post.BUDGET)
    client = enter(Client(), who)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.at = lambda name, *args: page.goto(live_server.url + reverse(f"budget:{name}", args=args))
    page.who = who.actor
    return page


def sure(desk, name: str) -> None:
    """Press a button that asks, and say yes."""
    desk.wait_for_load_state()
    desk.get_by_role("button", name=name, exact=True).first.click()
    desk.locator("[data-confirm-yes]").click()


def test_from_the_first_target_to_a_figure(desk, axe_violations):
    with offered(**DIALS):
        form = a_form(desk.who)
        fill(form, desk.who)
        actions.drop_target(form.targets.get(name="平稳运行").pk, seen=seen(form), actor=desk.who, now=now())
        desk.at("performance-form", form.pk)
        desk.get_by_text("权重合计 80，应为 100").wait_for()
        desk.get_by_role("link", name="增加指标").click()
        desk.get_by_label("指标类别").select_option(label="效益指标 · 社会效益指标")
        desk.get_by_label("指标名称").fill("重大活动保障")
        desk.get_by_label("性质").select_option(label="定性")
        desk.get_by_label("权重").fill("20")
        desk.get_by_role("button", name="确定").click()
        desk.get_by_text("如文件、记录、检查结果").wait_for()
        desk.get_by_label("凭什么判断").fill("保障方案和值守记录")
        desk.get_by_role("button", name="确定").click()
        sure(desk, "申报")
        desk.get_by_text("已申报，指标不再修改。").wait_for()
        desk.get_by_label("用哪一年的数据").fill(str(YEAR))
        desk.get_by_role("button", name="测算").click()
        desk.get_by_text("已测算 2 项指标").wait_for()
        desk.get_by_role("link", name="市民满意率").click()
        desk.get_by_role("button", name="复算").first.click()
        desk.get_by_text("复算一致").first.wait_for()
        assert Declaration.objects.get(pk=form.pk).state == "declared"
        evaluation = actions.begin_evaluation(form.pk, actor=desk.who, now=now())
        row = form.targets.get(name="市民满意率")
        places = [
            ("performance-rows",), ("performance-form", form.pk), ("performance-monitor", form.pk),
            ("performance-target", row.pk), ("evaluation", evaluation.pk), ("performance-bought",),
        ]  # fmt: skip
        for place in places:
            desk.set_viewport_size({"width": 360, "height": 800})
            desk.at(*place)
            wide = desk.evaluate("document.documentElement.scrollWidth")
            assert wide <= 360, f"{place} is {wide} px wide"
            if place[0] in ("performance-form", "evaluation", "performance-bought"):
                assert axe_violations(desk) == [], place
