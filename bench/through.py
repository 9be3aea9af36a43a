"""Drives ``bench.sms``: a simulator in a process of its own, the server's worker as it runs."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.sms import ACCOUNT, SECRET
from chengyun.config.testing.real_server import RealServer

MOST = 300  # seconds


@contextmanager
def simulator(server: RealServer) -> Iterator[tuple[int, Path]]:
    """A simulator that answers at once and reports; its port and its lines."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lines = server.data / "simulator.jsonl"
    command = [sys.executable, "-m", "chengyun.config.cli", "cmpp-simulator", "--port", str(port)]
    options = ["--user", ACCOUNT, "--secret", SECRET, "--log", str(lines), "--deliver-window", "64"]
    process = subprocess.Popen([*command, *options], env=server.surroundings, stderr=subprocess.DEVNULL)
    try:
        yield port, lines
    finally:
        process.terminate()
        process.wait()


def messages(server: RealServer, count: int) -> dict[str, Any]:
    """Send so many; returns what came of it. Raises SystemExit if it takes too long or something was lost."""
    with simulator(server) as (port, lines):
        _ask(server, "prepare", str(port), str(count))
        end = time.monotonic() + MOST
        told: dict[str, Any] = {}
        while time.monotonic() < end:
            time.sleep(2)
            told = json.loads(_ask(server, "result"))
            if told["states"].get("delivered", 0) == count:
                break
        else:
            raise SystemExit(f"messages: not done after {MOST} s: {told}")
    accepted = sum(1 for line in lines.open(encoding="utf-8") if '"event": "message"' in line)
    if accepted != count or told["twice"]:
        raise SystemExit(f"messages: {count} written, the simulator saw {accepted}, {told}")
    return told


def _ask(server: RealServer, *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.sms", *arguments]
    done = subprocess.run(command, env=server.surroundings, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout
