"""Processes that share a file take turns; each test's other process is a real one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chengyun.kernel.turns import taken, turn

_HOLD = "import sys; from chengyun.kernel.turns import turn\nwith turn(sys.argv[1]): print('mine', flush=True); input()"
_WRITE = """import sys; from chengyun.kernel.turns import turn
print('asking', flush=True)
with turn(sys.argv[1]): open(sys.argv[2], 'a').write('other ')"""


def _process(program: str, *said: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *said], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_the_turn_is_seen_by_others_and_goes_with_its_holder(tmp_path):
    database = str(tmp_path / "district.sqlite3")
    assert not taken(database)
    with _process(_HOLD, database) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        assert taken(database)
        other.kill()
    assert not taken(database)


def test_who_comes_second_waits(tmp_path):
    database, written = str(tmp_path / "district.sqlite3"), tmp_path / "written"
    with turn(database):
        other = _process(_WRITE, database, str(written))
        with turn(database):  # a write within a write is the same turn
            pass
        assert taken(database)
        assert other.stdout is not None
        assert other.stdout.readline() == "asking\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=0.3)  # long enough to write a word, were it not waiting
        with written.open("a") as file:
            file.write("first ")
    assert other.wait(timeout=60) == 0
    assert written.read_text() == "first other "
    assert not taken(database)
