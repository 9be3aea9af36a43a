"""The simulated gateway itself: what it does with a SUBMIT, whatever connection it came on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chengyun.kernel.clock import local, now
from chengyun.messaging.cmpp import codes, content
from chengyun.messaging.cmpp.packets import Deliver, Submit
from chengyun.messaging.cmpp.simulator.behaviour import Behaviour, Dice, Reply
from chengyun.messaging.cmpp.simulator.deliveries import Deliveries
from chengyun.messaging.cmpp.simulator.journal import Journal
from chengyun.messaging.cmpp.simulator.numbering import Numbers, Whole
from chengyun.messaging.cmpp.wire import Malformed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a SUBMIT: its result and numbers, whether it is answered, whether the line breaks."""

    result: int
    msg_id: int
    answered: bool = True
    kill: bool = False


class Gateway:
    """Lives longer than a connection: counts, numbers, what is still to be delivered."""

    def __init__(self, behaviour: Behaviour, journal: Journal) -> None:
        self.behaviour, self.journal = behaviour, journal
        self.dice, self.numbers = Dice(behaviour), Numbers()
        self.deliveries = Deliveries(behaviour.deliver_window, behaviour.deliver_again)
        self.wide = False  # reports in the layout of 3.0; the last bind decides
        self._whole, self._submits, self._kills = Whole(), 0, 0
        self._second, self._in_second = 0, 0

    def submit(self, packet: Submit, clock: float) -> Verdict:
        """Take a SUBMIT and write down what was decided."""
        self._submits += 1
        behaviour = self.behaviour
        kill = self._killing()
        result = codes.TOO_FAST if self._too_fast(clock) else self.dice.result()
        answered = not kill and not self.dice.falls(behaviour.lose_answers)
        verdict = Verdict(result, self.numbers.next(now()) if result == 0 else 0, answered, kill)
        try:
            piece = content.read(packet.content, fmt=packet.msg_fmt, udhi=packet.tp_udhi)
        except Malformed:
            verdict = Verdict(1, 0)
            piece = content.Piece("")
        for phone in packet.destinations:
            self.journal.write(
                "submit",
                msg_id=str(verdict.msg_id),
                phone=phone,
                text=piece.text,
                part=piece.number,
                parts=piece.total,
                reference=piece.reference,
                result=verdict.result,
                answered=verdict.answered,
            )
            if verdict.result == 0:
                self._accepted(packet, verdict, phone, piece)
        return verdict

    def receive(self, phone: str, text: str, *, destination: str = "", fmt: int = content.UCS2) -> None:
        """A citizen sends this; long texts come in parts."""
        pieces = content.cut(text, self.numbers.next(now()) & 0xFF, fmt)
        self.journal.write("incoming", phone=phone, text=text, parts=len(pieces))
        for piece in pieces:
            octets, udhi = content.octets_of(piece, fmt), int(piece.total > 1)
            self.deliveries.add(
                Deliver(self.numbers.next(now()), destination, phone, octets, msg_fmt=fmt, tp_udhi=udhi)
            )

    def _killing(self) -> bool:
        every = self.behaviour.kill_after
        if every and self._submits % every == 0 and self._kills < self.behaviour.kills:
            self._kills += 1
            return True
        return False

    def _too_fast(self, clock: float) -> bool:
        if not self.behaviour.throttle:
            return False
        if int(clock) != self._second:
            self._second, self._in_second = int(clock), 0
        self._in_second += 1
        return self._in_second > self.behaviour.throttle

    def _accepted(self, packet: Submit, verdict: Verdict, phone: str, piece: content.Piece) -> None:
        if packet.registered_delivery and self.behaviour.reports:
            self._report_later(verdict.msg_id, phone)
        whole = self._whole.add(phone, piece)
        if whole is None:
            return
        self.journal.write("message", phone=phone, text=whole, parts=piece.total)
        for reply in self.behaviour.replies:
            if reply.pattern.search(whole):
                self._reply_later(reply, phone, packet.src_id)
                break

    def _reply_later(self, reply: Reply, phone: str, src_id: str) -> None:
        asyncio.get_running_loop().call_later(
            reply.delay, lambda: self.receive(phone, reply.text, destination=src_id, fmt=reply.fmt)
        )

    def _report_later(self, msg_id: int, phone: str) -> None:
        if self.dice.falls(self.behaviour.lose_reports):
            self.journal.write("lost report", msg_id=str(msg_id))
            return
        stat = self.dice.stat()
        times = 2 if self.dice.falls(self.behaviour.duplicate_reports) else 1
        for _time in range(times):
            if self.behaviour.report_first:
                self._report(msg_id, phone, stat)
            else:
                asyncio.get_running_loop().call_later(
                    self.behaviour.delay + self.dice.later(), self._report, msg_id, phone, stat
                )

    def _report(self, msg_id: int, phone: str, stat: str) -> None:
        moment = now()
        minute = f"{local(moment):%y%m%d%H%M}"
        report = content.Report(msg_id, stat, minute, minute, phone)
        octets = content.report_octets(report, wide=self.wide)
        self.journal.write("report", msg_id=str(msg_id), stat=stat)
        self.deliveries.add(
            Deliver(self.numbers.next(moment), "", phone, octets, msg_fmt=0, registered_delivery=1)
        )
