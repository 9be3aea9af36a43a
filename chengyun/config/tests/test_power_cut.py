"""The power is cut while clerks write: every acknowledged case is there afterwards, and none by half."""

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

import pytest

from chengyun.config.testing.cluster import Cluster, throw_away_cluster
from chengyun.config.testing.real_server import RealServer

# --- the door that is tried; everything else in this file is the same for any door ---------------
CREATE = "/api/v1/cases"
READ = "/api/v1/cases/{number}"
TOKEN = ("api-token", "--post", "intake", "--note", "power cut")  # prints the token alone on its last line
VERIFY = ("audit", "verify")
HISTORY = "events"  # where a case's history stands in the answer


def new_case() -> dict[str, str]:
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "hotline",
        "title": "友谊路近牡丹江路路灯不亮",
        "description": "市民来电反映路灯已连续三晚不亮，夜间行人通行不便。",
        "appeal_type": "complaint",
    }


# -------------------------------------------------------------------------------------------------

WRITERS = 8
CUTS = 3
ACKNOWLEDGED_BEFORE_CUT = 150


@dataclass
class Clerks:
    """Writers that send cases until the line goes dead; ``acknowledged`` maps client id to case number."""

    server: RealServer
    token: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def work(self) -> None:
        connection = self.server.connection(timeout=10)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            while True:
                case = new_case()
                self.sent[case["client_id"]] = case
                connection.request("POST", CREATE, json.dumps(case), headers)
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 201:
                    self.acknowledged[case["client_id"]] = json.loads(text)["number"]
                else:
                    self.refused.append(f"{answer.status} {text[:300]!r}")
                    return
        except (OSError, http.client.HTTPException, ValueError):
            return  # the power is gone

    def work_until_cut(self, cut: threading.Event, cluster: Cluster | None, wanted: int) -> None:
        threads = [threading.Thread(target=self.work) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 60
        while len(self.acknowledged) < wanted and not self.refused and time.monotonic() < until:
            time.sleep(0.01)
        self.server.kill()
        if cluster is not None:
            cluster.kill()
        cut.set()
        for thread in threads:
            thread.join(30)


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
    made = RealServer(tmp_path / "data", cluster.url if cluster else "")
    made.start("--no-rehearsal")
    yield made
    made.kill()


@pytest.mark.slow
def test_every_acknowledged_case_survives_a_power_cut(server: RealServer, cluster: Cluster | None):
    told = server.run(*TOKEN)
    assert told.returncode == 0, told.stdout + told.stderr
    clerks = Clerks(server, told.stdout.split()[-1])
    for round_ in range(1, CUTS + 1):
        cut = threading.Event()
        clerks.work_until_cut(cut, cluster, ACKNOWLEDGED_BEFORE_CUT * round_)
        assert not clerks.refused, clerks.refused[0]
        assert len(clerks.acknowledged) >= ACKNOWLEDGED_BEFORE_CUT * round_
        if cluster is not None:
            cluster.start()
        server.start()
        verified = server.run(*VERIFY)
        assert verified.returncode == 0, verified.stdout + verified.stderr

    numbers = list(clerks.acknowledged.values())
    assert len(set(numbers)) == len(numbers), "a number was given twice"
    headers = {"Authorization": f"Bearer {clerks.token}"}
    for number in numbers:
        status, case = server.ask("GET", READ.format(number=number), headers=headers)
        assert status == 200, f"{number} was acknowledged and is gone"
        assert case["number"] == number
        assert case[HISTORY], f"{number} has no history"

    # Whoever got no answer sends again: no case comes twice, and a case that was there keeps its number.
    for client_id, case in clerks.sent.items():
        status, again = server.ask("POST", CREATE, case, headers)
        assert status in (200, 201)
        assert again["number"] == clerks.acknowledged.get(client_id, again["number"])
