"""The command: exit status, JSON, folders, files that are no budgets, and no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from chengyun.budget.commands import budget
from chengyun.budget.tests.printing import as_txt
from chengyun.budget.tests.sample import tables
from chengyun.budget.tests.test_formats import spoilt_sheets

KEYS = [
    "id",
    "severity",
    "status",
    "table",
    "row",
    "column",
    "line",
    "left",
    "right",
    "diff",
    "message_zh",
    "message_en",
    "repair",
    "consequences",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(budget, ["check", *map(str, arguments)])


def test_a_right_budget_exits_with_nought_and_a_wrong_one_with_one(tmp_path: Path) -> None:
    assert run(as_txt(tmp_path / "right.txt", tables())).exit_code == 0
    said = run(as_txt(tmp_path / "wrong.txt", spoilt_sheets()))
    assert said.exit_code == 1
    assert "6,34695.92 → 6,346,395.92" in said.output
    assert "规则 rule" in said.output


def test_json_has_exactly_its_keys_and_an_outcome_for_every_check(tmp_path: Path) -> None:
    from chengyun.budget.check.catalogue import checks

    findings = json.loads(run("--format", "json", as_txt(tmp_path / "wrong.txt", spoilt_sheets())).output)
    assert all(list(one) == KEYS for one in findings)
    inner = [below for one in findings for below in one["consequences"]]
    assert all(list(one) == KEYS for one in inner)
    assert {one["id"] for one in findings + inner} == set(checks())
    assert {one["status"] for one in findings} == {"fail", "pass", "deferred", "na"}
    row = next(one for one in inner if one["id"] == "ROW-03")
    assert (row["left"], row["right"], row["diff"]) == ("6683719.92", "972019.92", "5711700.00")


def test_files_that_are_no_budgets(tmp_path: Path) -> None:
    files = {
        "empty.txt": b"",
        "letter.txt": "一封信，没有表。".encode(),
        "damaged.pdf": b"%PDF-1.7 nothing",
        "damaged.docx": b"PK\x03\x04nothing",
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "picture.txt": bytes(range(256)) * 8,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        said = run(tmp_path / name)
        assert said.exit_code == 2, name
        assert name in said.output
        assert "Traceback" not in said.output
    assert run(tmp_path / "nowhere.txt").exit_code == 2


def test_a_folder_is_checked_file_by_file(tmp_path: Path) -> None:
    as_txt(tmp_path / "a.txt", tables())
    as_txt(tmp_path / "b.txt", spoilt_sheets())
    said = CliRunner().invoke(budget, ["check", "--format", "json", str(tmp_path)])
    assert said.exit_code == 1
    results = json.loads(said.stdout)
    assert [one["file"] for one in results] == ["a.txt", "b.txt"]
    (tmp_path / "c.txt").write_text("nothing", encoding="utf-8")
    assert run(tmp_path).exit_code == 2


def test_the_command_never_loads_django(tmp_path: Path) -> None:
    path = as_txt(tmp_path / "right.txt", tables())
    code = (
        "import sys; from click.testing import CliRunner; from chengyun.config.cli import main;"
        f"CliRunner().invoke(main, ['budget', 'check', {str(path)!r}]);"
        "print(sorted(name for name in sys.modules if name in ('django', 'pdfplumber', 'docx', 'openpyxl')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_locked_pdf_is_told_as_such(tmp_path: Path) -> None:
    key = "ab" * 32
    path = tmp_path / "locked.pdf"
    path.write_text(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        f"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>endobj\n"
        "trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<ab><ab>]>>\n%%EOF\n"
    )
    result = CliRunner().invoke(budget, ["check", str(path)])
    assert result.exit_code == 2
    assert "已加密" in result.output


def test_text_in_gb18030_and_a_negative_amount_in_brackets(tmp_path: Path) -> None:
    path = as_txt(tmp_path / "budget.txt", tables())
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("gb18030"))
    assert CliRunner().invoke(budget, ["check", str(path)]).exit_code == 0
    path.write_bytes(text.replace("350,141.89", "(350,141.89)", 1).encode("gb18030"))
    result = CliRunner().invoke(budget, ["check", str(path), "--format", "json"])
    assert result.exit_code == 1
    assert "NUM-04" in {one["id"] for one in json.loads(result.output) if one["status"] == "fail"}
