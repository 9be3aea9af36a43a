"""The messages of an order stand in its history, masked, for those who may read them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.cases.actions import move
from chengyun.kernel import clock
from chengyun.messaging.actions import send
from chengyun.messaging.loading import load_reference
from chengyun.organisation.posts import Post
from chengyun.workbench.tests.pages import order, staff

pytestmark = pytest.mark.django_db


def test_messages_stand_between_the_events():
    people, now = staff(), clock.now()
    load_reference(now=now)
    case = order(people[Post.INTAKE], now - timedelta(minutes=5))
    move(
        case.id,
        "dispatch",
        actor=people[Post.DISPATCHER].who.actor,
        seen=1,
        now=now,
        said={"unit": people.unit.pk},
    )
    number = str(case["number"])
    values = {"number": number, "title": "请回电 13812345678"}
    for to, key in (("13912345678", "a"), ("021-5678", "b")):
        send("order_accepted", to=to, values=values, about=number, key=key, now=now - timedelta(minutes=2))
    page = people[Post.DISPATCHER].page(number)
    assert "短信：工单已受理" in page
    assert "139****5678" in page
    assert "13912345678" not in page
    assert "13812345678" not in page
    assert "未发送：不是手机号码" in page
    first, second = page.index("短信：工单已受理"), page.rindex("短信：工单已受理")
    dispatched = page.index('id="event-2"')
    assert dispatched < first < second < page.index('id="event-1"')
    assert "短信：" not in people[Post.UNIT].page(number)
