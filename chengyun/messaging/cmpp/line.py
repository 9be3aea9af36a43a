"""One TCP connection that never blocks: frames go in and out, and it is known which ones have left the machine."""

from __future__ import annotations

import os
import selectors
import socket
from collections.abc import Iterator

from chengyun.messaging.cmpp.packets import Frame, Frames
from chengyun.messaging.cmpp.wire import Malformed

_PIECE = 65_536


class LineDown(Exception):
    """The connection is gone; the text says why."""


class Line:
    """A connection under way or open. ``sent`` counts octets given to the network, ``written`` those asked for."""

    def __init__(self, host: str, port: int) -> None:
        self._frames, self._waiting = Frames(), bytearray()
        self.sent = self.written = 0
        self.open = False
        try:
            family, kind, proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            self._socket = socket.socket(family, kind, proto)
        except OSError as error:
            raise LineDown(f"{host}:{port}: {error.strerror or error}") from None
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._socket, selectors.EVENT_WRITE)
        try:
            self._socket.connect(address)
        except BlockingIOError:
            pass
        except OSError as error:
            self.close()
            raise LineDown(f"{host}:{port}: {error.strerror or error}") from None

    def write(self, octets: bytes) -> int:
        """Send as soon as the network takes it; return the value of ``sent`` at which it has wholly left."""
        self._waiting += octets
        self.written += len(octets)
        return self.written

    def turn(self, timeout: float) -> Iterator[Frame]:
        """Wait up to ``timeout`` seconds for the network, then send and receive what is possible.

        Raises LineDown when the connection is gone, refused, or brings octets that are no frames. Frames
        that came before are given first.
        """
        wanted = selectors.EVENT_READ if self.open else 0
        if self._waiting or not self.open:
            wanted |= selectors.EVENT_WRITE
        self._selector.modify(self._socket, wanted)
        ready = self._selector.select(timeout)
        events = ready[0][1] if ready else 0
        if events & selectors.EVENT_WRITE:
            self._opened()
        if events & selectors.EVENT_READ:
            yield from self._receive()  # first: answers that wait here must not be lost to a failing send
        if events & selectors.EVENT_WRITE:
            self._send()

    def flush(self) -> None:
        """Send at once what the network takes; a failure shows at the next turn."""
        if self.open and self._waiting:
            try:
                self._send()
            except LineDown:
                return

    def _opened(self) -> None:
        if self.open:
            return
        problem = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if problem:
            raise LineDown(os.strerror(problem))
        self.open = True

    def _send(self) -> None:
        while self._waiting:
            try:
                count = self._socket.send(self._waiting)
            except BlockingIOError:
                return
            except OSError as error:
                raise LineDown(error.strerror or str(error)) from None
            del self._waiting[:count]
            self.sent += count

    def _receive(self) -> Iterator[Frame]:
        while True:
            try:
                octets = self._socket.recv(_PIECE)
            except BlockingIOError:
                return
            except OSError as error:
                raise LineDown(error.strerror or str(error)) from None
            if not octets:
                raise LineDown("网关关闭了连接")
            try:
                yield from self._frames.feed(octets)
            except Malformed as error:
                raise LineDown(str(error)) from None
            if len(octets) < _PIECE:
                return

    def close(self) -> None:
        """Let go of the connection; what has not been sent is dropped."""
        self._selector.close()
        self._socket.close()
