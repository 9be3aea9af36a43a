"""The report in a browser: from a finding to its place and back by keyboard, settled without leaving the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import expect

from chengyun.budget.models import Disposition, ReviewedDocument
from chengyun.budget.review import actions
from chengyun.budget.review.carrying import carry_out
from chengyun.budget.tests.printing import as_txt
from chengyun.budget.tests.test_formats import spoilt_sheets
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


def test_a_report_is_read_and_settled_by_keyboard(page, live_server, axe_violations, tmp_path: Path):
    clerk = people.person("bella", Post.BUDGET)
    path = as_txt(tmp_path / "预算.txt", spoilt_sheets())
    review = actions.ask_review(
        [SimpleUploadedFile(path.name, path.read_bytes())], actor=clerk.actor, now=now()
    )
    carry_out(review.pk, now=now())
    document = ReviewedDocument.objects.get()
    session = people.enter(Client(), clerk).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/budget/check/documents/{document.pk}/")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("j")
    expect(page.locator("#f1")).to_have_class("finding current")
    page.keyboard.press("Enter")
    place = page.locator(".current-place")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text("6,34695.92")
    expect(place.locator(".mark-key").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#f1 [data-go]")).to_be_focused()

    page.locator("#f1 .settle summary").click()
    page.locator("#f1 [name=note]").fill("印刷错误")
    page.get_by_role("button", name="采纳").first.click()
    expect(page.locator("#tally")).to_contain_text("已处理 1 /")
    expect(page.locator("#f1 .disposition")).to_contain_text("bella")
    assert Disposition.objects.get().note == "印刷错误"

    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
