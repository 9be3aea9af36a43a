"""One client's connection to the simulator."""

from __future__ import annotations

import asyncio

from chengyun.messaging.cmpp import bind
from chengyun.messaging.cmpp.packets import (
    ActiveTest,
    ActiveTestResp,
    Connect,
    ConnectResp,
    DeliverResp,
    Frame,
    Frames,
    Packet,
    Submit,
    SubmitResp,
    Terminate,
    TerminateResp,
    decode,
    encode,
)
from chengyun.messaging.cmpp.simulator.gateway import Gateway
from chengyun.messaging.cmpp.wire import Malformed, Version

_DELIVER_EVERY = 0.01  # seconds between two looks at what is to be delivered


class Session:
    """Reads until the client goes, is sent away, or is cut off."""

    def __init__(self, gateway: Gateway, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.gateway, self._reader, self._writer = gateway, reader, writer
        self._version: Version | None = None  # None before the bind
        self._sequence, self._open = 0, True

    async def run(self) -> None:
        """Serve the connection to its end."""
        frames = Frames()
        delivering: asyncio.Task[None] | None = None
        try:
            while self._open and (octets := await self._reader.read(65_536)):
                for frame in frames.feed(octets):
                    self._handle(frame)
                    if not self._open:
                        break
                    if self._version is not None and delivering is None:
                        delivering = asyncio.create_task(self._deliver())
        except (Malformed, ConnectionError) as error:
            self.gateway.journal.write("broken", said=str(error))
        finally:
            if delivering:
                delivering.cancel()
            self.close()

    def close(self) -> None:
        """Hang up."""
        self._open = False
        self._writer.close()

    def cut(self) -> None:
        """Break the connection without a word."""
        self._open = False
        self._writer.transport.abort()

    def _handle(self, frame: Frame) -> None:
        version = self._version or Version.V2
        packet = decode(frame, version)
        if self._version is None:
            self._bind(packet, frame)
        elif isinstance(packet, Submit):
            self._submit(packet, frame.sequence)
        elif isinstance(packet, ActiveTest):
            self.gateway.journal.write("active test")
            if not self.gateway.behaviour.silent:
                self._say(ActiveTestResp(), frame.sequence)
        elif isinstance(packet, DeliverResp):
            self._acknowledged(packet, frame.sequence)
        elif isinstance(packet, Terminate):
            self._say(TerminateResp(), frame.sequence)
            self.gateway.journal.write("goodbye")
            self.close()

    def _bind(self, packet: Packet, frame: Frame) -> None:
        behaviour = self.gateway.behaviour
        if not isinstance(packet, Connect):
            raise Malformed(f"{type(packet).__name__} before the bind")
        spoken = Version.spoken(packet.version)
        version = spoken if spoken in behaviour.versions else Version(behaviour.versions[0])
        status = 0
        if packet.source_addr != behaviour.user:
            status = 2
        elif not bind.proves(packet, behaviour.secret):
            status = 3
        elif spoken not in behaviour.versions:
            status = 4
        proof = bind.answer(status, packet.authenticator, behaviour.secret, version)
        self._version = version
        self._say(ConnectResp(status, proof, version), frame.sequence)
        event = "refused bind" if status else "bind"
        self.gateway.journal.write(
            event, user=packet.source_addr, version=f"{packet.version:#x}", status=status
        )
        if status:
            self.close()
            return
        self.gateway.wide = version is Version.V3
        self.gateway.deliveries.new_connection()

    def _submit(self, packet: Submit, sequence: int) -> None:
        loop = asyncio.get_running_loop()
        verdict = self.gateway.submit(packet, loop.time())
        if verdict.kill:
            self.gateway.journal.write("killed")
            self.cut()
        elif verdict.answered:
            answer = SubmitResp(verdict.msg_id, verdict.result)
            if self.gateway.behaviour.report_first:
                self._deliver_now()
            if self.gateway.behaviour.delay:
                loop.call_later(self.gateway.behaviour.delay, self._say, answer, sequence)
            else:
                self._say(answer, sequence)

    def _acknowledged(self, packet: DeliverResp, sequence: int) -> None:
        delivered = self.gateway.deliveries.acknowledged(sequence)
        if delivered is not None:
            self.gateway.journal.write("acknowledged", delivery=str(packet.msg_id), result=packet.result)

    async def _deliver(self) -> None:
        while self._open:
            self._deliver_now()
            await asyncio.sleep(_DELIVER_EVERY)

    def _deliver_now(self) -> None:
        now = asyncio.get_running_loop().time()
        while (packet := self.gateway.deliveries.next(self._sequence + 1, now)) is not None:
            self._sequence += 1
            self._say(packet, self._sequence)

    def _say(self, packet: Packet, sequence: int) -> None:
        if self._open:
            self._writer.write(encode(packet, sequence, self._version or Version.V2))
