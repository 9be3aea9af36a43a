"""The pages in a browser: the preview while typing, no accessibility faults, and nothing wider than a telephone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from chengyun.kernel.clock import now
from chengyun.messaging import jobs
from chengyun.messaging.gateways import Inbound
from chengyun.messaging.inbound import keep
from chengyun.messaging.models import InboundMessage, Rule, TemplateVersion
from chengyun.messaging.tests.scene import PHONE, accepted, ready, real_gateway
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, live_server):
    moment = now()
    ready(moment)
    Rule.objects.filter(name__in=["quiet_from", "quiet_until"]).update(value="00:00")
    sent = accepted(now=moment)
    jobs.send_waiting(now=moment)
    keep("file", [Inbound(PHONE, "谢谢")], now=moment)
    real_gateway(down_since=moment, last_error="连接被拒绝", last_error_at=moment)
    client = people.enter(Client(), people.person("alice", Post.ADMIN, Post.CALLBACK))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.at = lambda name, *args: page.goto(live_server.url + reverse(f"messaging:{name}", args=args))
    page.sent = sent.pk
    return page


def test_segments_are_counted_while_words_are_typed(desk):
    desk.at("template", "order_accepted")
    desk.wait_for_load_state("networkidle")
    desk.fill("#id_words", "字" * 64)
    expect(desk.locator("#preview")).to_contain_text("1 条")
    desk.locator("#id_words").press_sequentially("好")
    expect(desk.locator("#preview")).to_contain_text("2 条")
    expect(desk.locator("#preview li")).to_have_count(2)
    desk.locator("#id_words").press_sequentially("{none}")
    expect(desk.locator("#preview")).to_contain_text("没有这个变量")
    desk.fill("#id_words", "工单 {number} 已受理")
    desk.fill("#id_source", "本中心")
    with desk.expect_navigation():
        desk.get_by_role("button", name="保存为新版本").click()
    assert TemplateVersion.objects.get(number=2).text == "工单 {number} 已受理"


def test_a_number_in_full_by_keyboard(desk):
    desk.at("message", desk.sent)
    assert PHONE not in desk.content()
    desk.locator("details.reveal summary").focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.type("核对是否收到")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert PHONE in desk.content()


@pytest.mark.one_database
def test_nobody_is_shut_out(desk, axe_violations):
    heard = InboundMessage.objects.get().pk
    for name, *args in (
        ("messages",),
        ("message", desk.sent),
        ("inbound",),
        ("inbound-message", heard),
        ("opt-outs",),
        ("templates",),
        ("template", "order_answered"),
        ("rules",),
        ("usage",),
        ("gateways",),
        ("gateway", "operator"),
    ):
        desk.set_viewport_size({"width": 1440, "height": 900})
        desk.at(name, *args)
        assert axe_violations(desk) == [], name
        assert_nothing_sticks_out(desk, name)
        desk.set_viewport_size({"width": 360, "height": 900})
        assert_nothing_sticks_out(desk, name)


def assert_nothing_sticks_out(desk, name: str) -> None:
    wider = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, name
