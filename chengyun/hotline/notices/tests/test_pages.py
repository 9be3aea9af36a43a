"""The page of the rules: read, add, end; for those who set parameters."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.hotline.models import NoticeRule
from chengyun.hotline.notices.tests.scene import Play
from chengyun.kernel import clock
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau, enter, person

pytestmark = pytest.mark.django_db


def test_rules_are_read_added_and_ended():
    Play()
    admin = enter(Client(), person("alice", Post.ADMIN))
    page = admin.get(reverse("hotline:notices")).content.decode()
    assert "工单受理" in page
    assert "不发" in page
    rule = NoticeRule.objects.get(notice="accepted", channel="")
    form = reverse("hotline:notice-new")
    assert "工单受理" in admin.get(f"{form}?rule={rule.pk}").content.decode()
    said = {
        "notice": "accepted", "channel": "", "appeal_type": "praise", "template": "order_accepted",
        "within_hours": "0", "valid_from": str(local(clock.now()).date()), "source": "本中心", "provenance": "derived",
    }  # fmt: skip
    assert admin.post(form, said).status_code == 422
    assert NoticeRule.objects.filter(appeal_type="praise", notice="accepted").count() == 0
    assert admin.post(form, {**said, "within_hours": "12"}).status_code in (302, 303)
    made = NoticeRule.objects.get(appeal_type="praise", notice="accepted")
    assert (made.sends, made.within_hours) == (False, 12)
    admin.post(reverse("hotline:notice-stop", args=[made.pk]))
    assert NoticeRule.objects.get(pk=made.pk).valid_until is not None
    other = enter(Client(), person("bob", Post.UNIT, unit=bureau("水务局")))
    assert other.get(reverse("hotline:notices")).status_code == 403
