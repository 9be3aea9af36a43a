"""登记工单 in a browser: by keyboard alone, nothing lost, nobody shut out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from chengyun.cases.catalogue_actions import load_reference
from chengyun.cases.models import Attachment, Case
from chengyun.cases.tests.files import photo
from chengyun.kernel.clock import now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def desk(page, live_server):
    load_reference(now=now())
    client = people.enter(Client(), people.person("alice", Post.INTAKE))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/hotline/register/")
    return page


def test_earlier_orders_come_while_the_number_is_typed(desk, live_server):
    desk.fill("#id_phone", "13812345678")
    desk.check("[name=appeal_type][value=help]")
    desk.fill("#id_title", "楼道灯不亮")
    desk.fill("#id_description", "三楼")
    with desk.expect_navigation():
        desk.keyboard.press("Control+Shift+Enter")
    assert desk.url.endswith("/hotline/register/")
    desk.type("#id_phone", "13812345678")
    desk.wait_for_selector("#earlier .found-list")
    assert "楼道灯不亮" in desk.inner_text("#earlier")


def test_what_was_typed_is_there_after_leaving(desk):
    desk.wait_for_load_state("networkidle")  # drafts are kept once the page's scripts have come
    desk.fill("#id_title", "没写完的一件事")
    desk.reload()
    expect(desk.locator("#id_title")).to_have_value("没写完的一件事")


def test_a_photo_goes_ahead_of_the_form(desk, tmp_path: Path):
    file = tmp_path / "现场.jpg"
    file.write_bytes(photo((400, 300)))
    desk.locator("summary", has_text="附件").click()
    desk.set_input_files("#id_files", str(file))
    desk.wait_for_selector(".upload-list img")
    waiting = Attachment.objects.get()
    assert waiting.case is None
    desk.fill("#id_phone", "13812345678")
    desk.check("[name=appeal_type][value=help]")
    desk.fill("#id_title", "楼道灯不亮")
    desk.fill("#id_description", "三楼")
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    waiting.refresh_from_db()
    assert waiting.case == Case.objects.get()


def test_the_number_of_the_city_is_asked_for_only_then(desk):
    assert not desk.is_visible("#id_source_number")
    desk.check("[name=channel][value=city]")
    assert desk.is_visible("#id_source_number")


def test_nobody_is_shut_out(desk, axe_violations):
    assert axe_violations(desk) == []
