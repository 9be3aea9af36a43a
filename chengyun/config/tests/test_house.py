"""The house keeps its own rules: imports, names, sizes, the clock, the schedule."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from chengyun.config.schedule import JOBS, Job, due
from chengyun.config.tests.sources import PACKAGE, ROOT, name, python_files, rooms

MOST_LINES = 400
CLOCK = PACKAGE / "kernel" / "clock.py"
ASKS_THE_MACHINE = re.compile(
    r"\b(datetime\.now|datetime\.utcnow|timezone\.now|date\.today|datetime\.today)\("
)


def test_imports_go_downstairs_only():
    script = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_clock_asks_the_machine_for_the_time():
    found = [
        f"{name(path)}:{number}"
        for path in python_files()
        if path != CLOCK
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ASKS_THE_MACHINE.search(line)
    ]
    assert not found, f"use chengyun.kernel.clock.now(): {found}"


def test_no_file_is_too_long():
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    long = {path: lines for path, lines in sizes.items() if lines > MOST_LINES}
    assert not long, f"a file that grows becomes a folder of the same name: {long}"


def test_no_module_without_a_subject():
    bad = re.compile(r"^_?(utils?|helpers?|common|core|extras?|misc)$")
    found = [
        name(path)
        for path in python_files()
        if any(bad.match(part) for part in (path.stem, path.parent.name))
    ]
    assert not found


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_every_room_has_a_plate_on_its_door(room: Path):
    tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{room.name}/__init__.py says what the room answers for"
    assert len(tree.body) == 1 or room.name == "config", f"{room.name}/__init__.py runs no code"


def test_every_module_says_what_it_is():
    found = [
        name(path)
        for path in python_files()
        if "tests" not in path.parts
        and path.name != "apps.py"
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_every_job_of_a_room_is_scheduled():
    scheduled = {job.path for job in JOBS}
    written = {
        f"chengyun.{path.parent.name}.jobs.{node.name}"
        for path in PACKAGE.glob("*/jobs.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert written <= scheduled, f"not in config/schedule.py: {written - scheduled}"


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_scheduled_job_can_be_found(job: Job):
    assert callable(import_string(job.path))


def test_jobs_have_different_names():
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_a_job_is_due_when_its_time_has_come():
    nine = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    job = Job("sweep", timedelta(minutes=10), "nowhere")
    assert due([job], {}, nine) == [job]
    assert due([job], {"sweep": nine}, nine + timedelta(minutes=9, seconds=59)) == []
    assert due([job], {"sweep": nine}, nine + timedelta(minutes=10)) == [job]
