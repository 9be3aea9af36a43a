"""`chengyun up`: starts, says what is wrong, stops."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chengyun.config.testing.cluster import throw_away_cluster
from chengyun.config.testing.real_server import RealServer, prepared_folder


@pytest.fixture
def server(tmp_path: Path) -> RealServer:
    return RealServer(tmp_path / "data")


@pytest.fixture(scope="module")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    if os.environ.get("CHENGYUN_TEST_DATABASE") != "postgresql":
        made = prepared_folder(tmp_path_factory.mktemp("up") / "data")
        yield made
        made.kill()
        return
    cluster = throw_away_cluster()
    made = RealServer(tmp_path_factory.mktemp("up"), cluster.url)
    try:
        made.start("--no-rehearsal")
        made.stop()
        yield made
    finally:
        made.kill()
        cluster.stop()


@pytest.fixture
def prepared(prepared_once: RealServer) -> Iterator[RealServer]:
    """A data folder on which everything is ready; the server stands still."""
    yield prepared_once
    prepared_once.kill()


def refusal(server: RealServer) -> str:
    """What `chengyun up` says when it will not start."""
    done = server.run("up", timeout=60)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr


def test_a_taken_port_is_named(server: RealServer):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server.port = other.getsockname()[1]
        said = refusal(server)
    assert f"127.0.0.1:{server.port}" in said
    assert "CHENGYUN_PORT" in said


def test_a_bad_setting_is_named(server: RealServer):
    server.settings = {"WORKERS": "many", "LANGUAGE": "fr"}
    said = refusal(server)
    assert "CHENGYUN_WORKERS=many" in said
    assert "CHENGYUN_LANGUAGE=fr" in said


def test_a_data_folder_that_cannot_be_made_is_named(server: RealServer, tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    server.data = tmp_path / "file" / "data"
    assert "CHENGYUN_DATA" in refusal(server)


def test_a_database_that_does_not_answer_is_named(server: RealServer):
    server.database_url = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "CHENGYUN_DATABASE_URL" in refusal(server)


@pytest.mark.slow
def test_a_command_prepares_a_folder_where_nothing_ran_yet(server: RealServer, tmp_path: Path):
    file = tmp_path / "requests.csv"
    columns = (
        "case_enquiry_id,open_dt,target_dt,closed_dt,case_title,reason,type,queue,closure_reason,location"
    )
    values = "1,2011-07-01 01:32:33,2011-07-15 01:32:32,2011-07-01 05:06:58,Light,Lights,Light,PWDx,Replaced,River St"
    more = ("longitude,latitude,source,department,case_status", "-71.07,42.27,Self Service,PWDx,Closed")
    file.write_text(f"{columns},{more[0]}\n{values},{more[1]}\n")
    done = server.run("import-orders", str(file), "--mapping", "boston_311", "--json")
    assert done.returncode == 0, done.stderr
    assert '"created": 1' in done.stdout
    assert "Preparing" in done.stderr
    assert server.run("audit", "verify").returncode == 0


@pytest.mark.own_database
@pytest.mark.slow
def test_a_prepared_product_starts_stays_small_and_stops_cleanly(prepared: RealServer):
    prepared.start("--no-rehearsal")
    status, said = prepared.ask("GET", "/healthz")
    assert (status, said["database"]) == (200, True)
    time.sleep(2)
    assert prepared.memory() < 350
    assert prepared.stop() == 0
    assert prepared.members() == []
    assert "Traceback" not in prepared.log()


@pytest.mark.slow
def test_nothing_goes_on_when_the_first_process_is_killed(prepared: RealServer):
    prepared.start("--no-rehearsal")
    assert prepared.process is not None
    os.kill(prepared.process.pid, signal.SIGKILL)
    prepared.process.wait()
    until = time.monotonic() + 10
    while prepared.members() and time.monotonic() < until:
        time.sleep(0.05)
    assert prepared.members() == []


@pytest.mark.slow
def test_a_process_that_dies_is_replaced(prepared: RealServer):
    prepared.start("--no-rehearsal")
    assert prepared.process is not None
    before = set(prepared.members())
    for member in before - {prepared.process.pid}:
        os.kill(member, signal.SIGKILL)
    until = time.monotonic() + 20
    while len(set(prepared.members()) - before) < len(before) - 1 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(set(prepared.members()) - before) == len(before) - 1
    while not prepared.answers() and time.monotonic() < until:
        time.sleep(0.1)
    assert prepared.answers()
