"""The server: in a thread of its own for tests and measurements, or for as long as a command runs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from chengyun.messaging.cmpp.simulator.behaviour import Behaviour
from chengyun.messaging.cmpp.simulator.gateway import Gateway
from chengyun.messaging.cmpp.simulator.journal import Journal
from chengyun.messaging.cmpp.simulator.session import Session


class Simulator:
    """Use it in a ``with`` block; ``port`` is the one it listens at, a free one if 0 was asked for."""

    def __init__(
        self,
        behaviour: Behaviour | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        journal: Journal | None = None,
    ) -> None:
        self.behaviour = behaviour or Behaviour()
        self.journal = journal or Journal()
        self.host, self.port = host, port
        self.gateway = Gateway(self.behaviour, self.journal)
        self._sessions: set[Session] = set()
        self._ready, self._end = threading.Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._problem: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="cmpp-simulator", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._problem:
            raise self._problem
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def receive(self, phone: str, text: str, *, destination: str = "", fmt: int = 8) -> None:
        """A citizen sends this text now."""
        self._call(lambda: self.gateway.receive(phone, text, destination=destination, fmt=fmt))

    def cut(self) -> None:
        """Break every connection, as a cable would."""
        self._call(self._cut)

    def stop(self) -> None:
        """Stop listening and break every connection."""
        if self._thread.is_alive():
            self._call(self._end.set)
            self._thread.join()

    def wait(self) -> None:
        """Wait until it is stopped."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def _call(self, act: Callable[[], object]) -> None:
        assert self._loop
        self._loop.call_soon_threadsafe(act)

    def _cut(self) -> None:
        for session in list(self._sessions):
            session.cut()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            server = await asyncio.start_server(self._session, self.host, self.port)
        except OSError as error:
            self._problem = error
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()
        self._cut()
        while self._sessions:
            await asyncio.sleep(0.005)

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session(self.gateway, reader, writer)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)
