"""Which callers are told what, and when they are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.cases.models import Case
from chengyun.hotline.models import NoticeRule, Rating
from chengyun.hotline.notices.actions import end_rule, set_rule
from chengyun.hotline.notices.reactions import tell_callers
from chengyun.hotline.notices.tests.scene import PHONE, Play
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.messaging.gateways import Inbound
from chengyun.messaging.inbound import keep
from chengyun.messaging.jobs import hear_inbound, send_waiting
from chengyun.messaging.models import InboundMessage, Message, Template

ADMIN = Actor(None, "管理员", (Holding("admin", 0, frozenset()),))
pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    return Play()


def reply(play: Play, text: str, phone: str = PHONE) -> InboundMessage:
    """The citizen writes back; it is heard."""
    keep("file", [Inbound(phone, text)], now=play.now)
    hear_inbound(now=play.now)
    return InboundMessage.objects.latest("id")


def test_a_caller_is_told_of_each_step(play):
    play.call()
    play.to_audited()
    play.hear()
    assert play.told() == ["order_accepted", "order_contacted", "order_answered", "order_rating"]
    texts = list(Message.objects.order_by("id").values_list("text", flat=True))
    assert play.row.number in texts[0]
    assert "小区门口树枝压电线" in texts[0]
    assert "绿化市容局" in texts[1]
    assert "月" in texts[1]
    assert "已修剪" in texts[2]
    assert set(Message.objects.values_list("phone", flat=True)) == {PHONE}


def test_what_is_heard_twice_is_told_once(play):
    play.call()
    play.hear()
    tell_callers(play.row.events.get(verb="register"), play.now)
    assert play.told() == ["order_accepted"]


def test_of_a_secret_order_nothing_but_the_number_is_told(play):
    play.call(secret=True)
    play.to_audited()
    play.hear()
    for text in Message.objects.values_list("text", flat=True):
        assert play.row.number in text
        for detail in ("树枝", "绿化", "修剪"):
            assert detail not in text


def test_callers_of_merged_orders_are_told_under_their_own_number(play):
    first = play.call("13900000001")
    second = play.call("13900000002", title="树枝又压电线")
    merged = play.row
    play.go("merge", play.intake, into=Case.objects.get(pk=first).number)
    play.case_id = first
    play.to_audited()
    play.hear()
    assert second == merged.pk
    assert play.told(merged.number) == ["order_accepted", "order_contacted", "order_answered"]
    assert set(Message.objects.filter(about=merged.number).values_list("phone", flat=True)) == {"13900000002"}
    assert "order_rating" in play.told()


def test_one_caller_of_both_orders_is_told_once(play):
    first = play.call()
    play.call(title="树枝又压电线")
    play.go("merge", play.intake, into=Case.objects.get(pk=first).number)
    play.case_id = first
    play.to_in_hand()
    play.hear()
    assert Message.objects.filter(template_name="order_contacted").count() == 1


def test_who_wants_no_reply_hears_only_of_the_acceptance(play):
    play.call(wants_reply=False)
    play.to_audited()
    play.hear()
    assert play.told() == ["order_accepted"]


def test_no_caller_no_number_no_message(play):
    play.order()
    play.finding()
    play.hear()
    assert not Message.objects.exists()


def test_a_landline_stands_on_record_and_a_mobile_beside_it_is_used(play):
    play.call("021-56781234")
    play.hear()
    assert Message.objects.get().state == "withheld"
    play.order(contact={"name": "李四", "phone": "021-56781234", "other_phone": PHONE})
    play.hear()
    assert Message.objects.latest("id").phone == PHONE


def test_what_is_long_past_is_not_told(play):
    play.call()
    play.now += timedelta(hours=25)
    play.hear()
    assert not Message.objects.exists()


def test_the_narrowest_rule_decides_and_may_keep_silent(play):
    play.call(appeal_type="praise")
    play.to_audited()
    play.hear()
    assert "order_rating" not in play.told()
    play.call(channel="import")
    play.hear()
    assert play.told() == []


def test_an_order_that_moved_on_is_not_asked_for_a_grade(play):
    play.call()
    play.to_in_hand()
    play.to_called_back("dissatisfied")
    play.go("rehandle", play.callback, reason="树枝还在")
    play.hear()
    assert play.told()[-1] == "order_dissatisfied"
    assert "order_rating" not in play.told()


def test_a_rehearsal_is_marked(play):
    play.call(rehearsal=True)
    play.hear()
    assert Message.objects.get().rehearsal


def test_an_answer_becomes_a_rating_of_the_right_order(play):
    first = play.call()
    play.to_audited()
    play.send()
    second = play.call(title="路灯不亮")
    play.to_audited()
    play.now += timedelta(minutes=1)
    play.send()
    assert reply(play, "5。谢谢").handled_by == "hotline.notices: rating"
    assert reply(play, "2 灯还是坏的").handled_by
    assert list(Rating.objects.order_by("id").values_list("case_id", "satisfaction", "said", "way")) == [
        (second, "very_satisfied", "谢谢", "sms"),
        (first, "dissatisfied", "灯还是坏的", "sms"),
    ]
    assert set(Case.objects.values_list("state", flat=True)) == {"called_back"}
    reply(play, "4")  # a change of mind, about the newest
    assert Rating.objects.latest("id").case_id == second


def test_an_unclear_answer_is_explained_once_and_stays_listed(play):
    play.call()
    play.to_audited()
    play.send()
    for _time in range(3):
        assert reply(play, "1号楼还在漏水").handled_by == ""
    assert play.told().count("rating_unclear") == 1
    send_waiting(now=play.now)
    assert reply(play, "1").handled_by
    assert Rating.objects.get().satisfaction == "very_dissatisfied"


def test_after_an_explanation_was_answered_unclearly_there_is_no_second_one(play):
    play.call()
    play.to_audited()
    play.send()
    reply(play, "什么")
    play.now += timedelta(minutes=5)
    send_waiting(now=play.now)
    reply(play, "什么？")
    reply(play, "?")
    assert play.told().count("rating_unclear") == 1


def test_nobody_was_asked(play):
    assert reply(play, "5").handled_by == ""
    assert not Rating.objects.exists()


def test_an_order_handled_again_takes_no_grade(play):
    play.call()
    play.to_audited()
    play.send()
    play.go("call_back", play.callback, outcome="solved", satisfaction="dissatisfied", said="还在")
    play.go("rehandle", play.callback, reason="还在")
    assert reply(play, "5").handled_by == ""
    assert not Rating.objects.filter(way="sms").exists()


def test_rules_are_dated_rows_of_the_centre(play):
    day = local(play.now).date()
    said = {
        "channel": "phone", "appeal_type": "", "template": "order_accepted", "sends": False, "within_hours": 24,
        "valid_from": day, "source": "试", "provenance": "derived", "now": play.now,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        set_rule("accepted", actor=play.unit, **said)
    with pytest.raises(Invalid) as caught:
        set_rule("accepted", actor=ADMIN, **{**said, "template": "none", "within_hours": 0, "channel": "x"})
    assert set(caught.value.fields) == {"template", "within_hours", "channel"}
    rule = set_rule("accepted", actor=ADMIN, **said)
    play.call()
    play.hear()
    assert play.told() == []
    end_rule(rule.pk, actor=ADMIN, now=play.now)
    assert NoticeRule.objects.get(pk=rule.pk).valid_until == day


def test_every_rule_names_a_template_that_is_there(play):
    names = set(Template.objects.values_list("name", flat=True))
    assert set(NoticeRule.objects.values_list("template", flat=True)) <= names
