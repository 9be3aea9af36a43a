"""The screens: who may see them, what they take in, what they hand back."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from chengyun.budget.ledger import actions
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, Code, Execution, PriorFigure, Project
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre, enter, person

PAGES = ["ledger", "changes", "projects", "profile", "charts", "execution", "history"]


@pytest.fixture
def clerk(db):
    centre()
    load_reference(now=now())
    return person("clerk", Post.BUDGET)


@pytest.fixture
def budget(clerk):
    return actions.begin_from(Budget.objects.get().pk, fiscal_year=2025, actor=clerk.actor, now=now())


@pytest.fixture
def desk(clerk):
    return enter(Client(), clerk)


def at(name: str, *args: object) -> str:
    return reverse(f"budget:{name}", args=args)


def test_clerk_leader_and_auditor_read_others_do_not(budget, desk):
    line, project = BudgetLine.objects.filter(budget=budget).first(), Project.objects.first()
    addresses = [
        at("budgets"),
        at("codes"),
        at("line", budget.pk, line.pk),
        at("project", budget.pk, project.pk),
    ]
    addresses += [at(name, budget.pk) for name in PAGES]
    leader, other = (
        enter(Client(), person("leader", Post.LEADER)),
        enter(Client(), person("intake", Post.INTAKE)),
    )
    for address in addresses:
        assert desk.get(address).status_code == 200, address
        read = leader.get(address)
        assert read.status_code == 200, address
        assert 'class="amount"' not in read.content.decode()
        assert other.get(address).status_code == 403, address
    assert leader.post(at("save-amounts", budget.pk)).status_code == 403
    assert leader.post(at("changes", budget.pk), {"reason-general": "x"}).status_code == 403


def test_a_typed_amount_moves_its_sums_and_the_balance(budget, desk):
    line = BudgetLine.objects.get(budget=budget, eco_code="30205")
    name = f"line-{line.pk}"
    said = {name: "12,000", f"seen-{name}": "10000.00"}
    told = desk.post(at("save-amounts", budget.pk), said, headers={"X-Live": "1"}).json()
    assert told["fields"][name] == {"value": "12,000.00", "seen": "12000.00"}
    assert told["cells"]["2120199-first"] == "6,348,395.92"
    assert told["cells"]["all-difference"] == "+2,000.00"
    assert told["cells"]["sum-difference"] == "-2,000.00"
    assert told["balanced"] is False
    wrong = desk.post(
        at("save-amounts", budget.pk), {name: "12,00", f"seen-{name}": "12000.00"}, headers={"X-Live": "1"}
    )
    assert wrong.status_code == 422
    assert "不是金额" in wrong.json()["faults"][name]
    stale = desk.post(at("save-amounts", budget.pk), said | {name: "1"}, headers={"X-Live": "1"}).json()
    assert "已被他人改为 12,000.00" in stale["faults"][name]
    # Without a script: the whole form, what was not touched stays.
    plain = {name: "10000", f"seen-{name}": "12000.00", "income-grant-general-current": "8759561.13",
             "seen-income-grant-general-current": "8759561.13"}  # fmt: skip
    answer = desk.post(at("save-amounts", budget.pk), plain, follow=True)
    assert "收支平衡" in answer.content.decode()


def test_what_is_exported_comes_in_again_and_bad_rows_are_handed_back(budget, desk):
    book = load_workbook(io.BytesIO(desk.get(at("lines-file", budget.pk)).content))
    sheet = book.active
    assert sheet.max_row == 32
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, places["经济科目编码"]).value == "30205":
            sheet.cell(row, places["金额"]).value = 0.1 + 0.2 + 11000
    head = [cell.value for cell in sheet[1]]
    for wrong in (
        {"支出性质": "基本支出", "功能科目编码": "2120199", "经济科目编码": "30210", "金额": 1},
        {"支出性质": "别的", "功能科目编码": "2120199", "经济科目编码": "30201", "金额": "1,2"},
        {"支出性质": "基本支出", "功能科目编码": 2120199, "经济科目编码": 30211, "金额": "5"},
    ):
        sheet.append([wrong.get(name) for name in head])
    file = io.BytesIO()
    book.save(file)
    upload = SimpleUploadedFile("lines.xlsx", file.getvalue())
    page = desk.post(at("import-lines", budget.pk), {"file": upload}).content.decode()
    assert "读了 34 行：写入 1 行，未变 30 行，退回 3 行。" in page
    assert BudgetLine.objects.get(budget=budget, eco_code="30205").amount == Decimal("11000.30")
    # The calculation of a line that did not change stays behind it.
    assert BudgetLine.objects.get(budget=budget, eco_code="30108").calculation is not None
    link = page.split('href="' + at("import-lines", budget.pk))[1].split('"')[0]
    rejects = b"".join(desk.get(at("import-lines", budget.pk) + link).streaming_content).decode("utf-8-sig")
    assert "33,经济科目编码,不是 2025 年的款级经济科目（5 位）：30210" in rejects
    assert "与前面一行相同" in rejects
    desk.post(at("undo", budget.pk))
    assert BudgetLine.objects.get(budget=budget, eco_code="30205").amount == Decimal("10000.00")


def test_months_come_in_from_a_table(budget, desk):
    book = Workbook()
    for row in (
        ["月份", "项目编码", "金额"],
        [1, None, 700000],
        ["2月", "CGT", 12000.5],
        [13, "", 1],
        [3, "NONE", 1],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    upload = SimpleUploadedFile("months.xlsx", file.getvalue())
    page = desk.post(at("import-execution", budget.pk), {"file": upload}).content.decode()
    assert "读了 4 行：写入 2 行，未变 0 行，退回 2 行。" in page
    assert Execution.objects.get(month=2).amount == Decimal("12000.50")
    desk.post(at("execution", budget.pk), {"month": "3", "spent-": "1,000", "spent-CGT": ""})
    assert Execution.objects.get(month=3).amount == Decimal("1000.00")
    assert "到 3 月执行" in desk.get(at("charts", budget.pk)).content.decode()


def test_forms_of_the_other_parts(budget, desk):
    facts = {"duties": "甲\n\n乙", "divisions": "", "units": "", "goods": "100", "works": "", "services": "50",
             "small": "200", "as_of": "2024-08-31", "purpose-208": "养老"}  # fmt: skip
    assert desk.post(at("profile", budget.pk), facts).status_code == 422
    assert desk.post(at("profile", budget.pk), facts | {"small": "150"}).status_code == 302
    kept = Budget.objects.get(pk=budget.pk).profile
    assert (kept["duties"], kept["purposes"], kept["procurement"]["small"]) == (
        ["甲", "乙"],
        {"208": "养老"},
        "150.00",
    )
    desk.post(at("new-code"), {"kind": "function", "code": "2120198", "name": "新增项", "source": "通知"})
    assert Code.objects.get(code="2120198").mark == "added"
    desk.post(at("prior-figure", budget.pk, "income"), {"amount": "1", "source": "说明"})
    assert PriorFigure.objects.get(budget=budget).amount == 1
    project = Project.objects.get(code="CGT")
    basis = {"number": "沪府办〔2024〕1号", "title": "通知", "from_year": "2024"}
    assert desk.post(at("new-basis", budget.pk, project.pk), basis).status_code == 302
    assert project.bases.count() == 3
    line = BudgetLine.objects.get(budget=budget, project=project)
    how = {"fee": "3250", "months": "12", "over": "474520", "price": "0.1"}
    desk.post(at("calculate-line", budget.pk, line.pk, "package"), how)
    assert BudgetLine.objects.get(pk=line.pk).amount == Decimal("86452.00")
    desk.post(at("comment", budget.pk), {"text": "请核对", "key": ""})
    assert "请核对" in desk.get(at("history", budget.pk)).content.decode()


def test_the_stages_by_their_page(budget, desk):
    stage = at("stage", budget.pk)
    assert "批复日期" not in desk.get(stage).content.decode()
    for to in ("first_up", "first_down", "second_up"):
        assert desk.post(stage, {"to": to}).status_code == 302
    assert desk.post(stage, {"to": "approved"}).status_code == 422
    assert desk.post(stage, {"to": "approved", "approved_on": "2025-01-24"}).status_code == 302
    made = Budget.objects.get(pk=budget.pk)
    assert (made.stage, made.version, str(made.approved_on)) == ("approved", 5, "2025-01-24")
    assert "第 4 版锁定" in desk.get(at("history", budget.pk)).content.decode()
    assert desk.get(at("ledger", budget.pk)).status_code == 200
