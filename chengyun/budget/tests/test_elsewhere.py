"""The national template and its local forms: what is right is left alone, what is wrong is still found."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from chengyun.budget.check.open import open_budget
from chengyun.budget.tests.asking import blocking, failed
from chengyun.budget.tests.elsewhere import NATIONAL, VARIANTS


def as_txt(path: Path, text: str = NATIONAL) -> Path:
    path.write_text(text.replace("|", "\t"), encoding="utf-8")
    return path


def as_xlsx(path: Path) -> Path:
    """A sheet for each table, numbers as numbers."""
    book = Workbook()
    sheet = book.active
    for line in NATIONAL.split("\n"):
        if line.startswith(("部门公开表", "第三部分 2025年部门预算情况")):
            sheet = book.create_sheet(line[2:12].replace("公开", ""))
        cells = [
            float(cell) if "." in cell and cell[0].isdigit() and cell[-1].isdigit() else cell or None
            for cell in line.split("|")
        ]
        sheet.append(cells)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, float):
                cell.number_format = "#,##0.00"
    book.save(path)
    return path


def as_docx(path: Path) -> Path:
    document, rows = Document(), []
    for line in [*NATIONAL.split("\n"), ""]:
        if "|" in line and "单位：" not in line:
            rows.append(line.split("|"))
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=False):
                    cell.text = text
            rows = []
        document.add_paragraph(line.replace("|", "  "))
    document.save(str(path))
    return path


@pytest.mark.parametrize("name", VARIANTS)
def test_other_layouts_are_left_alone(tmp_path: Path, name: str) -> None:
    path = as_txt(tmp_path / "budget.txt", VARIANTS[name])
    assert blocking(failed(path)) == []
    assert sorted(open_budget(path).tables) == list(range(1, 10))


@pytest.mark.parametrize("printer", [as_xlsx, as_docx])
def test_other_layouts_in_office_files(tmp_path: Path, printer) -> None:
    assert blocking(failed(printer(tmp_path / f"budget.{printer.__name__[3:]}"))) == []


@pytest.mark.parametrize(
    ("written", "wrong", "found"),
    [
        ("320002|某市环境卫生管理处|400.00|370.00", "320002|某市环境卫生管理处|400.00|371.00", {"ROW-02"}),
        ("2120101|行政运行|430.00|430.00|", "2120101|行政运行|431.00|430.00|", {"ROW-03", "HIER-03"}),
        ("2120101|行政运行|415.00|430.00", "2120101|行政运行|415.00|432.00", {"ROW-05"}),
        ("30201|办公费|60.00||60.00", "30201|办公费|61.00||60.00", {"ROW-08"}),
        ("20.00||18.00||18.00|2.00", "20.00||18.00||18.00|3.00", {"SG-01"}),
        (
            "收入总计|1000.00|支出总计|1000.00|1000.00",
            "收入总计|1000.00|支出总计|1010.00|1000.00",
            {"BAL-04"},
        ),
        ("2025年“三公”经费预算为20.00万元", "2025年“三公”经费预算为20.10万元", {"SG-03"}),
    ],
)
def test_what_is_wrong_in_them_is_found(tmp_path: Path, written: str, wrong: str, found: set[str]) -> None:
    assert written in NATIONAL
    path = as_txt(tmp_path / "budget.txt", NATIONAL.replace(written, wrong))
    assert found <= {one[0] for one in blocking(failed(path))}


def test_the_tables_of_units_are_named_as_not_checked(tmp_path: Path) -> None:
    budget = open_budget(as_txt(tmp_path / "budget.txt", VARIANTS["units' own tables follow"]))
    assert {number: table.others for number, table in budget.tables.items() if table.others}[3] == 1
