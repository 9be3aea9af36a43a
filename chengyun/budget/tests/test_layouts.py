"""Layouts of other districts: what differs in form must not be called wrong."""

from __future__ import annotations

from pathlib import Path

from chengyun.budget.check.captions import table_number
from chengyun.budget.check.open import open_budget
from chengyun.budget.check.run import check_file
from chengyun.budget.tests.asking import blocking, failed
from chengyun.budget.tests.printing import as_txt
from chengyun.budget.tests.sample import Sheet, tables


def test_titles_of_other_districts() -> None:
    assert table_number("部门收支总体情况表") == 1
    assert table_number("表二：部门收入总体情况表") == 2
    assert table_number("2025年部门支出总表") == 3
    assert table_number("4．2025年预算单位财政拨款收支预算总表") == 4
    assert table_number("一般公共预算财政拨款支出预算表（续）") == 5
    assert table_number("政府性基金预算财政拨款支出预算表") == 6
    assert table_number("国有资本经营预算支出表") == 7
    assert table_number("一般公共预算财政拨款基本支出表") == 8
    assert table_number("一般公共预算“三公”经费支出表") == 9
    assert table_number("二、2024年“三公”经费预算情况说明") is None
    assert table_number("财政拨款收入支出增加的主要原因是人员经费增加。") is None


def write(path: Path, sheets: list[Sheet], change: tuple[str, str] | None = None) -> Path:
    as_txt(path, sheets)
    if change:
        path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    return path


def test_full_width_digits_and_spaces(tmp_path: Path) -> None:
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    sheets = tables()
    for sheet in sheets:
        sheet.rows = [
            [text.translate(wide) if text[:1].isdigit() and "." in text else text for text in row]
            for row in sheet.rows
        ]
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == []


def test_codes_that_lost_their_noughts_are_a_warning(tmp_path: Path) -> None:
    sheets = tables()
    for row in sheets[7].rows:
        row[1] = row[1].lstrip("0")
    findings = failed(write(tmp_path / "budget.txt", sheets))
    assert blocking(findings) == []
    assert sum(one.id == "CODE-02" for one in findings) > 5


def test_a_missing_table_and_an_empty_one_without_note(tmp_path: Path) -> None:
    sheets = [sheet for sheet in tables() if sheet.number != 7]
    next(sheet for sheet in sheets if sheet.number == 6).note = ""
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == [
        ("STR-9", 7, "", ""),
        ("STR-EMPTY", 6, "", ""),
    ]


def test_an_empty_table_of_a_remark_only(tmp_path: Path) -> None:
    sheets = tables()
    six = next(sheet for sheet in sheets if sheet.number == 6)
    six.header, six.rows, six.note = [], [], "本表无数据"
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == []


def test_a_heading_repeated_after_a_page_and_a_torn_total(tmp_path: Path) -> None:
    sheets = tables()
    two = next(sheet for sheet in sheets if sheet.number == 2)
    two.rows[6:6] = [[""], *two.header]
    path = write(tmp_path / "budget.txt", sheets)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "合计\t\t\t\t8,759,561.13\t8,759,561.13\t\t\t", "\n合计 8,759,561.13 8,759,561.13 0 0 0"
        ),
        encoding="utf-8",
    )
    budget = open_budget(path)
    assert budget.tables[2].total is not None
    assert blocking(failed(path)) == []


def test_basic_expenditure_divided_into_staff_and_public(tmp_path: Path) -> None:
    sheets = tables()
    for number in (3, 5):
        sheet = next(one for one in sheets if one.number == number)
        sheet.header = [
            ["科目编码", "", "", "科目名称", "合计", "基本支出", "", "", "项目支出"],
            ["类", "款", "项", "", "", "小计", "人员经费", "公用经费", ""],
        ]
        sheet.rows = [[*row[:6], row[5], "", row[6]] for row in sheet.rows]
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == []


def test_another_income_than_grants_defers_the_comparison_of_tables(tmp_path: Path) -> None:
    sheets = tables()
    for row in next(one for one in sheets if one.number == 2).rows:
        if row[0] == "合计" or row[0] == "221":
            row[5], row[8] = row[4], ""
    two = next(one for one in sheets if one.number == 2)
    total = two.rows[-1]
    total[4], total[8] = "8,760,561.13", "1,000.00"
    findings = check_file(write(tmp_path / "budget.txt", sheets))
    assert [one.status for one in findings if one.id == "X-T3T5"] == ["deferred"]


def test_a_wrong_unit_line(tmp_path: Path) -> None:
    sheets = tables()
    sheets[1].unit = "万元"
    assert ("NUM-05", 2, "", "") in blocking(failed(write(tmp_path / "budget.txt", sheets)))


def test_last_years_budget_checks_the_stated_change(tmp_path: Path) -> None:
    now = write(tmp_path / "now.txt", tables())
    before = write(tmp_path / "before.txt", tables(), ("2024", "2023"))
    findings = [one for one in failed(now, before) if one.id == "NAR-03"]
    assert findings  # the same budget again: an increase of 65.41 is not true
    assert all(one.diff == one.left for one in findings)


def test_table_nine_upright(tmp_path: Path) -> None:
    sheets = tables()
    nine = sheets[8]
    nine.title = "2024年部门一般公共预算“三公”经费支出预算表"
    nine.header = [["项目", "本年预算数"]]
    nine.rows = [
        ["合计", "2.99"],
        ["1、因公出国（境）费用", "0.00"],
        ["2、公务接待费", "0.29"],
        ["3、公务用车购置及运行维护费", "2.70"],
        ["其中：公务用车购置费", "0.00"],
        ["公务用车运行维护费", "2.70"],
    ]
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == []
    nine.rows[2][1] = "1.29"
    assert {one[0] for one in blocking(failed(write(tmp_path / "budget.txt", sheets)))} == {"SG-01", "SG-03"}


def test_totals_that_stand_first(tmp_path: Path) -> None:
    sheets = tables()
    for number in (2, 3, 5, 8):
        sheet = next(one for one in sheets if one.number == number)
        sheet.rows.insert(0, sheet.rows.pop())
    assert blocking(failed(write(tmp_path / "budget.txt", sheets))) == []


def test_a_running_head_of_the_page_inside_a_table(tmp_path: Path) -> None:
    sheets = tables()
    path = write(tmp_path / "budget.txt", sheets)
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("210\t11\t02"))
    lines[at:at] = [
        "",
        "某区城市管理样本中心2024年部门预算公开",
        "- 7 -",
        *["\t".join(row) for row in sheets[1].header],
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    budget = open_budget(path)
    assert len(budget.tables[2].coded()) == 13
    assert blocking(failed(path)) == []
