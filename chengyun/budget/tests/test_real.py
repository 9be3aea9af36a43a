"""Published budgets: what is wrong is found, what is right is left alone; read where they stand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chengyun.budget.check.open import open_budget
from chengyun.budget.check.run import check_file
from chengyun.budget.tests.asking import blocking, failed, told, unnoticed

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
SEED = DATA / "seed" / "baoshan_2024_budget.txt"
OTHERS = (
    "putuo_bangongshi_2025_dept",
    "putuo_shangwuwei_2025_unit",
    "putuo_wanli_2023_dept",
    "putuo_wanli_2024_dept",
)
# What is wrong in these documents themselves; everything else must be free of F and E.
ANNUITY = "社会保障和就业支出/行政事业单位养老支出/机关事业单位职业年金缴费支出"
HOUSING = "住房保障支出/住房改革支出/住房公积金"
TRUE_ERRORS = {
    "putuo_wanli_2023_dept": {
        ("NAR-01", None, ANNUITY, ""),
        ("NAR-05", None, ANNUITY, ""),
        ("PRJ-FORM", None, "公共服务设施运行经费", "年度资金申请总额"),
    },
    "putuo_wanli_2024_dept": {
        ("NAR-01", None, HOUSING, ""),
        ("NAR-05", None, HOUSING, ""),
        ("STR-EMPTY", 9, "", ""),
    },
}


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.exists(), reason=f"the real data is not here: {path.name}")


@needs(SEED)
def test_the_budget_of_2024() -> None:
    found = failed(SEED)
    assert {
        ("NUM-01", 154),
        ("NUM-01", 155),
        ("NUM-01", 156),
        ("NUM-01", 160),
        ("HIER-08", 261),
        ("TOT-08", 285),
        ("STR-COLS", 235),
        ("CON-TERM", 332),
        ("PERF-COL", 375),
        ("PERF-COL", 379),
        ("PERF-COL", 380),
    } <= {(one.id, one.place.line) for one in found if one.place}
    by_id = {one.id: one for one in found}
    assert (by_id["PRJ-COV"].left, by_id["PRJ-COV"].right) == (Decimal("337324.00"), Decimal("272500.00"))
    assert by_id["CON-ARITH"].diff == Decimal("47452")
    assert by_id["CON-OPT"].diff == Decimal("8452")
    assert by_id["X-BASE"].left == Decimal("5002027.00")
    assert by_id["X-ORDER12"].left == Decimal("116640.00")
    quiet = {
        "TXT-THR",
        "TXT-DUP",
        "TXT-YOY",
        "TXT-DOCNO",
        "TERM-OLD",
        "STR-TITLE",
        "STR-ROWS",
        "BAS-YEAR",
        "PROC-01",
    }
    assert quiet <= set(by_id)
    assert {one.id for one in found if one.severity in "FE"} == {
        "NUM-01",
        "ROW-03",
        "X-T3T5",
        "TOT-03",
        "TOT-LEAF",
        "HIER-08",
        "TOT-08",
        "STR-COLS",
        "CON-TERM",
        "PERF-COL",
    }


@needs(DATA / "budgets")
@pytest.mark.parametrize("name", OTHERS)
def test_balanced_budgets_have_no_fatal_and_only_true_errors(name: str) -> None:
    found = failed(DATA / "budgets" / f"{name}.txt")
    assert [one for one in found if one.severity == "F"] == []
    assert set(blocking(found)) == TRUE_ERRORS.get(name, set())


@needs(DATA / "budgets")
@pytest.mark.parametrize("name", OTHERS)
def test_the_same_findings_from_text_and_pdf(name: str) -> None:
    text, pdf = DATA / "budgets" / f"{name}.txt", DATA / "budgets" / f"{name}.pdf"
    assert told(check_file(text)) == told(check_file(pdf))


@needs(DATA / "budgets")
@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [SEED, *(DATA / "budgets" / f"{name}.txt" for name in OTHERS[:2])], ids=lambda path: path.stem
)
def test_no_amount_cell_may_change_unnoticed(path: Path) -> None:
    assert [(cell.table, cell.row, cell.column) for cell in unnoticed(open_budget(path))] == []


@needs(DATA / "budgets")
def test_last_years_budget_confirms_the_change() -> None:
    now, before = (DATA / "budgets" / f"putuo_wanli_{year}_dept.txt" for year in (2024, 2023))
    changes = [one for one in check_file(now, before) if one.id == "NAR-03"]
    assert [one.status for one in changes if one.severity in "FEW"] == ["pass"]
