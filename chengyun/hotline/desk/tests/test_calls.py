"""What a telephone system tells: once, in any order, and what the desk makes of it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from chengyun.cases.models import Case
from chengyun.hotline.desk import folding
from chengyun.hotline.desk.tests.orders import order
from chengyun.hotline.desk.vocabulary import CallState
from chengyun.hotline.models import Call, CallBack, CallBackNote, CallerFlag, CallEvent
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now
from chengyun.organisation.actions.tokens import make_token
from chengyun.organisation.models import AccessLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

HOOK = "/api/telephony/calls"
NINE = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (("ringing",), CallState.WAITING),
        (("ringing", "answered"), CallState.TALKING),
        (("ringing", "answered", "ended"), CallState.ENDED),
        (("ringing", "ended"), CallState.MISSED),
        (("ringing", "missed"), CallState.MISSED),
        (("ringing", "answered", "dropped", "ended"), CallState.DROPPED),
        (("ringing", "missed", "answered"), CallState.TALKING),
    ],
)
def test_the_state_does_not_hang_on_the_order_of_events(events: tuple[str, ...], state: CallState):
    for shuffled in permutations(enumerate(events)):
        moments = {event: NINE + timedelta(seconds=place) for place, event in shuffled}
        assert folding.state_of(moments) == state


@pytest.fixture
def token(db: None) -> str:
    pbx = people.person("pbx", Post.INTAKE)
    return make_token(pbx.account.pk, "PBX", actor=SYSTEM, now=now())


def tell(client: Client, token: str, event: str, **changed: Any) -> Any:
    body = {
        "call_id": "c-1", "event": event, "number": "138-1234-5678", "called_number": "12345",
        "time": now().isoformat(), "extension": "8001",
    }  # fmt: skip
    said = json.dumps({**body, **changed})
    return client.post(HOOK, said, "application/json", headers={"Authorization": f"Bearer {token}"})


def test_an_event_told_twice_is_kept_once(client: Client, token: str):
    first, again = tell(client, token, "ringing"), tell(client, token, "ringing")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == {"id": Call.objects.get().pk, "call_id": "c-1", "state": "waiting"}
    assert CallEvent.objects.count() == 1
    call = Call.objects.get()
    assert (call.number, call.called_number, call.extension) == ("13812345678", "12345", "8001")


def test_the_version_address_answers_as_well(client: Client, token: str):
    body = json.dumps(
        {"call_id": "c-9", "event": "ringing", "time": now().isoformat(), "number": 13812345678}
    )
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/v1/telephony/calls", body, "application/json", headers=headers)
    assert answer.status_code == 201
    assert Call.objects.get().number == "13812345678"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"call_id": ""}, "call_id"),
        ({"call_id": "x" * 81}, "call_id"),
        ({"event": "singing"}, "event"),
        ({"number": "abc"}, "number"),
        ({"number": "1" * 40}, "number"),
        ({"number": ["1"]}, "number"),
        ({"time": "yesterday"}, "time"),
        ({"time": None}, "time"),
        ({"time": "2126-01-01T00:00:00+08:00"}, "time"),
        ({"extension": "8" * 21}, "extension"),
        ({"recording": "a\x00b"}, "recording"),
    ],
)
def test_a_wrong_field_is_named(client: Client, token: str, changed: dict[str, Any], field: str):
    answer = tell(client, token, changed.pop("event", "ringing"), **changed)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {field}
    assert not Call.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'"x"', b"[" * 10_000, b"x" * 1_000_000])
def test_what_is_no_event_is_refused(client: Client, token: str, body: bytes):
    answer = client.post(HOOK, body, "application/json", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 422
    assert "body" in answer.json()["fields"]


def test_every_wrong_field_is_named_at_once(client: Client, token: str):
    said = tell(client, token, "x", call_id=" ", number="abc", time="gestern", recording=[]).json()
    assert set(said["fields"]) == {"event", "call_id", "number", "time", "recording"}


def test_who_may_tell(client: Client, token: str):
    assert tell(client, "wrong", "ringing").status_code == 401
    assert client.post(HOOK, b"{}", "application/json").status_code == 401
    assert client.get(HOOK).status_code == 405
    unit = people.person("unit", Post.UNIT)
    other = make_token(unit.account.pk, "no", actor=SYSTEM, now=now())
    assert tell(client, other, "ringing").status_code == 403
    assert not Call.objects.exists()


def test_a_hidden_number_is_a_call_without_one(client: Client, token: str):
    assert tell(client, token, "ringing", number="anonymous").status_code == 201
    assert tell(client, token, "missed", number="").status_code == 201
    assert Call.objects.get().number == ""
    assert not CallBack.objects.exists()  # nobody can be called back


def desk(name: str = "alice", *posts: Post) -> Client:
    return people.enter(Client(), people.person(name, *(posts or (Post.INTAKE,))))


def test_a_call_shows_masked_on_every_desk_with_warnings_and_open_orders(client: Client, token: str):
    clerk = desk()
    clerk.post("/hotline/register/", order(phone="13812345678"))
    CallerFlag.objects.create(number="13812345678", kind="harassing", reason="反复辱骂", made_at=now())
    tell(client, token, "ringing")
    page = clerk.get("/hotline/calls/live/").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "恶意骚扰" in page
    assert "在办 1 件" in page
    tell(client, token, "answered")
    tell(client, token, "ended")
    assert "138****5678" not in clerk.get("/hotline/calls/live/").content.decode()


def test_opening_a_call_brings_the_form_with_its_number_and_is_logged(client: Client, token: str):
    tell(client, token, "ringing")
    call, clerk = Call.objects.get(), desk()
    answer = clerk.post(f"/hotline/calls/{call.pk}/open/")
    assert answer.headers["Location"] == f"/hotline/register/?call={call.pk}"
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert 'value="13812345678"' in page
    assert AccessLog.objects.filter(subject="call", subject_ref=str(call.pk)).count() == 1
    other = desk("bob")
    assert "13812345678" not in other.get(f"/hotline/register/?call={call.pk}").content.decode()
    clerk.post("/hotline/register/", order(call=call.pk))
    call.refresh_from_db()
    assert call.case == Case.objects.get()


def test_a_missed_call_is_called_back_until_somebody_is_reached(client: Client, token: str):
    tell(client, token, "ringing")
    tell(client, token, "missed")
    tell(client, token, "missed", call_id="c-2")
    row, clerk = CallBack.objects.get(), desk()
    assert (row.state, row.lost_calls, row.last_call.call_id) == ("to_call", 2, "c-2")
    page = clerk.get("/hotline/calls/").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "13812345678" in clerk.post(f"/hotline/call-backs/{row.pk}/number/").content.decode()
    assert AccessLog.objects.filter(subject="call_back").count() == 1
    form = {"then": "tried", "client_id": str(uuid.uuid4())}
    for _press in range(2):
        clerk.post(f"/hotline/call-backs/{row.pk}/note/", form)
    row.refresh_from_db()
    assert (row.state, row.tries, CallBackNote.objects.count()) == ("tried", 1, 1)
    answer = clerk.post(f"/hotline/call-backs/{row.pk}/note/", {"then": "reached"})
    row.refresh_from_db()
    assert row.state == "reached"
    assert answer.headers["Location"] == f"/hotline/register/?call={row.last_call_id}"
    late = clerk.post(f"/hotline/call-backs/{row.pk}/note/", {"then": "tried"}, follow=True)
    assert "这条回拨已是" in late.content.decode()


def test_closing_a_call_back_takes_a_reason(client: Client, token: str):
    tell(client, token, "dropped")
    row, clerk = CallBack.objects.get(), desk()
    page = clerk.post(f"/hotline/call-backs/{row.pk}/note/", {"then": "closed"}, follow=True).content.decode()
    assert "写明理由" in page
    clerk.post(f"/hotline/call-backs/{row.pk}/note/", {"then": "closed", "reason": "空号"})
    row.refresh_from_db()
    assert (row.state, row.settled_at is not None) == ("closed", True)
    assert "空号" in clerk.get("/hotline/calls/?show=settled").content.decode()


def test_who_calls_again_and_is_answered_need_not_be_called_back(client: Client, token: str):
    tell(client, token, "missed")
    tell(client, token, "answered", call_id="c-2")
    assert CallBack.objects.get().state == "reached"
    tell(client, token, "missed", call_id="c-3")
    assert CallBack.objects.filter(state="to_call").count() == 1


def test_an_answer_told_late_settles_only_what_was_lost_before_it(client: Client, token: str):
    tell(client, token, "ended", time=(now() - timedelta(minutes=2)).isoformat())
    assert CallBack.objects.get().state == "to_call"
    tell(client, token, "answered", time=(now() - timedelta(minutes=5)).isoformat())
    assert (CallBack.objects.get().state, Call.objects.get().state) == ("reached", "ended")
    tell(client, token, "missed", call_id="c-2")
    tell(client, token, "answered", call_id="c-0", time=(now() - timedelta(hours=1)).isoformat())
    assert CallBack.objects.filter(state="to_call").count() == 1, "that call was before"


def test_a_call_noted_by_hand_is_one_call_however_often_the_button_is_pressed(db: None):
    clerk, form = desk(), {"client_id": str(uuid.uuid4()), "number": "021 5610 0000"}
    first, again = (clerk.post("/hotline/calls/new/", form) for _press in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    call = Call.objects.get()
    assert (call.number, call.state) == ("02156100000", "talking")
    clerk.post("/hotline/register/", order(call=call.pk))
    call.refresh_from_db()
    assert call.state == "ended"
    wrong = clerk.post("/hotline/calls/new/", {"number": "一二三"}, follow=True).content.decode()
    assert "3 至 19 位数字" in wrong


def test_warnings_are_dated_and_taken_back_with_a_reason(db: None):
    clerk, leader = desk(), desk("zoe", Post.SHIFT_LEADER)
    add = "/hotline/caller-flags/add/"
    assert (
        clerk.post(add, {"number": "138 1234 5678", "kind": "secret", "reason": "怕报复"}).status_code == 302
    )
    assert clerk.post(add, {"number": "13812345678", "kind": "harassing", "reason": "x"}).status_code == 422
    assert (
        leader.post(add, {"number": "13812345678", "kind": "harassing", "reason": "辱骂"}).status_code == 302
    )
    assert leader.post(add, {"number": "12", "kind": "secret", "reason": "x"}).status_code == 422
    panel = clerk.post("/hotline/register/earlier/", {"phone": "13812345678"}).content.decode()
    assert "怕报复" in panel
    assert "辱骂" in panel
    flag = CallerFlag.objects.get(kind="harassing")
    assert clerk.post(f"/hotline/caller-flags/{flag.pk}/end/", {"reason": "误报"}).status_code == 403
    leader.post(f"/hotline/caller-flags/{flag.pk}/end/", {"reason": "误报"})
    flag.refresh_from_db()
    assert (flag.end_reason, flag.ended_by.name) == ("误报", "zoe")
    page = clerk.get("/hotline/caller-flags/").content.decode()
    assert "误报" in page
    assert "13812345678" not in page
