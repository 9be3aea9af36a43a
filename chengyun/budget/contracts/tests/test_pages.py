"""The pages: who may open them, what they show, what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.budget.contracts import actions, jobs
from chengyun.budget.contracts.loading import load_reference
from chengyun.budget.contracts.months import first_of, later, written
from chengyun.budget.contracts.tests.scene import CLERK, FACTS, contract, item_of
from chengyun.budget.models.contracts import Bill, Contract, Reconciliation
from chengyun.kernel.clock import local
from chengyun.kernel.clock import now as clock_now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

pytestmark = pytest.mark.django_db
PAGES = ["contracts", "bills", "reconciliation", "usage", "contracts-year"]


@pytest.fixture
def browser():
    """Logs a holder of a post in."""

    def log_in(post: Post) -> Client:
        client = Client()
        enter(client, person(f"{post}-1", post))
        return client

    return log_in


@pytest.fixture
def row(db):
    """A contract of this year that ends within a month, and the examples beside it."""
    now = clock_now()
    load_reference(now=now)
    today = local(now).date()
    begin, end = today - timedelta(days=200), today + timedelta(days=25)
    found = contract(now=now, begins_on=begin, ends_on=end)
    jobs.watch_ends(now=now)
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("post", [Post.BUDGET, Post.LEADER, Post.AUDITOR])
def test_those_who_may_read_can_open_every_page(browser, row, page: str, post: Post):
    answer = browser(post).get(reverse(f"budget:{page}"))
    assert answer.status_code == 200
    assert (reverse("budget:new-contract") in answer.content.decode()) is (
        post is Post.BUDGET and page == "contracts"
    )


@pytest.mark.parametrize("page", PAGES)
def test_others_are_turned_away(browser, page: str):
    assert browser(Post.DISPATCHER).get(reverse(f"budget:{page}")).status_code == 403


def test_a_reader_may_not_write(browser, row):
    leader = browser(Post.LEADER)
    assert leader.get(reverse("budget:new-bill", args=[row.pk])).status_code == 403
    here = reverse("budget:month", args=[row.pk, "2026-01"])
    assert leader.post(here, {"computed": "0", "billed": "0", "verdict": "agreed"}).status_code == 403


def test_the_year_2024_shows_the_rest_as_what_it_is(browser, row):
    page = browser(Post.LEADER).get(reverse("budget:contracts-year"), {"year": "2024"}).content.decode()
    for text in (
        "47,452.00",
        "474,520",
        "105,048.00",
        "152,500.00",
        "8,452.00",
        "43 张 × 128 元 × 12 = 66,048.00",
    ):
        assert text in page, text
    assert "2024-01-01 至 2024-12-31 没有有效合同" in page


def test_a_clerk_s_month_from_the_bill_to_the_decision(browser, row):
    clerk = browser(Post.BUDGET)
    today = local(clock_now()).date()
    month = later(first_of(today), -1)
    use = {"month": written(month), "quantity": "43", "reference": "设备清单"}
    assert clerk.post(reverse("budget:new-usage", args=[item_of(row).pk]), use).status_code == 302
    said = {"month": written(month), "number": "F-1", "amount": "5504", "received_on": f"{today:%Y-%m-%d}"}
    assert clerk.post(reverse("budget:new-bill", args=[row.pk]), said).status_code == 302
    again = clerk.post(reverse("budget:new-bill", args=[row.pk]), said)
    assert again.status_code == 422
    assert "已有 F-1 号账单" in again.content.decode()
    here = reverse("budget:month", args=[row.pk, written(month)])
    page = clerk.get(here).content.decode()
    assert "43 张 × 128 元" in page
    assert "设备清单" in page
    decision = {"computed": "5504.00", "billed": "5504.00", "verdict": "agreed", "reason": ""}
    assert clerk.post(here, decision).status_code == 302
    assert Reconciliation.objects.get().verdict == "agreed"
    bill = Bill.objects.get()
    paid = {"seen": bill.version, "paid_on": f"{today:%Y-%m-%d}", "voucher": "记-12"}
    assert clerk.post(reverse("budget:pay-bill", args=[bill.pk]), paid).status_code == 302
    assert "按期付款" in clerk.get(reverse("budget:contract", args=[row.pk])).content.decode()


def test_the_end_of_a_contract_stands_on_the_start_page_until_it_is_taken_in(browser, row):
    clerk = browser(Post.BUDGET)
    assert "HT-2026-01" in clerk.get("/").content.decode()
    assert clerk.post(reverse("budget:see-notice", args=[row.pk])).status_code == 302
    assert "HT-2026-01" not in clerk.get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("contract", [999], ""),
        ("document", [999], ""),
        ("usage-rejects", [999], ""),
        ("contracts-year", [], "?year=20x6"),
        ("reconciliation", [], "?year=99999"),
    ],
)
def test_what_is_not_there_says_so(browser, name: str, args: list[int], query: str):
    assert browser(Post.BUDGET).get(reverse(f"budget:{name}", args=args) + query).status_code == 404


def test_bad_input_of_a_contract_is_told_beside_its_fields(browser):
    said = {"number": "A", "begins_on": "2026-13-01", "pay_within_days": "-1"}
    answer = browser(Post.BUDGET).post(reverse("budget:new-contract"), said)
    assert answer.status_code == 422
    text = answer.content.decode()
    for word in ("请写成 2026-09-30 的样子", "不能是负数", "请填写此项"):
        assert word in text
    assert not Contract.objects.exists()


def test_a_form_that_is_not_the_newest_any_more_loses_nothing(browser, row):
    clerk = browser(Post.BUDGET)
    here = reverse("budget:edit-contract", args=[row.pk])
    actions.correct_contract(
        row.pk, replace(FACTS, title="先改的"), seen=row.version, actor=CLERK, now=clock_now()
    )
    said = {**{name: str(getattr(FACTS, name) or "") for name in FACTS.__slots__}, "seen": row.version}
    answer = clerk.post(here, {**said, "title": "后改的"})
    assert answer.status_code == 422
    assert "已有人改过" in answer.content.decode()
    assert "后改的" in answer.content.decode()
