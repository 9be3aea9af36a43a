"""No test speaks to the world: a connection to anything but this machine is an error."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def is_here(address: Any) -> bool:
    """Tell whether a socket address is on this machine: a Unix socket or a loopback address."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).split("%")[0]
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def forbid() -> None:
    """Put the guard before Python's own sockets, for the life of this process."""
    for name in ("connect", "connect_ex"):
        _guard(name)


def _guard(name: str) -> None:
    real = getattr(socket.socket, name)

    def guarded(self: socket.socket, address: Any) -> Any:
        if not is_here(address):
            raise NetworkForbidden(f"a test tried to reach {address}; tests stay on this machine")
        return real(self, address)

    setattr(socket.socket, name, guarded)
