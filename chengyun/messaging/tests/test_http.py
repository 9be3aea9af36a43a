"""The HTTP gateway against a real server on this machine, its callbacks, and what citizens write back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chengyun.kernel.clock import now as clock_now
from chengyun.messaging import inbound, jobs
from chengyun.messaging.dispatch.rounds import run_round
from chengyun.messaging.dispatch.running import run_until
from chengyun.messaging.gateways import GatewayDown, GatewaySettings, Inbound, Outgoing, Taken
from chengyun.messaging.gateways.http import Http
from chengyun.messaging.gateways.secrets import keep_secret
from chengyun.messaging.gateways.signing import fault, headers, signature
from chengyun.messaging.models import GatewayRow, HandOver, InboundMessage, OptOut, Receipt, Rule
from chengyun.messaging.states import MessageState
from chengyun.messaging.tests.scene import MORNING, PHONE, accepted, again, ready, real_gateway

SECRET = "a secret of the test"


class Operator(BaseHTTPRequestHandler):
    """The other side: answers as ``server.answer`` says."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        status, said = self.server.answer(json.loads(body))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def operator() -> Iterator[Any]:
    """A server on this machine that takes everything."""
    server: Any = HTTPServer(("127.0.0.1", 0), Operator)
    server.asked = []
    server.answer = lambda said: (
        200,
        {
            "results": [
                {"id": one["id"], "status": "accepted", "message_id": f"m-{one['id']}"}
                for one in said["messages"]
            ]
        },
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def gateway_to(server: Any, **said: str) -> Http:
    values = {
        "url": f"http://127.0.0.1:{server.server_port}/send",
        "account": "centre",
        "timeout": "1",
        **said,
    }
    return Http(GatewaySettings("operator", "http", values, SECRET))


def one(key: str = "k1") -> Outgoing:
    return Outgoing(1, key, PHONE, ("你好",))


def test_a_batch_is_handed_over_signed(operator):
    found = gateway_to(operator).submit([one("a"), Outgoing(2, "b", PHONE, ("长", "文"))])
    assert [(outcome.message_id, outcome.taken, outcome.gateway_ids) for outcome in found] == [
        (1, Taken.ACCEPTED, ("m-a",)),
        (2, Taken.ACCEPTED, ("m-b",)),
    ]
    path, said, body = operator.asked[0]
    assert (
        fault(SECRET, said["X-Timestamp"], said["X-Signature"], path, body, seconds=int(time.time())) is None
    )
    assert json.loads(body)["messages"][1] == {"id": "b", "phone": PHONE, "text": "长文", "segments": 2}


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ((200, {"results": [{"id": "k1", "status": "refused", "code": "submit:13"}]}), Taken.REFUSED),
        ((200, {"results": [{"id": "k1", "status": "again", "code": "submit:8"}]}), Taken.AGAIN),
        ((200, {"results": []}), Taken.UNSURE),
        ((200, b"<html>"), Taken.UNSURE),
        ((200, b'{"results": "x"}'), Taken.UNSURE),
        ((400, b""), Taken.AGAIN),
        ((429, b""), Taken.AGAIN),
        ((503, b""), Taken.AGAIN),
        ((500, b""), Taken.UNSURE),
        ((302, b""), Taken.UNSURE),
    ],
)
def test_what_the_other_side_may_answer(operator, answer, taken: Taken):
    operator.answer = lambda _said: answer
    assert gateway_to(operator).submit([one()])[0].taken is taken


def test_a_slow_answer_leaves_open_whether_it_was_taken(operator):
    waiting = threading.Event()

    def slowly(_said: Any) -> tuple[int, bytes]:
        waiting.wait(10)
        return 200, b"{}"

    operator.answer = slowly
    try:
        assert gateway_to(operator).submit([one()])[0].taken is Taken.UNSURE
    finally:
        waiting.set()


def test_nobody_there_or_not_let_in_means_that_nothing_was_taken(operator):
    operator.answer = lambda _said: (401, b"")
    with pytest.raises(GatewayDown, match="401"):
        gateway_to(operator).submit([one()])
    with pytest.raises(GatewayDown):
        gateway_to(operator, url="http://127.0.0.1:1/").submit([one()])
    unset = Http(GatewaySettings("operator", "http", {"url": "http://127.0.0.1:1/"}, ""))
    with pytest.raises(GatewayDown, match="密钥"):
        unset.submit([one()])


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_signature_fits_one_body_only(body: bytes, other: bytes):
    said = headers(SECRET, 1000, "/x", body)
    wrong = fault(SECRET, "1000", said["X-Signature"], "/x", other, seconds=1000)
    assert (wrong is None) == (body == other)


def test_a_signature_grows_old_and_belongs_to_one_path():
    right = signature(SECRET, "1000", "/x", b"")
    assert fault(SECRET, "1000", right, "/x", b"", seconds=1300) is None
    assert fault(SECRET, "1000", right, "/x", b"", seconds=1301) == "timestamp"
    assert fault(SECRET, "1000", right, "/y", b"", seconds=1000) == "signature"
    assert fault(SECRET, "二", right, "/x", b"", seconds=1000) == "timestamp"
    assert fault(SECRET, "1000", "签名", "/x", b"", seconds=1000) == "signature"
    assert fault("", "1000", right, "/x", b"", seconds=1000) == "secret"


@pytest.fixture
def entered(db):
    """The gateway's row and secret."""
    ready()
    row = real_gateway()
    keep_secret("operator", SECRET)
    return row


def call(
    client: Any, door: str, said: Any, *, secret: str = SECRET, gateway: str = "operator", age: int = 0
) -> Any:
    path = reverse(f"messaging:{door}-callback", args=[gateway])
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    signed = headers(secret, int(clock_now().timestamp()) - age, path, body)
    return client.post(path, body, content_type="application/json", headers=signed)


def test_the_whole_way_with_a_report_through_the_callback(client, operator, entered):
    message = accepted()
    assert run_round(gateway_to(operator), 10, now=MORNING) == 1
    assert again(message).state == MessageState.SENT
    assert HandOver.objects.get().segments == 1
    told = {"reports": [{"message_id": "m-k1", "status": "DELIVRD", "done_at": "2026-11-23T10:00:05+08:00"}]}
    for _twice in range(2):
        answer = call(client, "reports", told)
        assert (answer.status_code, answer.json()) == (200, {"accepted": 1})
    assert again(message).state == MessageState.DELIVERED
    assert Receipt.objects.count() == 1


def test_a_report_that_comes_before_the_answer_counts(client, operator, entered):
    message = accepted()
    call(client, "reports", {"reports": [{"message_id": "m-k1", "status": "EXPIRED"}]})
    run_round(gateway_to(operator), 10, now=MORNING)
    assert (again(message).state, again(message).code) == (MessageState.FAILED, "EXPIRED")


def test_signs_that_no_database_takes_are_left_out(client, entered):
    reports = {"reports": [{"message_id": "1\x00", "status": "X\x00"}, {"message_id": "\x00", "status": ""}]}
    assert call(client, "reports", reports).status_code == 200
    assert list(Receipt.objects.values_list("gateway_id", "code")) == [("1", "X")]
    arrived = {"messages": [{"id": "\x00", "phone": "1\x00", "text": "5\x00", "to": "\x00"}]}
    assert call(client, "inbound", arrived).status_code == 200
    assert (InboundMessage.objects.get().phone, InboundMessage.objects.get().text) == ("1", "5")
    assert accepted("nul", to="139\x0012345678").why == "bad_number"


@pytest.mark.parametrize("door", ["reports", "inbound"])
def test_what_is_not_signed_well_is_turned_away(client, entered, door: str):
    path = reverse(f"messaging:{door}-callback", args=["operator"])
    assert client.get(path).status_code == 405
    assert client.post(path, b"{}", content_type="application/json").status_code == 401
    assert call(client, door, {}, secret="another").status_code == 401
    assert call(client, door, {}, gateway="nobody").status_code == 401
    assert call(client, door, {}, gateway="file").status_code == 401
    assert call(client, door, {}, age=400).status_code == 401
    for bad in (b"", b"[]", b"{", b'{"reports": 5, "messages": 5}', b"\xff", b"null"):
        answer = call(client, door, bad)
        assert answer.status_code == 422
        assert answer.json()["error"] == "invalid"
    many = {
        "reports": [{"message_id": "1", "status": "X"}] * 1001,
        "messages": [{"phone": "1", "text": ""}] * 1001,
    }
    assert call(client, door, many).status_code == 422
    assert not Receipt.objects.exists()
    assert not InboundMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_s_threads_follow_the_rows(operator):
    ready(clock_now())
    Rule.objects.filter(name__in=["quiet_from", "quiet_until"]).update(value="00:00")
    dead = {"url": "http://127.0.0.1:1/send", "account": "c", "timeout": "1", "batch": "5"}
    real_gateway("dead", 1)
    GatewayRow.objects.filter(name="dead").update(settings=dead)
    alive = {**dead, "url": f"http://127.0.0.1:{operator.server_port}/send"}
    real_gateway("alive", 2)
    GatewayRow.objects.filter(name="alive").update(settings=alive)
    keep_secret("dead", SECRET)
    keep_secret("alive", SECRET)
    messages = [accepted(f"k{number}", now=clock_now()) for number in range(7)]
    stop = threading.Event()
    worker = threading.Thread(target=run_until, args=(stop,), daemon=True)
    worker.start()
    try:
        wait_until(lambda: all(again(one).state == MessageState.SENT for one in messages))
        assert {again(one).gateway for one in messages} == {"alive"}
        assert GatewayRow.objects.get(name="dead").last_error
        GatewayRow.objects.update(enabled=False, changed_at=clock_now())
        wait_until(lambda: not [one for one in threading.enumerate() if one.name.startswith("messages-")])
        waits = accepted("later", now=clock_now())
    finally:
        stop.set()
        worker.join(20)
    assert again(waits).state == MessageState.QUEUED
    assert not worker.is_alive()


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Someone who takes up messages that are a figure."""
    taken: list[str] = []

    def act(row: InboundMessage, *, now: Any) -> bool:
        if row.text == "boom":
            raise ValueError("nobody expected this")
        if row.text.isdigit():
            taken.append(row.text)
            return True
        return False

    before = dict(inbound._acts)
    inbound._acts.clear()
    inbound.on_message("figures", act)
    yield taken
    inbound._acts.clear()
    inbound._acts.update(before)


def test_an_answer_is_kept_once_and_offered(client, entered, heard):
    said = {"messages": [{"id": "7", "phone": f"86{PHONE}", "text": "5", "to": "10690"}]}
    assert call(client, "inbound", said).json() == {"accepted": 1}
    call(client, "inbound", said)
    row = InboundMessage.objects.get()
    assert (row.phone, row.text, row.src_id) == (PHONE, "5", "10690")
    later = clock_now() + timedelta(seconds=1)
    jobs.hear_inbound(now=later)
    jobs.hear_inbound(now=later)
    assert heard == ["5"]
    assert InboundMessage.objects.get().handled_by == "figures"


@pytest.mark.django_db
def test_what_nobody_takes_up_stays_visible_and_trouble_is_tried_again(heard):
    ready()
    keep("谢谢", "boom")
    jobs.hear_inbound(now=MORNING)
    nobody, broken = InboundMessage.objects.order_by("pk")
    assert (nobody.handled_by, nobody.heard_at) == ("", MORNING)
    assert (broken.heard_at, broken.tries) == (None, 1)
    now = MORNING
    for _ in range(6):
        broken = InboundMessage.objects.get(text="boom")
        now = max(now, broken.next_try_at)
        jobs.hear_inbound(now=now)
    broken = InboundMessage.objects.get(text="boom")
    assert broken.heard_at is not None
    assert "ValueError" in broken.error


def keep(*texts: str) -> None:
    inbound.keep("operator", [Inbound(PHONE, text) for text in texts], now=MORNING)


@pytest.mark.django_db
def test_words_to_opt_out_and_back(heard):
    ready()
    waiting = accepted()
    keep(" td ")
    jobs.hear_inbound(now=MORNING)
    assert again(waiting).why == "opted_out"
    assert OptOut.objects.holding().count() == 1
    keep("退订", "TD")
    jobs.hear_inbound(now=MORNING)
    assert OptOut.objects.count() == 1
    keep("恢复")
    jobs.hear_inbound(now=MORNING)
    assert not OptOut.objects.holding().exists()
    assert accepted("later").state == MessageState.QUEUED
    keep("我要退订你们的短信")
    jobs.hear_inbound(now=MORNING)
    assert not OptOut.objects.holding().exists()


@pytest.mark.django_db
def test_a_megabyte_of_text_and_strange_signs_are_kept_short(heard):
    ready()
    keep("字" * 1_000_000, "\x00\x01😀" * 10)
    jobs.hear_inbound(now=MORNING)
    assert InboundMessage.objects.count() == 2
    assert len(InboundMessage.objects.order_by("pk").first().text) == 2000


@pytest.mark.django_db
def test_old_numbers_and_texts_are_deleted_and_counts_stay(heard):
    ready()
    message = accepted()
    jobs.send_waiting(now=MORNING)
    keep("谢谢")
    jobs.forget_old_texts(now=MORNING + timedelta(days=1095))
    assert again(message).phone == PHONE
    jobs.forget_old_texts(now=MORNING + timedelta(days=1096))
    message = again(message)
    assert (message.phone, message.text, message.segments) == ("", "", 1)
    assert InboundMessage.objects.get().phone == ""
    assert HandOver.objects.count() == 1
    assert GatewayRow.objects.exists()
