"""Every rendered file, read back by the checker: no contradiction, the same figures, formulas that say their values."""

from __future__ import annotations

import csv
import json
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from chengyun.budget.compiling.document import Document, Form, FormCell
from chengyun.budget.compiling.narrative import compile_document
from chengyun.budget.publishing.difference import difference
from chengyun.budget.publishing.files import rendered
from chengyun.budget.publishing.gate import examine
from chengyun.budget.publishing.plain import plain
from chengyun.budget.publishing.sameness import wrong_formulas
from chengyun.budget.publishing.words import FileKind
from chengyun.budget.tests.year2024 import corrected, facts


def form() -> Form:
    """A form of targets with merged cells, as the official one."""
    rows = [
        ["项目名称", "城管通服务费", "", "项目类别", "经常性专项业务费"],
        ["项目资金（元）", "项目资金总额", "152,500.00", "年度资金申请总额", "152,500.00"],
        ["", "其中：财政资金", "152,500.00", "其中：当年财政拨款", "152,500.00"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值"],
        ["", "产出指标", "数量指标", "在用手机卡数", "=43张"],
        ["", "", "时效指标", "账单按期支付率", "=100%"],
        ["", "效益指标", "社会效益指标", "工单短信告知覆盖率", "≥95%"],
        ["", "满意度指标", "服务对象满意度指标", "监督员满意度", "≥85%"],
    ]
    tall = {(1, 0): 2, (3, 0): 5, (4, 1): 2}
    cells = [
        FormCell(text, row, column, 1, tall.get((row, column), 1))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    ]
    return Form("财政项目支出绩效目标申报表", "（2024年度）", tuple(cells))


@pytest.fixture(scope="module")
def document() -> Document:
    return compile_document(facts(), {"service": form()})


@pytest.fixture(scope="module")
def files(document: Document) -> dict[FileKind, bytes]:
    return rendered(facts(), document)


def test_no_file_has_a_contradiction_and_all_say_what_the_ledger_says(document, files) -> None:
    found = examine(document, files)
    assert [line["message_zh"] for line in found if line["blocking"]] == []
    assert {kind for line in found for kind in line["files"]} == {"txt", "html", "xlsx", "docx", "pdf"}
    everywhere = [line for line in found if line["severity"] == "W"]
    assert all(len(line["files"]) == 5 for line in everywhere)  # a warning of one file is one of all


def test_a_file_that_says_otherwise_is_refused(document, files) -> None:
    other = files[FileKind.TXT].decode().replace("77,874.00", "77,875.00").encode()
    found = examine(document, {FileKind.TXT: other})
    ids = {line["id"] for line in found if line["blocking"]}
    assert {"REND-01", "HIER-08"} <= ids
    said = next(line for line in found if line["id"] == "REND-01")
    assert (said["severity"], said["left"], said["right"]) == ("F", "77875.00", "77874.00")


def test_sums_of_the_workbook_are_formulas_with_the_right_values(files) -> None:
    assert wrong_formulas(files[FileKind.XLSX]) == []
    book = load_workbook(BytesIO(files[FileKind.XLSX]))
    live = [cell.value for page in book for row in page.iter_rows() for cell in row]
    assert sum(isinstance(value, str) and value.startswith("=") for value in live) > 200
    assert book["表3"]["E19"].value == "=SUM(E6,E10,E13,E16)"
    assert book["表1"]["D14"].value == "='表3'!E13"
    assert book["勾稽"].sheet_state == "hidden"
    assert {
        row[4].value
        for row in load_workbook(BytesIO(files[FileKind.XLSX]), data_only=True)["勾稽"].iter_rows(2)
    } == {"相符"}


def test_a_formula_that_sums_the_wrong_cells_is_found(files) -> None:
    book = load_workbook(BytesIO(files[FileKind.XLSX]))
    book["表3"]["E19"].value = "=SUM(E6,E10,E13)"
    out = BytesIO()
    book.save(out)
    assert [one.row for one in wrong_formulas(out.getvalue())][:1] != []


def test_the_package_adds_up_and_describes_every_column(files) -> None:
    with zipfile.ZipFile(BytesIO(files[FileKind.PACKAGE])) as archive:
        said = json.loads(archive.read("datapackage.json"))
        tables = {
            one["name"]: list(csv.DictReader(StringIO(archive.read(one["path"]).decode())))
            for one in said["resources"]
        }
    totals = {name: sum(Decimal(row["amount"]) for row in rows) for name, rows in tables.items()}
    assert totals == {
        "expenditure": Decimal("8759561.13"), "income": Decimal("8759561.13"),
        "basic-by-economic-class": Decimal("8422237.13"),
    }  # fmt: skip
    for one in said["resources"]:
        assert [field["name"] for field in one["schema"]["fields"]] == list(tables[one["name"]][0])
    assert {"城管通服务费", ""} == {
        row["project"] for row in tables["expenditure"]
    }  # the others are not published
    again = rendered_package()
    assert again == files[FileKind.PACKAGE]


def rendered_package() -> bytes:
    from chengyun.budget.publishing.package import as_package

    return as_package(facts(), compile_document(facts()))


def test_the_difference_of_two_versions() -> None:
    before, after = plain(compile_document(facts())), plain(compile_document(corrected()))
    found = difference(before, after)
    leaf = next(one for one in found.amounts if "办公费" in one.row and one.column == "合计")
    assert (leaf.before, leaf.after) == ("77,874.00", "78,874.00")
    assert {one.table[0] for one in found.amounts} == {"1", "2", "3", "4", "5", "8"}
    assert any("876.06万元" in text for one in found.texts for text in one.after)
    assert difference(before, before).nothing
