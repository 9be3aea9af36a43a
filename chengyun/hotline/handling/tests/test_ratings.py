"""What the citizen says: by telephone, text message and web page; once, and of the right order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import CaseEvent
from chengyun.cases.tests.cast import Cast
from chengyun.hotline.handling.actions import ask_reopen, decide_reopen, rate
from chengyun.hotline.models import Rating
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Cast:
    cast = Cast()
    cast.order()
    cast.to_in_hand()
    return cast


def audited(play: Cast) -> None:
    play.answer()
    play.go("pass_audit", play.leader)


def sms(play: Cast, grade: str = "satisfied", key: str = "sms:1", **said: str) -> Rating:
    return rate(play.case_id, satisfaction=grade, way="sms", actor=SYSTEM, now=play.now, key=key, **said)


def test_a_text_message_is_the_callback_of_an_audited_order(play):
    audited(play)
    rating = sms(play)
    assert (play.row.state, play.row.satisfaction) == ("called_back", "satisfied")
    assert play.row.outcome == "solved", "a text message says nothing of it: the unit's word stands"
    event = CaseEvent.objects.get(case_id=play.case_id, verb="call_back")
    assert (event.said["way"], event.actor_id, rating.event_seq) == ("sms", None, event.seq)
    hear_waiting(now=play.now)
    assert Rating.objects.count() == 1, "the event does not become a second rating"


def test_the_same_key_is_the_same_rating(play):
    audited(play)
    assert sms(play).pk == sms(play, "dissatisfied").pk
    assert play.row.satisfaction == "satisfied"


def test_a_change_of_mind_is_another_row(play):
    audited(play)
    sms(play)
    sms(play, "dissatisfied", key="sms:2", said="灯又坏了")
    assert [one.satisfaction for one in Rating.objects.order_by("id")] == ["satisfied", "dissatisfied"]
    assert play.row.state == "called_back"


def test_an_order_in_hand_cannot_be_rated_yet(play):
    with pytest.raises(Refused, match="还没有办完"):
        sms(play)
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("satisfaction", {"satisfaction": "unreached"}),
        ("satisfaction", {"satisfaction": "6"}),
        ("way", {"way": "smoke"}),
        ("outcome", {"outcome": "maybe"}),
        ("said", {"said": "很" * 4001}),
    ],
)
def test_what_cannot_be_is_named(play, field, said):
    audited(play)
    facts = {"satisfaction": "satisfied", "way": "web", **said}
    with pytest.raises(Invalid) as refused:
        rate(play.case_id, actor=SYSTEM, now=play.now, key="k", **facts)
    assert list(refused.value.fields) == [field]
    assert play.row.state == "audited"


def test_a_clerks_call_is_kept_as_a_rating_of_its_round(play):
    play.to_called_back("dissatisfied")
    play.go("rehandle", play.callback, reason="市民不满意，请重办")
    play.to_called_back("satisfied")
    hear_waiting(now=play.now)
    hear_waiting(now=play.now)
    rows = Rating.objects.order_by("id").values_list("round", "way", "satisfaction")
    assert list(rows) == [(0, "phone", "dissatisfied"), (1, "phone", "satisfied")]


def closed(play: Cast) -> None:
    play.to_called_back()
    play.go("close", play.callback)


def wish(play: Cast, reason: str = "灯修好三天又灭了", key: str = "w1", days: int = 1):
    return ask_reopen(play.case_id, reason=reason, actor=SYSTEM, now=play.now + timedelta(days=days), key=key)


def test_a_granted_wish_has_the_order_handled_again(play):
    closed(play)
    asked = wish(play)
    assert wish(play, key="w2").pk == asked.pk, "one wish at a time"
    decided = decide_reopen(asked.pk, decision="grant", actor=play.callback, now=play.now + timedelta(days=1))
    assert (decided.decision, play.row.state, play.row.rounds) == ("grant", "rehandling", 1)
    with pytest.raises(Refused, match="已经答复"):
        decide_reopen(asked.pk, decision="grant", actor=play.callback, now=play.now)


def test_a_refused_wish_says_why_in_the_history(play):
    closed(play)
    asked = wish(play)
    with pytest.raises(Invalid) as refused:
        decide_reopen(asked.pk, decision="refuse", actor=play.callback, now=play.now)
    assert "answer" in refused.value.fields
    decide_reopen(
        asked.pk, decision="refuse", answer="属新问题，已另立工单", actor=play.callback, now=play.now
    )
    notes = [event.said["note"] for event in CaseEvent.objects.filter(verb="note").order_by("seq")]
    assert notes == ["市民申请重开：灯修好三天又灭了", "不同意重开：属新问题，已另立工单"]
    assert play.row.state == "closed"


def test_the_time_for_asking_ends(play):
    closed(play)
    with pytest.raises(Refused, match="期限"):
        wish(play, days=16)
    with pytest.raises(Invalid):
        wish(play, reason="不")
