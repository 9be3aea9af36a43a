"""The pages: who may see them, what they mask, what they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.kernel.clock import now as clock_now
from chengyun.messaging import jobs
from chengyun.messaging.dispatch.store import store_reports
from chengyun.messaging.gateways import Inbound, StatusReport
from chengyun.messaging.gateways.secrets import secret_of
from chengyun.messaging.inbound import keep
from chengyun.messaging.models import (
    GatewayRow,
    HandOver,
    InboundMessage,
    Message,
    OptOut,
    Package,
    Rule,
    Template,
    TemplateVersion,
)
from chengyun.messaging.tests.scene import PHONE, accepted, ready
from chengyun.organisation.models import AccessLog, ChangeLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

PAGES = ["messages", "inbound", "opt-outs", "templates", "rules", "gateways"]


@pytest.fixture
def scene(db):
    """A message sent and reported, one that waits, one that came in."""
    now = clock_now()
    ready(now)
    Rule.objects.filter(name="quiet_from").update(value="00:00")
    Rule.objects.filter(name="quiet_until").update(value="00:00")
    message = accepted(now=now)
    jobs.send_waiting(now=now)
    store_reports("file", [StatusReport(HandOver.objects.get().gateway_id, "MK:0005")], now=now)
    accepted("waits", now=now)
    keep("operator", [Inbound(PHONE, f"请回电 {PHONE}", "10690", "1")], now=now)
    return message


@pytest.fixture
def browser(scene):
    """Logs a holder of a post in."""

    def log_in(post: Post) -> Client:
        client = Client()
        enter(client, person(f"{post}-1", post))
        return client

    return log_in


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("post", [Post.ADMIN, Post.CALLBACK])
def test_pages_open_and_mask(browser, page: str, post: Post):
    answer = browser(post).get(reverse(f"messaging:{page}"))
    assert answer.status_code == 200
    assert PHONE not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_other_posts_are_turned_away(browser, page: str):
    assert browser(Post.UNIT).get(reverse(f"messaging:{page}")).status_code == 403


def test_one_message_shows_its_course_in_words(browser, scene):
    text = browser(Post.CALLBACK).get(reverse("messaging:message", args=[scene.pk])).content.decode()
    assert "139****5678" in text
    assert PHONE not in text
    assert "手机侧或短信中心返回的错误" in text


def test_a_number_in_full_takes_a_reason_and_is_logged(browser, scene):
    here = reverse("messaging:message", args=[scene.pk])
    clerk = browser(Post.CALLBACK)
    refused = clerk.post(here, {"reason": "看"})
    assert refused.status_code == 422
    assert PHONE not in refused.content.decode()
    shown = clerk.post(here, {"reason": "核对市民反映没有收到短信"})
    assert PHONE in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    row = AccessLog.objects.get()
    assert (row.subject, row.subject_ref, row.reason) == (
        "message",
        str(scene.pk),
        "核对市民反映没有收到短信",
    )


def test_an_administrator_sees_no_number_in_full(browser, scene):
    answer = browser(Post.ADMIN).post(reverse("messaging:message", args=[scene.pk]), {"reason": "我想看一看"})
    assert answer.status_code == 403
    assert not AccessLog.objects.exists()


def test_an_incoming_message_is_masked_until_a_reason_is_given(browser):
    row = InboundMessage.objects.get()
    here = reverse("messaging:inbound-message", args=[row.pk])
    clerk = browser(Post.CALLBACK)
    assert PHONE not in clerk.get(here).content.decode()
    assert PHONE in clerk.post(here, {"reason": "市民要求回电"}).content.decode()


def test_filters_are_in_the_address_and_masked_digits_cannot_be_guessed(browser):
    clerk, here = browser(Post.CALLBACK), reverse("messaging:messages")

    def count(**said) -> int:
        return clerk.get(here, said).content.decode().count("<tr data-row")

    assert count(state="failed") == 1
    assert count(state="queued") == 1
    assert count(q=PHONE) == 2
    assert count(q=PHONE[:7]) == 0
    assert count(q="RX20261123-0101") == 2
    assert count(begin="2020-01-01", end="2020-01-02") == 0
    assert count(begin="nonsense", state="nonsense") == 2


def test_a_template_gets_new_words_with_a_live_preview(browser):
    admin = browser(Post.ADMIN)
    preview = reverse("messaging:preview", args=["order_accepted"])
    text = admin.post(preview, {"words": "字" * 65}).content.decode()
    assert "2 条" in text
    assert "没有这个变量" in admin.post(preview, {"words": "{nothing}"}).content.decode()
    here = reverse("messaging:template", args=["order_accepted"])
    today = f"{clock_now() + timedelta(hours=8):%Y-%m-%d}"
    said = {"words": "已受理 {number}", "valid_from": today, "source": "本中心", "provenance": "primary"}
    for words, sentence in (
        ("好 {nummer}", "没有这个变量"),
        ("好 {number", "花括号"),
        ("【假冒】", "签名"),
        ("", "请填写"),
        ("字" * 501, "500"),
    ):
        refused = admin.post(here, {**said, "words": words})
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert TemplateVersion.objects.filter(template__name="order_accepted").count() == 1
    assert admin.post(here, {**said, "valid_from": "2020-02-02"}).status_code == 422
    assert admin.post(here, said).status_code == 302
    assert accepted("new", now=clock_now()).text == "【宝山城运】已受理 RX20261123-0101"
    assert ChangeLog.objects.filter(verb="set_template").exists()
    admin.post(reverse("messaging:switch-template", args=["order_accepted"]), {"active": "0"})
    assert not Template.objects.get(name="order_accepted").active


def test_a_reader_may_not_change_words(browser):
    clerk = browser(Post.CALLBACK)
    here = reverse("messaging:template", args=["order_accepted"])
    assert clerk.get(here).status_code == 200
    clerk.post(here, {"words": "x"})
    assert TemplateVersion.objects.filter(template__name="order_accepted").count() == 1
    assert clerk.post(reverse("messaging:preview", args=["order_accepted"])).status_code == 403


def test_rules_take_only_what_makes_sense(browser):
    admin = browser(Post.ADMIN)
    today = f"{clock_now() + timedelta(hours=8):%Y-%m-%d}"
    said = {"valid_from": today, "source": "主任会", "provenance": "primary"}
    for name, bad, good in (
        ("quiet_from", "9点", "20:30"),
        ("daily_cap", "-1", "3"),
        ("signature", "宝山", "【宝山】"),
        ("opt_out_words", "，，", "退订,不要"),
    ):
        here = reverse("messaging:edit-rule", args=[name])
        assert admin.post(here, {**said, "value": bad}).status_code == 422
        assert admin.post(here, {**said, "value": good}).status_code == 302
        assert Rule.objects.filter(name=name).first().value == good
    assert admin.get(reverse("messaging:edit-rule", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("post", [Post.LEADER, Post.BUDGET, Post.ADMIN])
def test_usage_for_those_who_count(browser, post: Post):
    answer = browser(post).get(reverse("messaging:usage"))
    assert answer.status_code == 200
    assert "50,000" in answer.content.decode()


def test_a_month_that_is_none_and_the_month_s_file(browser):
    admin = browser(Post.ADMIN)
    assert admin.get(reverse("messaging:usage"), {"month": "2026-13"}).status_code == 404
    assert admin.get(reverse("messaging:usage"), {"month": "2024-02"}).status_code == 200
    month = f"{clock_now() + timedelta(hours=8):%Y-%m}"
    answer = admin.get(reverse("messaging:month-file", args=[month]))
    text = b"".join(answer.streaming_content).decode()
    assert PHONE not in text
    assert "139****5678" in text


def test_a_package_begins_with_a_month(browser):
    admin, here = browser(Post.ADMIN), reverse("messaging:edit-package")
    month = (clock_now() + timedelta(hours=8)).date().replace(day=1)
    said = {
        "name": "新套餐",
        "monthly_fee": "4000",
        "included": "60000",
        "price_above": "0.08",
        "valid_from": month.isoformat(),
        "source": "合同 2026-1",
        "provenance": "primary",
        "confirmed": "on",
    }
    assert admin.post(here, {**said, "valid_from": month.replace(day=2).isoformat()}).status_code == 422
    assert admin.post(here, {**said, "valid_from": "2020-01-01"}).status_code == 422
    assert admin.post(here, {**said, "included": "-5"}).status_code == 422
    assert admin.post(here, said).status_code == 302
    assert Package.objects.get(name="企信通套餐").valid_until == month - timedelta(days=1)
    assert "60,000" in admin.get(reverse("messaging:usage")).content.decode()


def test_a_gateway_is_entered_and_its_secret_never_shown(browser):
    admin = browser(Post.ADMIN)
    new = reverse("messaging:new-gateway")
    assert admin.post(new, {"name": "Bad Name", "kind": "http"}).status_code == 422
    assert admin.post(new, {"name": "cmcc", "kind": "http"}).status_code == 302
    here = reverse("messaging:gateway", args=["cmcc"])
    said = {"url": "https://sms.example/send", "account": "a", "timeout": "5", "batch": "20", "place": "5"}
    for field, bad in (("url", "ftp://x"), ("url", ""), ("timeout", "0"), ("batch", "x"), ("place", "0")):
        assert admin.post(here, {**said, field: bad}).status_code == 422, field
    answer = admin.post(here, {**said, "secret": "very-secret-word", "enabled": "on", "metered": "on"})
    assert answer.status_code == 302
    row = GatewayRow.objects.get(name="cmcc")
    assert row.enabled
    assert "very-secret-word" not in str(row.settings)
    assert secret_of("cmcc") == "very-secret-word"
    assert "very-secret-word" not in admin.get(here).content.decode()
    assert not [one for one in ChangeLog.objects.all() if "very-secret-word" in str(one.said)]
    assert admin.post(reverse("messaging:probe-gateway", args=["cmcc"])).status_code == 302
    assert browser(Post.CALLBACK).get(here).status_code == 403


def test_an_opt_out_is_noted_and_ended(browser):
    clerk = browser(Post.CALLBACK)
    new = reverse("messaging:new-opt-out")
    assert clerk.post(new, {"phone": "12345", "said": "来电"}).status_code == 422
    assert clerk.post(new, {"phone": PHONE, "said": "来电"}).status_code == 302
    assert Message.objects.get(key="waits").why == "opted_out"
    row = OptOut.objects.get()
    assert clerk.post(reverse("messaging:end-opt-out", args=[row.pk]), {"reason": ""}).status_code == 422
    assert (
        clerk.post(reverse("messaging:end-opt-out", args=[row.pk]), {"reason": "本人要求"}).status_code == 302
    )
    assert not OptOut.objects.holding().exists()
