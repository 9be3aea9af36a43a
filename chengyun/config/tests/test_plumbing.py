"""What the tests stand on, and the small parts of the house."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from pydantic import ValidationError

from chengyun.config import background, prepared
from chengyun.config.environment import Environment
from chengyun.config.one_worker import OneWorker
from chengyun.config.plainly import plainly
from chengyun.config.schedule import Job
from chengyun.config.testing.network import NetworkForbidden, is_here
from chengyun.kernel.errors import Refused

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("address", [("127.0.0.1", 80), ("::1", 80, 0, 0), ("localhost", 1), "/tmp/socket"])
def test_this_machine_is_here(address):
    assert is_here(address)


def test_no_test_reaches_another_machine():
    with socket.socket() as line, pytest.raises(NetworkForbidden):
        line.connect(("192.0.2.1", 80))


def test_no_test_writes_beside_the_source(data_folder: Path):
    from django.conf import settings

    assert settings.MEDIA_ROOT.is_relative_to(data_folder)
    assert settings.STATIC_ROOT.is_relative_to(data_folder)
    assert not data_folder.is_relative_to(Path(__file__).resolve().parents[3])


def test_a_refusal_becomes_a_sentence():
    with pytest.raises(click.ClickException, match="不行"), plainly():
        raise Refused("不行")


def test_a_bad_setting_becomes_a_sentence(monkeypatch):
    monkeypatch.setenv("CHENGYUN_PORT", "70000")
    with pytest.raises(ValidationError):
        Environment()
    with pytest.raises(click.ClickException, match="CHENGYUN_PORT=70000"), plainly():
        Environment()


def test_an_unforeseen_error_is_not_hidden():
    with pytest.raises(ZeroDivisionError), plainly():
        _ = 1 / 0


def test_one_worker_at_a_time(tmp_path: Path):
    surroundings = Environment(data=tmp_path, database_url="")
    stop = threading.Event()
    with OneWorker(surroundings) as first, OneWorker(surroundings) as second:
        assert first.wait(stop)
        threading.Timer(0.2, stop.set).start()
        assert not second.wait(stop, every=0.05)
    stop.clear()
    with OneWorker(surroundings) as third:
        assert third.wait(stop)


def test_a_failing_job_is_tried_again_and_stops_nobody(monkeypatch, caplog):
    ran = []

    def run(path):
        def job(*, now):
            ran.append(path)
            if path == "bad":
                raise RuntimeError("broken")

        return job

    jobs = (Job("one", timedelta(seconds=1), "bad"), Job("two", timedelta(seconds=1), "good"))
    monkeypatch.setattr(background, "JOBS", jobs)
    monkeypatch.setattr(background, "import_string", run)
    last: dict[str, datetime] = {}
    for seconds in (0, 1, 2, 60):
        background.run_due(last, NOON + timedelta(seconds=seconds))
    assert ran == ["bad", "good", "good", "good", "bad", "good"]
    assert "the job 'one' failed" in caplog.text


def test_a_note_holds_only_for_the_database_it_was_written_for(tmp_path: Path):
    surroundings = Environment(data=tmp_path, database_url="")
    login = prepared.Login("受理员", "intake", "a password", "登记来电")
    assert prepared.read_note(surroundings) is None
    prepared.write_note(surroundings, (login,))
    note = prepared.read_note(surroundings)
    assert note is not None
    assert note.logins == (login,)

    import sqlite3

    with sqlite3.connect(tmp_path / "chengyun.sqlite3") as other:
        other.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        other.execute("INSERT INTO django_migrations VALUES ('cases', '0001_initial')")
    assert prepared.read_note(surroundings) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"code": 1}'])
def test_a_spoilt_note_is_no_note(tmp_path: Path, text: str):
    (tmp_path / "prepared.json").write_text(text)
    assert prepared.read_note(Environment(data=tmp_path, database_url="")) is None
