"""The product as its users start it: `chengyun up` in processes and a data folder of its own."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREPARED = "prepared-without-rehearsal"
STARTS_WITHIN = 120.0  # seconds, with a first preparation


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RealServer:
    """``data`` is its data folder; ``database_url`` is "" for the embedded database."""

    data: Path
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CHENGYUN_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)  # pytest sets it to the settings of tests
        ours = {"DATA": str(self.data), "DATABASE_URL": self.database_url, "PORT": str(self.port)}
        return kept | {f"CHENGYUN_{name}": value for name, value in (ours | self.settings).items()}

    def run(self, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run another command of the console on the same data."""
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "chengyun.config.cli", *arguments],
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def start(self, *options: str) -> float:
        """Start and wait for the first answer; return the seconds it took."""
        began = time.monotonic()
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "chengyun.config.cli", "up", *options],
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, to be killed as one
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - began > STARTS_WITHIN:
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.02)
        return time.monotonic() - began

    def log(self) -> str:
        """The end of what the server said."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def answers(self) -> bool:
        """Tell whether it is alive, and its database too."""
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """One request with a JSON body; the status and the answer's JSON (None if it is not JSON)."""
        connection = self.connection()
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, json.loads(text) if is_json else None

    def members(self) -> list[int]:
        """The processes of the server, by their session."""
        assert self.process is not None
        found = []
        for name in os.listdir("/proc"):
            try:
                if name.isdigit() and os.getsid(int(name)) == self.process.pid:
                    found.append(int(name))
            except OSError:
                continue  # it ended while we looked
        return found

    def memory(self) -> float:
        """Megabytes that the server takes from the machine; shared pages are counted once (Pss)."""
        total = 0
        for member in self.members():
            text = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
            found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
            total += int(found[1]) if found else 0
        return total / 1024

    def kill(self) -> None:
        """As if the power were cut: SIGKILL to every process of the server at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """Ask it to end; return its exit code."""
        assert self.process is not None
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


def prepared_folder(target: Path) -> RealServer:
    """A server that stands still on an embedded database with the reference data.

    Preparing takes many seconds: the first who asks in a run does it, the others get a copy.
    """
    own = Path(os.environ["CHENGYUN_DATA"])
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / f"{PREPARED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / PREPARED).exists():
            first = RealServer(shared / "being-prepared")
            first.start("--no-rehearsal")
            first.stop()
            first.data.rename(shared / PREPARED)
    shutil.copytree(shared / PREPARED, target)
    return RealServer(target)
