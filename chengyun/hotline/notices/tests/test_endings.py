"""Orders that end in the call: one message, which says what is true, in place of the acceptance."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.hotline.desk.loading import load_reference as load_lines
from chengyun.hotline.models import DecisionLine, DecisionUse
from chengyun.hotline.notices.tests.scene import Play
from chengyun.messaging.models import Message

pytestmark = pytest.mark.django_db
EMERGENCY = {"line": "110", "handed": "三方通话转接，110 已接警"}


@pytest.fixture
def play() -> Play:
    return Play()


def text() -> str:
    """The only message there is."""
    return Message.objects.get().text


@pytest.mark.parametrize("wants_reply", [True, False])
def test_who_was_answered_in_the_call_reads_the_answer_and_not_of_a_unit(play, wants_reply):
    play.call(title="居住证在哪里办", wants_reply=wants_reply)
    play.go("resolve_at_once", play.intake, reply="请带身份证到\n社区事务受理服务中心。")
    play.hear()
    assert play.told() == ["order_resolved"]
    assert "“居住证在哪里办”" in text()
    assert "请带身份证到 社区事务受理服务中心。如有疑问" in text()


def test_what_was_explained_can_be_read_again(play):
    play.call()
    play.go("explain", play.intake, basis="已有法定渠道", route="诉讼", reply="不服判决的可以上诉")
    play.hear()
    assert play.told() == ["order_explained"]
    assert "不服判决的可以上诉" in text()


def test_an_explanation_after_the_acceptance_comes_beside_it(play):
    play.call()
    play.hear()
    play.go("explain", play.dispatcher, basis="违法要求", reply="依法不能办理")
    play.hear()
    assert play.told() == ["order_accepted", "order_explained"]


def test_a_handed_over_emergency_is_told_without_matter_or_line(play):
    play.call(title="邻居打人")
    play.go("hand_over", play.intake, **EMERGENCY)
    play.hear()
    assert play.told() == ["order_handed_over"]
    assert play.row.number in text()
    assert "打人" not in text()
    assert "110 已接警" not in text()


def test_what_goes_on_beside_an_emergency_is_told_of_as_accepted(play):
    play.call()
    play.go("hand_over", play.intake, remains=True, **EMERGENCY)
    play.hear()
    assert play.told() == ["order_accepted"]


def test_who_was_warned_for_harassing_gets_no_message(play):
    load_lines(now=play.now)
    play.call()
    play.go("explain", play.intake, basis="恶意或骚扰来电", reply="已提醒并劝止")
    DecisionUse.objects.create(
        case=play.row,
        line=DecisionLine.objects.get(code="harassing"),
        event_seq=play.row.version,
        at=play.now,
    )
    play.hear()
    assert play.told() == []


def test_a_whole_loop_that_is_heard_late_is_still_told_from_the_acceptance_on(play):
    play.call()
    play.to_in_hand()
    play.to_called_back()
    play.go("close", play.callback)
    play.now += timedelta(minutes=5)
    play.hear()
    assert play.told()[:2] == ["order_accepted", "order_contacted"]
