"""The power is cut while clerks write: every acknowledged change is there afterwards, and none by half."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from chengyun.config.testing.cluster import Cluster, throw_away_cluster
from chengyun.config.testing.real_server import RealServer, prepared_folder

CASES = "/api/v1/cases"
TOKEN = ("api-token", "--post", "intake", "--note", "power cut")  # prints the token alone on its last line
WRITERS = 8
CUTS = 2
ACKNOWLEDGED_BEFORE_CUT = 120


def new_case() -> dict[str, str]:
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "hotline",
        "title": "友谊路近牡丹江路路灯不亮",
        "description": "市民来电反映路灯已连续三晚不亮，夜间行人通行不便。",
        "appeal_type": "complaint",
    }


class Line:
    """A kept connection that speaks JSON."""

    def __init__(self, server: RealServer, token: str) -> None:
        self._connection = server.connection(timeout=10)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = None if body is None else json.dumps(body)
        self._connection.request(method, path, sent, self._headers)
        answer = self._connection.getresponse()
        return answer.status, json.loads(answer.read())


@dataclass
class Clerks:
    """Writers that open cases, and settle every second one, until the line goes dead.

    ``opened`` maps client id to case number, ``settled`` holds numbers: all that was acknowledged.
    """

    server: RealServer
    token: str
    opened: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def work(self, settles: bool) -> None:
        line = Line(self.server, self.token)
        try:
            while not self.refused:
                case = new_case()
                self.sent[case["client_id"]] = case
                status, said = line.ask("POST", CASES, case)
                if status == 201:
                    self.opened[case["client_id"]] = said["number"]
                    if settles:
                        path = f"{CASES}/{said['number']}/verbs/resolve_at_once"
                        status, said = line.ask("POST", path, {"seen": 1, "said": {"reply": "已说明。"}})
                        if status == 200:
                            self.settled.add(said["number"])
                if status >= 400:
                    self.refused.append(f"{status} {said}")
        except (OSError, http.client.HTTPException, ValueError):
            return  # the power is gone

    def work_until_cut(self, cluster: Cluster | None, wanted: int) -> None:
        threads = [threading.Thread(target=self.work, args=(n % 2 == 0,)) for n in range(WRITERS)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 30
        while len(self.opened) < wanted and not self.refused and time.monotonic() < until:
            time.sleep(0.005)
        self.server.kill()
        if cluster is not None:
            cluster.kill()
        for thread in threads:
            thread.join(15)


@pytest.fixture
def cluster() -> Iterator[Cluster | None]:
    """A PostgreSQL that keeps its promises to the disk, when the run is on PostgreSQL."""
    if os.environ.get("CHENGYUN_TEST_DATABASE") != "postgresql":
        yield None
        return
    made = throw_away_cluster(durable=True)
    yield made
    made.stop()


@pytest.fixture
def server(tmp_path: Path, cluster: Cluster | None) -> Iterator[RealServer]:
    data = tmp_path / "data"
    made = RealServer(data, cluster.url) if cluster else prepared_folder(data)
    made.start("--no-rehearsal")
    yield made
    made.kill()


@pytest.mark.own_database
@pytest.mark.slow
def test_every_acknowledged_change_survives_a_power_cut(server: RealServer, cluster: Cluster | None):
    told = server.run(*TOKEN)
    assert told.returncode == 0, told.stdout + told.stderr
    clerks = Clerks(server, told.stdout.split()[-1])
    for round_ in range(1, CUTS + 1):
        clerks.work_until_cut(cluster, ACKNOWLEDGED_BEFORE_CUT * round_)
        assert not clerks.refused, clerks.refused[0]
        assert len(clerks.opened) >= ACKNOWLEDGED_BEFORE_CUT * round_
        if cluster is not None:
            cluster.start()
        server.start()
        verified = server.run("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
    line = Line(server, clerks.token)
    assert_all_there(clerks, line)
    assert_sent_again_once(clerks, line)


def assert_all_there(clerks: Clerks, line: Line) -> None:
    """What was acknowledged is there, whole: the state, the history that leads to it, the clock."""
    numbers = list(clerks.opened.values())
    assert len(set(numbers)) == len(numbers), "a number was given twice"
    for number in numbers:
        status, case = line.ask("GET", f"{CASES}/{number}")
        assert status == 200, f"{number} was acknowledged and is gone"
        assert [event["seq"] for event in case["events"]] == list(range(1, case["version"] + 1))
        assert case["events"][-1]["to_state"] == case["state"]
        assert (case["state"] == "closed") == (case["due_at"] is None)
        if number in clerks.settled:
            assert case["state"] == "closed", f"{number} was acknowledged as closed and is open"


def assert_sent_again_once(clerks: Clerks, line: Line) -> None:
    """Whoever got no answer sends again: no case comes twice, none changes its number, none is missing."""
    numbers = []
    for client_id, case in clerks.sent.items():
        status, again = line.ask("POST", CASES, case)
        assert status in ((200,) if client_id in clerks.opened else (200, 201))
        assert again["number"] == clerks.opened.get(client_id, again["number"])
        numbers.append(again["number"])
    assert len(set(numbers)) == len(numbers)
    for series in {number.rpartition("-")[0] for number in numbers}:
        serials = sorted(int(n.rpartition("-")[2]) for n in numbers if n.startswith(series))
        assert serials == list(range(1, len(serials) + 1)), "there is a gap between the numbers"
