"""Exports: the list as its owner may see it, masked, harmless in a spreadsheet, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from chengyun.kernel import clock
from chengyun.organisation import version
from chengyun.organisation.posts import Post
from chengyun.workbench import exporting
from chengyun.workbench.actions.exports import ask_for_export, folder
from chengyun.workbench.jobs import forget_expired_exports
from chengyun.workbench.models import Export, ExportState
from chengyun.workbench.tests.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, tmp_path) -> Office:
    settings.DATA_FOLDER = tmp_path
    return Office()


def exported(office: Office, post: Post, unit: str = "", list_name: str = "", query: str = "") -> Export:
    """Ask for an export and let the worker do it."""
    export = ask_for_export(list_name=list_name, query=query, actor=office.actor(post, unit), now=clock.now())
    exporting.run(export.pk, now=clock.now())
    export.refresh_from_db()
    return export


def sheet_of(export: Export) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """What stands above the table, and the rows by heading."""
    lines = list(openpyxl.load_workbook(folder() / export.file).active.values)
    empty = next(place for place, line in enumerate(lines) if line[0] is None)
    head = {str(line[0]): str(line[1]) for line in lines[:empty]}
    headings = lines[empty + 1]
    return head, [dict(zip(headings, line, strict=True)) for line in lines[empty + 2 :]]


def test_the_file_holds_the_list_under_its_filter(office: Office):
    wanted = office.order("路灯不亮", channel="web", address="友谊路88弄")
    office.order("井盖缺失")
    export = exported(office, Post.LEADER, query="channel=web")
    assert (export.state, export.progress, export.total) == (ExportState.DONE, 1, 1)
    head, rows = sheet_of(export)
    assert head["列表"] == "全部案件"
    assert head["筛选"] == "来源：网站"
    assert head["导出人"] == "leader-centre"
    assert head["条数"] == "1"
    assert "注意" not in head
    assert [row["编号"] for row in rows] == [wanted.number]
    assert rows[0]["标题"] == "路灯不亮"
    assert rows[0]["状态"] == "待派遣"
    local = clock.local(wanted.registered_at)
    assert rows[0]["登记"].replace(second=0, microsecond=0) == local.replace(
        tzinfo=None, second=0, microsecond=0
    )


def test_a_work_list_is_exported_as_its_own(office: Office):
    mine = office.dispatched("parks")
    office.dispatched("water")
    head, rows = sheet_of(exported(office, Post.UNIT, "parks", list_name="sign"))
    assert head["列表"] == "待签收"
    assert [row["编号"] for row in rows] == [mine.number]


def test_callers_are_masked_and_secret_ones_absent_for_units(office: Office):
    said = {"name": "李建国", "phone": "13812345678"}
    text = "李建国的电话是13812345678"
    office.dispatched("parks", title=text, description=text, secret=True, contact=said)
    _head, rows = sheet_of(exported(office, Post.LEADER))
    assert (rows[0]["来电人"], rows[0]["电话"]) == ("李*", "138****5678")
    assert "13812345678" not in str(rows)
    assert "李建国" not in str(rows)
    _head, rows = sheet_of(exported(office, Post.UNIT, "parks"))
    assert (rows[0]["来电人"], rows[0]["电话"]) == (None, None)
    assert "李" not in str(rows[0]["标题"]) + str(rows[0]["内容"])
    assert "5678" not in str(rows)


@pytest.mark.parametrize(
    "title", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "12345678901234567890"]
)
def test_nothing_in_the_file_is_a_formula(office: Office, title: str):
    office.order(title)
    export = exported(office, Post.LEADER)
    book = openpyxl.load_workbook(folder() / export.file)
    cells = [cell for line in book.active.iter_rows() for cell in line if cell.value == title]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_a_rehearsal_says_so(office: Office):
    office.order(rehearsal=True)
    head, rows = sheet_of(exported(office, Post.LEADER))
    assert "演练" in head["注意"]
    assert rows[0]["演练"] == "是"


def test_more_rows_than_one_batch_arrive_newest_first(office: Office, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 2)
    cases = [office.order(f"第{number}件") for number in range(5)]
    _head, rows = sheet_of(exported(office, Post.LEADER))
    assert [row["编号"] for row in rows] == [case.number for case in reversed(cases)]


def test_too_many_rows_are_refused_with_a_way_out(office: Office, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    office.order()
    office.order()
    export = exported(office, Post.LEADER)
    assert export.state == ExportState.FAILED
    assert "缩小范围" in export.problem
    assert export.file == ""


def test_a_cancelled_export_leaves_no_file(office: Office):
    office.order()
    client = office.client(Post.LEADER)
    client.post(reverse("workbench:exports"), {"list": ""})
    export = Export.objects.get()
    client.post(reverse("workbench:export-cancel", args=[export.pk]))
    exporting.run(export.pk, now=clock.now())
    export.refresh_from_db()
    assert export.state == ExportState.CANCELLED
    assert not list(folder().glob(f"{export.pk}*"))


def test_cancelling_while_it_runs_stops_it(office: Office, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 1)
    for _ in range(3):
        office.order()
    export = ask_for_export(list_name="", query="", actor=office.actor(Post.LEADER), now=clock.now())
    batches = exporting._batches

    def cancelled_after_one(rows: Any) -> Any:
        for batch in batches(rows):
            yield batch
            Export.objects.filter(pk=export.pk).update(state=ExportState.CANCELLED)

    monkeypatch.setattr(exporting, "_batches", cancelled_after_one)
    exporting.run(export.pk, now=clock.now())
    export.refresh_from_db()
    assert (export.state, export.progress) == (ExportState.CANCELLED, 1)
    assert not list(folder().glob(f"{export.pk}*"))


def test_a_worker_that_died_half_way_does_it_again_from_the_beginning(office: Office):
    office.order()
    export = ask_for_export(list_name="", query="", actor=office.actor(Post.LEADER), now=clock.now())
    Export.objects.filter(pk=export.pk).update(state=ExportState.RUNNING, progress=7, total=9)
    (folder() / f"{export.pk}.part").write_bytes(b"half a file")
    exporting.run(export.pk, now=clock.now())
    export.refresh_from_db()
    assert (export.state, export.progress, export.total) == (ExportState.DONE, 1, 1)
    assert not (folder() / f"{export.pk}.part").exists()
    assert len(sheet_of(export)[1]) == 1


def test_what_fails_is_said_and_leaves_nothing(office: Office, monkeypatch):
    def broken(*_said: Any) -> None:
        raise OSError("disk full")

    office.order()
    monkeypatch.setattr(exporting.Sheet, "write", broken)
    export = exported(office, Post.LEADER)
    assert export.state == ExportState.FAILED
    assert "重新导出" in export.problem
    assert not list(folder().glob(f"{export.pk}*"))


def test_who_lost_the_post_meanwhile_gets_nothing(office: Office):
    office.dispatched("parks")
    unit = office.who(Post.UNIT, "parks")
    export = ask_for_export(list_name="sign", query="", actor=unit.actor, now=clock.now())
    unit.person.postings.all().delete()
    version.forget()
    exporting.run(export.pk, now=clock.now())
    export.refresh_from_db()
    assert export.state == ExportState.FAILED


def test_only_the_owner_sees_and_fetches_it(office: Office):
    office.order()
    client, other = office.client(Post.LEADER), office.client(Post.SHIFT_LEADER)
    answer = client.post(reverse("workbench:exports"), {"list": "", "query": "channel=phone"})
    export = Export.objects.get()
    assert answer.headers["Location"] == reverse("workbench:export", args=[export.pk])
    assert export.query == "channel=phone"
    page = client.get(reverse("workbench:export", args=[export.pk])).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert client.get(reverse("workbench:export-file", args=[export.pk])).status_code == 404
    exporting.run(export.pk, now=clock.now())
    fragment = client.get(
        reverse("workbench:export", args=[export.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in fragment
    assert "hx-trigger" not in fragment
    got = client.get(reverse("workbench:export-file", args=[export.pk]))
    assert b"".join(got.streaming_content)[:2] == b"PK"
    assert "attachment" in got.headers["Content-Disposition"]
    for name in ("export", "export-file"):
        assert other.get(reverse(f"workbench:{name}", args=[export.pk])).status_code == 404
    for name in ("export-cancel", "export-delete"):
        assert other.post(reverse(f"workbench:{name}", args=[export.pk])).status_code == 404
    assert "全部案件" in client.get(reverse("workbench:exports")).content.decode()


def test_files_do_not_lie_about_for_ever(office: Office):
    office.order()
    export = exported(office, Post.LEADER)
    path = folder() / export.file
    assert path.stat().st_mode & 0o077 == 0
    forget_expired_exports(now=clock.now())
    assert path.exists()
    forget_expired_exports(now=clock.now() + timedelta(days=8))
    assert not path.exists()
    export.refresh_from_db()
    assert export.state == ExportState.EXPIRED
    client = office.client(Post.LEADER)
    assert client.get(reverse("workbench:export-file", args=[export.pk])).status_code == 404


def test_three_at_once_are_enough(office: Office):
    client = office.client(Post.LEADER)
    for _ in range(3):
        client.post(reverse("workbench:exports"), {"list": ""})
    answer = client.post(reverse("workbench:exports"), {"list": ""})
    assert answer.status_code == 422
    assert "3 份导出" in answer.content.decode()
    assert Export.objects.count() == 3


def test_a_list_of_another_post_cannot_be_exported(office: Office):
    client = office.client(Post.UNIT, "parks")
    assert client.post(reverse("workbench:exports"), {"list": "dispatch"}).status_code == 403
    assert client.get(reverse("workbench:exports") + "?list=no-such").status_code == 404
    assert client.get(reverse("workbench:exports") + "?list=sign&channel=web").status_code == 200


def test_the_folder_is_no_part_of_the_web(office: Office, settings):
    assert Path(settings.STATIC_ROOT) not in folder().parents
    assert folder().stat().st_mode & 0o077 == 0
