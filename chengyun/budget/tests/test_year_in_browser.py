"""The clerk prepares 2025 from 2024 in a browser and publishes it; what anybody downloads passes the checker."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from chengyun.budget.check.run import check_file
from chengyun.budget.compiling.narrative import compile_document
from chengyun.budget.kinds import Stage
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, Publication
from chengyun.budget.publishing.term import load_term
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.queries import facts_from
from chengyun.budget.tests.asking import blocking, failed
from chengyun.kernel.clock import local, now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people.centre()
    load_reference(now=now())
    load_term(now=now())
    client = people.enter(Client(), people.person("clerk", Post.BUDGET))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(live_server.url + reverse("budget:budgets"))
    return page


def test_from_last_year_to_published_files_that_pass_the_checker(desk, tmp_path: Path):
    desk.get_by_role("link", name="从 2024 年编制下年").click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.locator("h1")).to_have_text("2025 年部门预算")
    type_amounts(desk)
    give_reasons(desk)
    for stage in ("一上", "一下", "二上", "批复"):
        move_to(desk, stage)
    made = Budget.objects.get(fiscal_year=2025)
    assert made.stage == Stage.APPROVED
    assert BudgetLine.objects.get(budget=made, eco_code="30205").amount == Decimal("12000.00")

    desk.get_by_role("link", name="公开", exact=True).click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.get_by_text("全部文件核对通过，可以公开。")).to_be_visible()
    desk.get_by_role("link", name="公开", exact=True).click()
    desk.get_by_role("button", name="确定").click()
    expect(desk.get_by_text("已公开。")).to_be_visible()
    passes_the_checker(Publication.objects.get(budget=made), tmp_path)


def typed(desk, label: str, text: str) -> None:
    with desk.expect_response("**/amounts/**"):
        desk.get_by_label(label, exact=True).fill(text)
        desk.keyboard.press("Enter")


def type_amounts(desk) -> None:
    """More for water and the income for it; a slip on the way is asked back, another one undone."""
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


def give_reasons(desk) -> None:
    """Why each figure that is told differs from last year's."""
    desk.get_by_role("link", name="比较与原因").click()
    boxes = desk.get_by_role("textbox", name="原因：")
    for number in range(boxes.count()):
        boxes.nth(number).fill("水费按上年用量增加")
    desk.get_by_role("button", name="保存原因").click()
    expect(boxes.first).to_have_value("水费按上年用量增加")
    desk.get_by_role("link", name="审签与历史").click()
    desk.get_by_role("button", name="签核", exact=True).click()


def move_to(desk, stage: str) -> None:
    desk.get_by_role("link", name="阶段变更").click()
    desk.get_by_label("下一阶段").select_option(label=stage)
    if stage == "批复":
        yesterday = local(now()).date() - timedelta(days=1)
        desk.get_by_label("批复日期").fill(yesterday.isoformat())
    desk.get_by_role("button", name="确定").click()
    expect(desk.get_by_text(stage, exact=True).first).to_be_visible()


def passes_the_checker(published: Publication, folder: Path) -> None:
    """Every file, as a passer-by downloads it, alone and against last year's."""
    before = folder / "2024.txt"
    before.write_bytes(as_txt(compile_document(facts_from(Budget.objects.get(fiscal_year=2024)))))
    kinds = {"txt": ".txt", "docx": ".docx", "xlsx": ".xlsx", "pdf": ".pdf"}
    for kind, ending in kinds.items():
        path = folder / f"2025{ending}"
        path.write_bytes(downloaded(published, kind))
        assert any(one.status == "pass" for one in check_file(path)), kind
        assert blocking(failed(path)) == [], kind
        assert blocking(failed(path, before)) == [], kind
    package = folder / "package.zip"
    package.write_bytes(downloaded(published, "package"))
    assert "datapackage.json" in zipfile.ZipFile(package).namelist()


def downloaded(published: Publication, kind: str) -> bytes:
    answer = Client().get(reverse("budget:open-file", args=[published.pk, kind]))
    assert answer.status_code == 200, kind
    return b"".join(answer)
