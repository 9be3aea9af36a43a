"""Small facts about processes: dying with the parent, asking whether a port is free."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone: a killed server leaves no orphan at work."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it went away between the two lines
        os.kill(os.getpid(), signal.SIGTERM)


def port_is_taken(address: str, port: int) -> str | None:
    """Why this address cannot be listened at, or None.

    The server shares its port among its workers (SO_REUSEPORT), so a second server would start without
    an error and take half of the requests: hence this question first.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
    return None
