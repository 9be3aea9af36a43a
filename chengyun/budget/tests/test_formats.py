"""One document in four formats and several layouts: right everywhere, and the same findings everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from chengyun.budget.check.open import open_budget
from chengyun.budget.check.reading import aligned
from chengyun.budget.check.run import check_file
from chengyun.budget.check.source import Unreadable
from chengyun.budget.tests.asking import blocking, failed, told, unnoticed
from chengyun.budget.tests.printing import as_docx, as_pdf, as_txt, as_xlsx
from chengyun.budget.tests.sample import Style, joined, tables

PRINTERS = {"txt": as_txt, "docx": as_docx, "xlsx": as_xlsx, "pdf": as_pdf}
STYLES = {
    "split": Style(),
    "joined": Style(code=joined),
    "wan": Style(unit="万元"),
    "wan6": Style(unit="万元", decimals=6),
}


@pytest.mark.parametrize("kind", PRINTERS)
@pytest.mark.parametrize("style", STYLES)
def test_a_right_budget_is_left_alone(tmp_path: Path, kind: str, style: str) -> None:
    path = PRINTERS[kind](tmp_path / f"budget.{kind}", tables(STYLES[style]))
    assert blocking(failed(path)) == []
    assert sorted(open_budget(path).tables) == list(range(1, 10))


def spoilt_sheets():
    sheets = tables()
    three = next(sheet for sheet in sheets if sheet.number == 3)
    for row in three.rows:
        row[:] = [text.replace("6,346,395.92", "6,34695.92") for text in row]
    eight = next(sheet for sheet in sheets if sheet.number == 8)
    for row in eight.rows:
        if row[0] == "302" and not row[1]:
            row[:] = [text.replace("725,280.54", "745,280.54") for text in row]
    return sheets


def test_the_same_findings_from_every_format(tmp_path: Path) -> None:
    reports = {}
    for kind, printed in PRINTERS.items():
        findings = check_file(printed(tmp_path / f"budget.{kind}", spoilt_sheets()))
        # A page's end inside a table is a fact of the PDF, not of the budget.
        reports[kind] = [one for one in told(findings) if not one.startswith("STR-BREAK")]
    assert reports["txt"] == reports["docx"] == reports["xlsx"] == reports["pdf"]


def test_every_finding_has_its_place(tmp_path: Path) -> None:
    for kind, printed in PRINTERS.items():
        findings = failed(printed(tmp_path / f"budget.{kind}", spoilt_sheets()))
        places = [one.place.said() for one in findings if one.id == "NUM-01"]
        assert len(set(places)) == 3, kind
        if kind == "txt":
            assert all(isinstance(place, int) for place in places)
        if kind == "pdf":
            assert all(str(place).startswith("p. ") for place in places)


def test_no_amount_cell_may_change_unnoticed(tmp_path: Path) -> None:
    budget = open_budget(as_txt(tmp_path / "budget.txt", tables()))
    assert [(cell.table, cell.row, cell.column) for cell in unnoticed(budget)] == []


def test_what_no_equation_covers_is_the_money_of_a_single_cell(tmp_path: Path) -> None:
    """Without its text and without table 8 only table 9 still checks itself: 机关运行经费 then stands alone."""
    sheets = [sheet for sheet in tables() if sheet.number == 9]
    budget = open_budget(as_txt(tmp_path / "budget.txt", sheets))
    budget.paragraphs.clear()
    assert [cell.column for cell in unnoticed(budget)] == ["2024年机关运行经费预算数"]


def test_columns_without_ruling_lines_are_told_by_alignment(tmp_path: Path) -> None:
    ruled = as_txt(tmp_path / "ruled.txt", spoilt_sheets())
    bare = as_pdf(tmp_path / "bare.pdf", spoilt_sheets(), stroke="none")
    assert open_budget(bare).source.aligned
    assert blocking(failed(bare)) == blocking(failed(ruled))


def test_columns_that_cannot_be_told_apart_are_refused(tmp_path: Path, monkeypatch) -> None:
    path = as_pdf(tmp_path / "bare.pdf", tables(), stroke="none")
    monkeypatch.setattr(aligned, "_column_of", lambda segment, columns: 0)
    with pytest.raises(Unreadable, match="无法可靠区分"):
        open_budget(path)
