"""The client: one account's link to the operator's gateway, kept up for as long as it runs.

It has no thread of its own: the thread that owns it drives it with ``poll``. Each segment given to ``submit``
gets exactly one answer. A SUBMIT that had left the machine when the line died is ``UNSURE``: nobody can
tell whether the gateway took it. One that had not wholly left is ``AGAIN``: half a packet is no packet.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from chengyun.kernel import clock
from chengyun.messaging.cmpp import bind, codes, content
from chengyun.messaging.cmpp.incoming import Ack, Incoming
from chengyun.messaging.cmpp.line import Line, LineDown
from chengyun.messaging.cmpp.packets import (
    ActiveTest,
    ActiveTestResp,
    ConnectResp,
    Deliver,
    DeliverResp,
    Frame,
    Packet,
    Submit,
    SubmitResp,
    Terminate,
    TerminateResp,
    decode,
    encode,
)
from chengyun.messaging.cmpp.settings import Account, account_of
from chengyun.messaging.cmpp.window import Flying, Segment, Window
from chengyun.messaging.cmpp.wire import Malformed, Version
from chengyun.messaging.gateways import (
    Event,
    GatewaySettings,
    LinkState,
    Outgoing,
    SubmitAnswer,
    Taken,
)

log = logging.getLogger(__name__)
_BIND_TIMEOUT = 10.0
_GOODBYE = 1.0
_UNANSWERED_TESTS = 3
_GATHER, _LULL, _MANY = 0.03, 0.012, 400  # seconds, seconds without news, events
_TICK = 0.5  # seconds; timers are looked at this often at least


def make(settings: GatewaySettings) -> CmppLink:
    """The link of a gateway's row."""
    return CmppLink(account_of(settings))


class CmppLink:
    """A ``messaging.gateways.Link`` that speaks CMPP."""

    def __init__(
        self,
        account: Account,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = clock.now,
    ) -> None:
        self.account, self.name = account, account.name
        self._monotonic, self._wall = monotonic, wall
        self._events: list[Event] = []  # in the order in which they happened
        self._window, self._incoming = Window(account.window, account.rate), Incoming(self._events)
        self._line: Line | None = None
        self._up = self._started = False
        self._error = ""
        self._connection = self._sequence = 0
        self._version = account.version
        self._wait, self._retry_at = account.first_wait, 0.0
        self._since = self._heard_at = self._tested_at = 0.0
        self._tests = 0

    # --- what the owner calls -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to connect; from now on ``poll`` keeps the link up."""
        self._started = True
        self._retry_at = self._monotonic()
        self._connect()

    def room(self) -> int:
        """Segments that may be given now; a message counts as many as it has."""
        return self._window.room() if self._up and self._started else 0

    def submit(self, outgoing: Outgoing) -> None:
        """Take a message; its parts go as soon as window and pace allow."""
        texts = outgoing.segments
        for number, text in enumerate(texts, 1):
            segment = Segment(outgoing.message_id, outgoing.phone, text, number, len(texts))
            if self._up and self._started:
                self._window.waiting.append(segment)
            else:
                self._answer(segment, Taken.AGAIN, said=self._error or "链路未接通")
        self._pump()
        if self._line:
            self._line.flush()

    def poll(self, timeout: float = 0.0) -> list[Event]:
        """Drive the link and give what happened; waits up to ``timeout`` seconds for something.

        Once something happened it gathers for a moment what else does: the owner writes it to disk in one go.
        """
        until, gathering = self._monotonic() + timeout, False
        while True:
            before, left = len(self._events), max(0.0, until - self._monotonic())
            self._turn(min(left, _LULL) if before else left)
            happened = len(self._events)
            if happened and not gathering:
                until, gathering = min(until, self._monotonic() + _GATHER), True
            enough = happened >= _MANY or (before and happened == before)
            if enough or self._monotonic() >= until:
                events = list(self._events)
                self._events.clear()
                return events

    def stored(self, events: Sequence[Event]) -> None:
        """Acknowledge what is on disk."""
        self._incoming.stored(events)
        self._acknowledge()
        if self._line:
            self._line.flush()

    def state(self) -> LinkState:
        """Whether it is bound, the last trouble, and how many SUBMITs wait for their answer."""
        return LinkState(self._up, self._error, len(self._window.flying))

    def stop(self, timeout: float = 5.0) -> None:
        """Wait for open answers, say goodbye, close. What is not answered by then is ``UNSURE``."""
        self._started = False
        for segment in self._window.give_up_waiting():
            self._answer(segment, Taken.AGAIN, said="链路已停止")
        until = self._monotonic() + timeout
        while self._up and self._window.flying and self._monotonic() < until:
            self._turn(until - self._monotonic())
        if self._up:
            self._say(Terminate())
            until = self._monotonic() + _GOODBYE
            while self._line and self._monotonic() < until:
                self._turn(until - self._monotonic())
        self._lose("链路已停止")

    # --- the line --------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._connection += 1
        self._sequence, self._version = 0, self.account.version
        self._since = self._monotonic()
        try:
            self._line = Line(self.account.host, self.account.port)
        except LineDown as error:
            self._lose(str(error))
            return
        self._say(bind.connect(self.account.account, self.account.secret, self._version, self._wall()))

    def _turn(self, wait: float) -> None:
        """One turn: wait for the network or the next timer, handle what came, send what may go."""
        now = self._monotonic()
        if self._line is None:
            if self._started and now >= self._retry_at:
                self._connect()
            elif wait > 0:
                time.sleep(min(wait, max(0.0, self._retry_at - now) if self._started else wait))
            return
        soon = self._window.wait(now) if self._up else None
        wait = min(wait, _TICK, wait if soon is None else soon)
        try:
            for frame in self._line.turn(wait):
                self._heard_at, self._tests = self._monotonic(), 0
                self._handle(frame)
                if self._line is None:
                    return
            self._timers(self._monotonic())
        except LineDown as error:
            self._lose(str(error))
            return
        self._incoming.tick(self._monotonic())
        self._acknowledge()
        self._pump()
        if self._line:
            self._line.flush()

    def _timers(self, now: float) -> None:
        """Raise LineDown for a bind without answer and for a line that is dead; ask lines that are silent."""
        account = self.account
        if not self._up:
            if now - self._since >= min(_BIND_TIMEOUT, account.timeout):
                raise LineDown("网关对连接或登录没有应答")
            return
        for flying in self._window.overdue(now, account.timeout):
            self._answer(flying.segment, Taken.UNSURE, said="网关未在时限内应答")
        if (self._tests and now - self._tested_at >= account.test_again) or (
            not self._tests and now - self._heard_at >= account.active_test
        ):
            if self._tests >= _UNANSWERED_TESTS:
                raise LineDown("网关不应答链路检测")
            self._tests, self._tested_at = self._tests + 1, now
            self._say(ActiveTest())

    def _lose(self, why: str) -> None:
        """The connection is gone: settle what was on it and plan the next."""
        line, self._line = self._line, None
        sent = line.sent if line else 0
        if line:
            line.close()
        for flying in self._window.give_up_flying():
            self._settle(flying, left=flying.leaves_at <= sent, why=why)
        for segment in self._window.give_up_waiting():
            self._answer(segment, Taken.AGAIN, said=why)
        if self._started:
            log.warning("%s: %s; next try in %.1f s", self.name, why, self._wait)
            self._error = why
        self._up = False
        self._retry_at = self._monotonic() + self._wait
        self._wait = min(self.account.longest_wait, self._wait * 2)

    def _settle(self, flying: Flying, *, left: bool, why: str) -> None:
        self._answer(flying.segment, Taken.UNSURE if left else Taken.AGAIN, said=why)

    # --- packets ----------------------------------------------------------------------------------------

    def _handle(self, frame: Frame) -> None:
        version = self._version
        if not self._up and len(frame.body) == 18:
            version = Version.V2  # a gateway that speaks only 2.0 answers a 3.0 bind in its own layout
        try:
            packet = decode(frame, version)
        except Malformed as error:
            self._malformed(frame, error)
            return
        if not self._up:
            self._bound(packet, version)
        elif isinstance(packet, SubmitResp):
            self._submitted(packet, frame.sequence)
        elif isinstance(packet, Deliver):
            self._delivered(packet, frame)
        elif isinstance(packet, ActiveTest):
            self._say(ActiveTestResp(), frame.sequence)
        elif isinstance(packet, Terminate):
            self._say(TerminateResp(), frame.sequence)
            assert self._line
            self._line.flush()
            self._lose("网关主动断开")
        elif isinstance(packet, TerminateResp):
            self._lose("链路已停止")

    def _malformed(self, frame: Frame, error: Malformed) -> None:
        """A packet that cannot be read is refused if it is a delivery; the others get their time-out."""
        log.warning("%s: %s", self.name, error)
        if not self._up:
            raise LineDown(str(error))
        if frame.command == 5:
            msg_id = int.from_bytes(frame.body[:8], "big")
            self._say(DeliverResp(msg_id, 1), frame.sequence)

    def _bound(self, packet: Packet, version: Version) -> None:
        if not isinstance(packet, ConnectResp):
            raise LineDown(f"登录应答之前收到 {type(packet).__name__}")
        if packet.status:
            raise LineDown(f"网关拒绝登录：{codes.connect_said(packet.status)}")
        self._version, self._up, self._error = version, True, ""
        self._heard_at, self._tests = self._monotonic(), 0
        log.info("%s: bound to %s:%s", self.name, self.account.host, self.account.port)

    def _submitted(self, packet: SubmitResp, sequence: int) -> None:
        now, flying = self._monotonic(), self._window.flying.pop(sequence, None)
        if flying is None:
            log.warning("%s: an answer to a SUBMIT that is not waited for came: %s", self.name, packet)
            return
        self._wait = self.account.first_wait  # the gateway works: the next break is a new one
        if packet.result == codes.TOO_FAST:
            self._window.pace.too_fast(now)
        else:
            self._window.pace.accepted(now)
        self._answer(
            flying.segment,
            codes.taken(packet.result),
            gateway_id=str(packet.msg_id) if packet.result == 0 else "",
            code=str(packet.result),
            said=codes.submit_said(packet.result),
        )

    def _delivered(self, packet: Deliver, frame: Frame) -> None:
        ack = Ack(self._connection, frame.sequence, packet.msg_id)
        try:
            self._incoming.deliver(packet, ack, self._monotonic())
        except Malformed as error:
            self._malformed(frame, error)

    def _acknowledge(self) -> None:
        ready, self._incoming.ready = self._incoming.ready, []
        for ack in ready:
            # A packet's number is good on its own connection only; on the next one it is delivered again.
            if self._up and ack.connection == self._connection:
                self._say(DeliverResp(ack.msg_id, ack.result), ack.sequence)

    def _pump(self) -> None:
        """Write what window and pace allow."""
        now = self._monotonic()
        while self._up and (segment := self._window.next(now)) is not None:
            try:
                leaves_at = self._say(self._packet(segment))
            except Malformed as error:
                self._answer(segment, Taken.REFUSED, said=str(error))
                continue
            self._window.flying[self._sequence] = Flying(segment, leaves_at, now)

    def _packet(self, segment: Segment) -> Submit:
        # The reference is the same at every try, so that parts of two tries still fit together in the phone.
        piece = content.Piece(segment.text, segment.message_id & 0xFF, segment.total, segment.number)
        return Submit(
            destinations=(segment.phone,),
            content=content.octets_of(piece),
            tp_udhi=int(segment.total > 1),
            pk_total=segment.total,
            pk_number=segment.number,
            src_id=self.account.src_id,
            msg_src=self.account.account,
            service_id=self.account.service_id,
        )

    def _say(self, packet: Packet, sequence: int | None = None) -> int:
        """Write a packet; an own one gets the next number. Returns where in the stream it ends."""
        assert self._line
        if sequence is None:
            sequence = self._sequence % 0xFFFFFFFF + 1
            octets = encode(packet, sequence, self._version)
            self._sequence = sequence
        else:
            octets = encode(packet, sequence, self._version)
        return self._line.write(octets)

    def _answer(
        self, segment: Segment, taken: Taken, *, gateway_id: str = "", code: str = "", said: str = ""
    ) -> None:
        self._events.append(SubmitAnswer(segment.message_id, segment.number, taken, gateway_id, code, said))
