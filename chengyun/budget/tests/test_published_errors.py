"""The slips of a published budget, put into the sample: found with their exact figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chengyun.budget.check.findings import Finding
from chengyun.budget.check.run import check_file
from chengyun.budget.tests.printing import as_txt
from chengyun.budget.tests.sample import tables
from chengyun.budget.tests.test_formats import spoilt_sheets


@pytest.fixture
def roots(tmp_path: Path) -> list[Finding]:
    findings = check_file(as_txt(tmp_path / "budget.txt", spoilt_sheets()))
    return [finding for finding in findings if finding.status == "fail" and finding.severity in "FE"]


def test_malformed_numbers_are_findings_and_their_sums_hang_under_them(roots: list[Finding]) -> None:
    malformed = [one for one in roots if one.id == "NUM-01"]
    assert [one.row.split()[0] for one in malformed] == ["212", "21201", "2120199"]
    assert all(one.left == "6,34695.92" for one in malformed)
    assert all(one.repair["value"] == "6346395.92" for one in malformed)
    row = next(one for one in malformed[0].consequences if one.id == "ROW-03")
    assert (row.left, row.right, row.diff) == (
        Decimal("6683719.92"),
        Decimal("972019.92"),
        Decimal("5711700.00"),
    )
    assert {"ROW-03", "X-T3T5", "TOT-03"} == {one.id for one in malformed[0].consequences}


def test_a_parent_that_is_too_large_explains_the_totals(roots: list[Finding]) -> None:
    others = [one for one in roots if one.id != "NUM-01"]
    assert [(one.id, one.table, one.row) for one in others] == [("HIER-08", 8, "302 商品和服务支出")]
    root = others[0]
    assert (root.left, root.right, root.diff) == (
        Decimal("745280.54"),
        Decimal("725280.54"),
        Decimal("20000.00"),
    )
    assert root.repair["value"] == "725280.54"
    assert {change["column"] for change in root.repair["changes"]} == {"合计", "公用经费"}
    assert sorted(one.id for one in root.consequences) == ["HIER-08", "TOT-08", "TOT-08"]


def test_one_wrong_leaf_is_one_finding_with_its_repair(tmp_path: Path) -> None:
    sheets = tables()
    leaf = next(row for row in sheets[4].rows if row[:3] == ["212", "01", "99"])
    leaf[-1] = "337,234.00"
    findings = check_file(as_txt(tmp_path / "budget.txt", sheets))
    roots = [one for one in findings if one.status == "fail" and one.severity == "F"]
    assert len(roots) == 1
    assert roots[0].repair["value"] == "337324.00"
    assert len(roots[0].consequences) >= 3


def test_a_slip_that_two_cells_could_explain_gets_no_proposal(tmp_path: Path) -> None:
    sheets = tables()
    sheets[8].rows[0][0] = "3.99"
    findings = check_file(as_txt(tmp_path / "budget.txt", sheets))
    sums = [one for one in findings if one.id == "SG-01" and one.status == "fail"]
    assert [(one.left, one.right, one.repair) for one in sums] == [(Decimal("39900"), Decimal("29900"), None)]


def test_text_against_table(tmp_path: Path) -> None:
    from chengyun.budget.tests.sample import NARRATIVE

    wrong = tuple(text.replace("52.52万元", "55.22万元") for text in NARRATIVE)
    findings = check_file(as_txt(tmp_path / "budget.txt", tables(), narrative=wrong))
    said = [one for one in findings if one.id == "NAR-01" and one.status == "fail"]
    assert [(one.row, one.left, one.right) for one in said] == [
        ("卫生健康支出", Decimal("552200.00"), Decimal("525212.84"))
    ]
