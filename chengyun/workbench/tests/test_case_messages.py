"""What stands in an order's history beside its events: messages, masked, and what the citizen said later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.cases.actions import move
from chengyun.cases.models import Case
from chengyun.hotline.models import Rating
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


def test_a_later_rating_stands_in_the_history_with_its_words_masked():
    people, now = staff(), clock.now()
    case = order(people[Post.INTAKE], now)
    Case.objects.filter(pk=case.id).update(answered_at=now)
    for way, seq, said in (("phone", 1, "已是回访"), ("sms", None, "灯又坏了，打 13812345678")):
        Rating.objects.create(
            case_id=case.id, round=0, way=way, satisfaction="dissatisfied", said=said, at=now, event_seq=seq, key=way
        )  # fmt: skip
    page = people[Post.DISPATCHER].page(str(case["number"]))
    assert page.count("市民评价") == 1
    assert "短信评价" in page
    assert "灯又坏了，打 138****5678" in page
    assert "13812345678" not in page
