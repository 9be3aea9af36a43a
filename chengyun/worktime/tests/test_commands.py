"""``chengyun clock due``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chengyun.worktime.commands import clock
from chengyun.worktime.duelines import LONGEST, Answers, chunks
from chengyun.worktime.packaged import packaged_calendar

GOOD = '{"start": "2026-09-30T16:40:00+08:00", "amount": 5, "unit": "workday"}'
DUE = '{"due": "2026-10-13T17:00:00+08:00"}'


def run(text: str | bytes, *options: str) -> Result:
    return CliRunner().invoke(clock, ["due", *options], input=text)


def answers(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_line_gets_its_line():
    result = run(GOOD + "\n")
    assert result.stdout == DUE + "\n"
    assert result.stderr == ""


def test_answers_come_in_order_and_bad_lines_spoil_nothing():
    bad = [
        b"",
        b"   ",
        b"[1, 2]",
        b"null",
        b"5",
        b"{",
        b'"\xff\xfe"',
        b"[" * 60_000,
        b'{"start":' * 5_000,
        b'{"start": {}, "amount": 1, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00", "amount": 1, "unit": "hour"}',
        b'{"start": "2026-09-30", "amount": 1, "unit": "hour"}',
        b'{"start": "yesterday", "amount": 1, "unit": "hour"}',
        b'{"start": "1999-09-30T16:40:00+08:00", "amount": 1, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": NaN, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 1e999, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": "1", "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": true, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": null, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": -1, "unit": "hour"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 1.5, "unit": "workday"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 999999, "unit": "workday"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": %b, "unit": "workday"}' % (b"9" * 5000),
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 1, "unit": "week"}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 1, "unit": ["hour"]}',
        b'{"start": "2026-09-30T16:40:00+08:00", "amount": 1}',
        b"x" * (LONGEST + 1),
        b"x" * (3 << 20),
    ]
    text = b"".join(line + b"\n" + GOOD.encode() + b"\n" for line in bad)
    found = answers(run(text))
    assert [set(answer) for answer in found[::2]] == [{"error"}] * len(bad)
    assert all(answer["error"] for answer in found[::2])
    assert found[1::2] == [json.loads(DUE)] * len(bad)


def test_few_and_many_lines_get_the_same_answers():
    lines = [
        json.dumps(
            {"start": f"2026-0{month}-1{day}T{hour:02d}:15:30.250000+08:00", "amount": amount, "unit": unit}
        )
        for month in (1, 2, 9)
        for day in range(10)
        for hour in (3, 9, 12, 17)
        for amount in (0, 1, 7)
        for unit in ("workday", "workhour", "hour", "day", "calendar_day")
    ]
    many = run("\n".join(lines)).stdout.splitlines()
    few = [run(line).stdout.strip() for line in lines[::97]]
    assert few == many[::97]


def test_microseconds_windows_line_ends_and_a_byte_order_mark():
    line = '{"start": "2026-03-02T08:59:59.5Z", "amount": 0.25, "unit": "hour"}'
    result = run(b"\xef\xbb\xbf" + line.encode() + b"\r\n" + line.encode())
    assert answers(result) == [{"due": "2026-03-02T17:14:59.500000+08:00"}] * 2


def test_hours():
    line = '{"start": "2026-03-02T16:00:00+08:00", "amount": 2, "unit": "workhour"}'
    assert answers(run(line, "--hours", "08:30-12:00,14:00-17:30")) == [{"due": "2026-03-03T09:00:00+08:00"}]
    assert run(line, "--hours", "9-5").exit_code == 2
    assert run(line, "--hours", "09:00-17:00", "--calendar", "database").exit_code == 2


def test_a_year_without_a_table_is_warned_of_once():
    lines = [
        '{"start": "2026-12-31T10:00:00+08:00", "amount": 3, "unit": "workday"}',
        '{"start": "2026-12-31T10:00:00+08:00", "amount": 4, "unit": "workday"}',
        '{"start": "2026-12-31T10:00:00+08:00", "amount": 40, "unit": "day"}',
    ]
    result = run("\n".join(lines))
    assert [set(answer) for answer in answers(result)] == [{"due"}] * 3
    assert result.stderr.count("2027") == 1


def test_a_file_and_nothing(tmp_path: Path):
    path = tmp_path / "lines.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    assert run("", str(path)).stdout == DUE + "\n"
    assert run("").stdout == ""
    assert run("", str(tmp_path / "none")).exit_code == 2


@pytest.mark.django_db
def test_the_calendar_of_the_database():
    assert run(GOOD, "--calendar", "database").stdout == '{"due": "2026-10-07T17:00:00+08:00"}\n'


def test_help_has_an_example():
    text = CliRunner().invoke(clock, ["due", "--help"]).output
    assert GOOD in text
    assert DUE in text


def test_each_answer_comes_at_once_and_without_a_database(tmp_path: Path):
    """A program at the other end of a pipe sends a line and waits for its answer."""
    command = [sys.executable, "-m", "chengyun.config.cli", "clock", "due"]
    surroundings = {**os.environ, "CHENGYUN_DATA": str(tmp_path / "none")}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(GOOD + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == DUE + "\n"
        process.stdin.close()
    assert process.returncode == 0
    assert not (tmp_path / "none").exists()


def test_a_hundred_thousand_lines_take_about_a_second(tmp_path: Path):
    path = tmp_path / "lines.jsonl"
    path.write_text((GOOD + "\n") * 50_000, encoding="utf-8")
    lines = Answers(packaged_calendar())
    begin = time.process_time()
    with path.open("rb") as file:
        found = b"".join(lines.of(chunk) for chunk in chunks(file))
    assert found.count(b"due") == 50_000
    assert time.process_time() - begin < 1.5  # 0.3 s on a quiet core
