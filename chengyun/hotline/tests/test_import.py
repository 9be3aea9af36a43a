"""import-orders: each row is accounted for, comes in once, and bad ones say what is wrong with them."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from click.testing import CliRunner
from django.db import IntegrityError

from chengyun.cases.audit import verify
from chengyun.cases.models import Case, CaseClock, CaseEvent, Contact, NumberSeries
from chengyun.cases.search import find
from chengyun.hotline.commands import import_orders as command
from chengyun.hotline.imports import run as importing
from chengyun.hotline.imports.mapping import FieldMap, Mapping, load_mapping
from chengyun.hotline.imports.run import Tally, import_orders
from chengyun.kernel.errors import Refused
from chengyun.organisation.models import Unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HEAD = ["编号", "标题", "内容", "来电", "办结", "应办结", "答复", "电话", "单位", "类型"]
TIME = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d"]


def mapping(**more: Any) -> Mapping:
    fields = {
        "source_number": FieldMap(column="编号"),
        "title": FieldMap(column="标题"),
        "description": FieldMap(column="内容"),
        "registered_at": FieldMap(column="来电", time=TIME),
        "answered_at": FieldMap(column="办结", time=TIME),
        "closed_at": FieldMap(column="办结", time=TIME),
        "target_at": FieldMap(column="应办结", time=TIME),
        "reply": FieldMap(column="答复"),
        "phone": FieldMap(column="电话"),
        "unit": FieldMap(column="单位", value="未注明"),
        "appeal_type": FieldMap(column="类型", map={"举报": "report", "求助": "help"}, value="help"),
    }
    return Mapping(title="小城热线", source_system="small_town", fields=fields, unit_group="小城导入", **more)


def row(number: Any, registered: str = "2024-05-06 10:00:00", **said: str) -> list[Any]:
    facts = {"标题": f"路灯不亮 {number}", "内容": "楼道路灯不亮", "单位": "城管局", **said}
    return [number, *(registered if name == "来电" else facts.get(name, "") for name in HEAD[1:])]


def closed(number: Any, at: str = "2024-05-08 16:00:00", **said: str) -> list[Any]:
    return row(number, **{"办结": at, "答复": "已修复", **said})


class Desk:
    """A folder with a file of orders, and the import of it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.rejects = folder / "orders.csv", folder / "rejects.csv"

    def write(self, *rows: list[Any], head: list[str] = HEAD, encoding: str = "utf-8") -> Desk:
        with self.file.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return self

    def take(self, fields: Mapping | None = None, **more: Any) -> Tally:
        return import_orders(self.file, fields or mapping(), now=NOW, rejects=self.rejects, **more)

    def rejected(self) -> list[dict[str, str]]:
        with self.rejects.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def counts(tally: Tally) -> tuple[int, int, int, int]:
    assert tally.read == tally.created + tally.skipped + tally.rejected
    return tally.read, tally.created, tally.skipped, tally.rejected


def assert_whole() -> None:
    """Every case has a flawless history, and no number is missing."""
    assert not [fault for fault in verify() if not isinstance(fault, int)]
    for series in NumberSeries.objects.all():
        numbers = Case.objects.filter(number__startswith=f"{series.series}-")
        serials = sorted(
            int(number.rpartition("-")[2]) for number in numbers.values_list("number", flat=True)
        )
        assert serials == list(range(1, series.last + 1))


def test_rows_become_cases_with_their_own_times(desk: Desk) -> None:
    assert counts(desk.write(row("a"), closed("b")).take()) == (2, 2, 0, 0)
    open_one, done = Case.objects.get(source_number="a"), Case.objects.get(source_number="b")
    assert (open_one.state, done.state) == ("in_hand", "closed")
    assert done.registered_at.isoformat() == "2024-05-06T02:00:00+00:00"
    assert done.number == "RX310113-20240506-00002"
    verbs = list(CaseEvent.objects.filter(case=done).order_by("seq").values_list("verb", flat=True))
    assert verbs[:4] == ["register", "dispatch", "sign", "contact"]
    assert verbs[-2:] == ["call_back", "close"]
    assert not CaseEvent.objects.filter(heard_at=None).exists()
    assert not CaseClock.objects.filter(case=done, ended_at=None).exists()
    assert [done.pk] == [one for batch in find("路灯 b") for one in batch]
    assert not desk.rejects.exists()
    assert_whole()


def test_a_second_run_makes_nothing_new(desk: Desk) -> None:
    desk.write(row("a"), closed("b"), row("c", "no time")).take()
    assert counts(desk.take()) == (3, 0, 2, 1)
    assert counts(desk.write(row("a"), closed("b"), row("d")).take()) == (3, 1, 2, 0)
    assert Unit.objects.filter(name="城管局").count() == 1
    assert_whole()


def test_stopped_in_the_middle_it_goes_on_where_it_was(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(importing, "_BATCH", 10)
    desk.write(*(closed(number) for number in range(35)))

    class Stop(Exception):
        pass

    lines = 0

    def moved(_: int) -> None:
        nonlocal lines
        lines += 1
        if lines == 27:
            raise Stop

    tally = Tally()
    with pytest.raises(Stop):
        desk.take(moved=moved, tally=tally)
    assert tally.created == Case.objects.count() == 20
    assert counts(desk.take()) == (35, 15, 20, 0)
    assert_whole()


def test_rejects_name_line_field_and_reason(desk: Desk) -> None:
    desk.write(
        row("a"),
        row("b", "yesterday"),
        row(""),
        row("d", 标题=""),
        row("a"),
        closed("e", "2024-05-01 00:00:00"),
        row("f", "2030-01-01 00:00:00"),
        row("g", "1999-01-01 00:00:00"),
        row("h", 电话="1" * 21),
        ["i", "too short"],
        row("j", 应办结="9999-12-31 23:59:59"),
        row("k", 内容="\x00"),
    )
    assert counts(desk.take()) == (12, 1, 0, 11)
    found = {(one["line"], one["field"]): one["reason"] for one in desk.rejected()}
    assert found["3", "registered_at"] == "来电：“yesterday”不是约定的时间格式"
    assert found["4", "source_number"] == "编号：为空"
    assert found["5", "title"] == "标题：为空"
    assert found["6", "source_number"] == "编号 a 在文件里重复"
    assert found["7", "answered_at"] == "答复时间早于登记时间"
    assert found["8", "registered_at"] == "来电：“2030-01-01 00:00:00”在将来"
    assert "2004" in found["9", "registered_at"]
    assert found["10", "phone"] == "电话：最多 20 字，现在 21 字"
    assert found["11", "row"] == "本行有 2 列，表头有 10 列"
    assert "2099" in found["12", "target_at"]
    assert found["13", "description"] == "内容：含有空字符"
    assert "yesterday" in desk.rejected()[0]["row"]
    assert Case.objects.count() == 1


def test_an_order_that_the_verbs_refuse_is_rejected_alone(desk: Desk, monkeypatch) -> None:
    replay = importing.replay

    def picky(order, *arguments, **more):
        if order.source_number in {"b", "d"}:
            raise Refused("日历不到那一天")
        return replay(order, *arguments, **more)

    monkeypatch.setattr(importing, "replay", picky)
    desk.write(*(closed(number, 单位=f"{number} 局") for number in "abcde"))
    assert counts(desk.take()) == (5, 3, 0, 2)
    assert [(one["line"], one["field"], one["reason"]) for one in desk.rejected()] == [
        ("3", "row", "日历不到那一天"),
        ("5", "row", "日历不到那一天"),
    ]
    assert not Unit.objects.filter(name="b 局").exists()
    assert_whole()
    monkeypatch.setattr(importing, "replay", replay)
    assert counts(desk.take()) == (5, 2, 3, 0)
    assert_whole()


def test_a_deadline_beyond_the_calendar_rejects_its_row(desk: Desk) -> None:
    """The calendar's own refusal, at its very edge, and not a made-up one."""
    fields = mapping()
    fields.fields["registered_at"] = FieldMap(column="来电", time="%Y-%m-%dT%H:%M:%S%z")
    desk.write(row("a", "2004-01-01T00:00:00+1400"), row("b", "2004-01-02T00:00:00+0800"))
    tally = desk.take(fields)
    assert counts(tally) == (2, 1, 0, 1)
    assert desk.rejected()[0]["line"] == "2"


def test_two_imports_at_once_do_not_clash(desk: Desk, monkeypatch) -> None:
    """The other import writes between our look and our writing; the next look sees it."""
    write, late = importing.write_cases, [IntegrityError("case_source_once")]

    def racing(*arguments, **more):
        if late:
            raise late.pop()
        write(*arguments, **more)

    monkeypatch.setattr(importing, "write_cases", racing)
    assert counts(desk.write(row("a"), row("b")).take()) == (2, 2, 0, 0)
    assert_whole()


def test_a_reply_without_a_time_of_day_counts_to_the_end_of_its_day(desk: Desk) -> None:
    desk.write(closed("a", "2024/05/06")).take()
    assert Case.objects.get().closed_at.isoformat() == "2024-05-06T15:59:59+00:00"


@pytest.mark.parametrize(
    ("target", "result"), [("2024-05-08 16:00:00", "met"), ("2024-05-08 15:59:59", "missed")]
)
def test_the_target_of_the_file_is_the_deadline(desk: Desk, target: str, result: str) -> None:
    desk.write(closed("a", 应办结=target)).take()
    clock = CaseClock.objects.get(stage="disposal")
    assert clock.due_at == datetime.fromisoformat(f"{target}+08:00")
    assert clock.result == result


def test_reports_are_secret_and_callers_kept_apart(desk: Desk) -> None:
    desk.write(row("a", 类型="举报", 电话="13800001234"), row("b", 类型="求助")).take()
    assert list(Case.objects.order_by("source_number").values_list("secret", flat=True)) == [True, False]
    assert list(Contact.objects.values_list("case__source_number", "phone_tail")) == [("a", "1234")]


def test_units_are_made_once_under_the_group(desk: Desk) -> None:
    desk.write(row("a"), row("b"), row("c", 单位="")).take()
    group = Unit.objects.get(name="小城导入")
    assert sorted(group.children.values_list("name", flat=True)) == ["城管局", "未注明"]
    assert Unit.objects.get(name="城管局").path == f"{group.path}{Unit.objects.get(name='城管局').pk}/"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_are_found_out(desk: Desk, encoding: str) -> None:
    assert counts(desk.write(row("a"), encoding=encoding).take()) == (1, 1, 0, 0)
    assert Case.objects.get().title == "路灯不亮 a"


@pytest.mark.parametrize(
    ("fields", "said"),
    [(mapping(), "既不是 UTF-8 也不是 GB 18030"), (mapping(encoding="utf-8"), "不是 utf-8 编码")],
)
def test_other_encodings_are_refused_before_anything_comes_in(desk: Desk, fields: Mapping, said: str) -> None:
    desk.write(row("a"))
    desk.file.write_bytes(desk.file.read_bytes() + b"\xff\xff\xff")
    with pytest.raises(Refused, match=said):
        desk.take(fields)
    assert not Case.objects.exists()


def test_an_encoding_that_is_none(desk: Desk) -> None:
    with pytest.raises(Refused, match="encoding “martian”不认识"):
        desk.write(row("a")).take(mapping(encoding="martian"))


def test_missing_columns_are_named(desk: Desk) -> None:
    with pytest.raises(Refused, match="缺少列 来电、标题"):
        desk.write(["a"], head=["编号", *HEAD[4:], "内容"]).take()
    desk.file.write_text("")
    with pytest.raises(Refused, match="空表头"):
        desk.take()


def test_a_spreadsheet_comes_in_the_same(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD)
    sheet.append([*row(17.0)[:3], datetime(2024, 5, 6, 10, 0), *row(17.0)[4:]])
    sheet.append([None] * len(HEAD))
    sheet.append(row("x", "never"))
    desk.file = desk.file.with_suffix(".xlsx")
    book.save(desk.file)
    assert counts(desk.take()) == (2, 1, 0, 1)
    assert Case.objects.get().source_number == "17"
    assert desk.rejected()[0]["line"] == "4"


def test_a_damaged_spreadsheet_is_refused(desk: Desk) -> None:
    desk.file = desk.file.with_suffix(".xlsx")
    desk.file.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(Refused, match="打不开"):
        desk.take()


def test_the_shipped_mappings_are_right() -> None:
    for name in ("messages_with_replies", "boston_311"):
        assert load_mapping(name).source_system == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x", "source_system"),
        ("{title: x, source_system: y, fields: {nonsense: {column: a}}}", "缺少 source_number"),
        ("{title: x, source_system: y, fields: {}, more: 1}", "more"),
        ("a: [", "bad.yaml 有误"),
    ],
)
def test_a_bad_mapping_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(Refused, match=said):
        load_mapping(str(path))


def test_the_command_tells_the_counts(desk: Desk) -> None:
    head = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间"
    line = "1,A1,路灯不亮,2019/4/25 9:32:09,楼道路灯不亮,已修复,2019/5/10 14:56:53"
    desk.file.write_text(f"{head}\n{line}\n2,A2,,2019/4/25,,,\n", encoding="utf-8")
    arguments = [
        str(desk.file),
        "--mapping",
        "messages_with_replies",
        "--rejects",
        str(desk.rejects),
        "--json",
    ]
    answer = CliRunner().invoke(command, arguments)
    assert answer.exit_code == 0, answer.output
    said = json.loads(answer.stdout)
    assert {name: said[name] for name in ("read", "created", "skipped", "rejected")} == {
        "read": 2,
        "created": 1,
        "skipped": 0,
        "rejected": 1,
    }
    assert said["seconds"] > 0
    assert desk.rejected()[0]["field"] == "title"


def test_the_command_refuses_an_unknown_mapping(desk: Desk) -> None:
    desk.write(row("a"))
    answer = CliRunner().invoke(command, [str(desk.file), "--mapping", "atlantis"])
    assert answer.exit_code == 1
    assert "没有映射“atlantis”" in answer.output
    assert "boston_311" in answer.output
