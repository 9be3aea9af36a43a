"""导入工单: a file handed in on a page is imported in the background, can be watched and stopped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from chengyun.cases.models import Case
from chengyun.hotline import actions
from chengyun.hotline.actions.imports import _Progress, carry_out
from chengyun.hotline.jobs import forget_old_rejects
from chengyun.hotline.models import ImportRun, RunState, folder
from chengyun.kernel.clock import now
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
ADDRESS = "/hotline/import/"
HEAD = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间"
ROWS = f"""{HEAD}
1,A1,路灯不亮,2019/4/25 9:32:09,楼道路灯不亮,已修复,2019/5/10 14:56:53
2,A2,噪声扰民,2019/4/26 9:32:09,夜间施工,已处理,2019/5/11 14:56:53
3,A3,时间有误,不知道哪天,内容,,
"""


@pytest.fixture
def leader() -> people.Someone:
    return people.person("carol", Post.SHIFT_LEADER)


@pytest.fixture
def desk(client: Client, leader: people.Someone) -> Client:
    return people.enter(client, leader)


def hand_in(desk: Client, text: str = ROWS, name: str = "留言.csv", mapping: str = "messages_with_replies"):
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    return desk.post(ADDRESS, {"file": file, "mapping": mapping})


def test_a_file_is_queued_and_then_imported(desk: Client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = hand_in(desk)
    assert answer.status_code == 302
    run = ImportRun.objects.get()
    assert (run.state, run.file_name, run.asked_by.name) == ("queued", "留言.csv", "carol")
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [run.pk]
    assert "排队中" in desk.get(ADDRESS).content.decode()

    carry_out(run.pk, now=now())
    run.refresh_from_db()
    assert run.state == "done"
    assert (run.read, run.created, run.skipped, run.rejected) == (3, 2, 0, 1)
    assert run.passed == run.length > 0
    assert Case.objects.count() == 2
    assert not run.path.exists()  # callers' data are not kept twice
    page = desk.get(f"{ADDRESS}{run.pk}/progress/").content.decode()
    assert "已完成" in page
    assert "hx-get" not in page  # what has ended does not ask again


def test_rejected_rows_can_be_fetched(desk: Client):
    hand_in(desk)
    run = ImportRun.objects.get()
    carry_out(run.pk, now=now())
    answer = desk.get(f"{ADDRESS}{run.pk}/rejects.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "line,field,reason,row"
    assert "registered_at" in text
    assert "不知道哪天" in text


def test_rejected_rows_are_kept_for_a_month(desk: Client):
    hand_in(desk)
    run = ImportRun.objects.get()
    carry_out(run.pk, now=now())
    forget_old_rejects(now=now() + timedelta(days=29))
    assert run.rejects.is_file()
    assert forget_old_rejects(now=now() + timedelta(days=31)) >= 1
    assert forget_old_rejects(now=now() + timedelta(days=31)) == 0
    assert desk.get(f"{ADDRESS}{run.pk}/rejects.csv").status_code == 404


@pytest.mark.parametrize("kind", ["articles", "geography", "dispatch", "city"])
def test_rejected_rows_of_every_import_go_after_a_month(kind: str):
    path = folder() / f"{kind}-1.rejects.csv"
    path.write_text("line,field,reason,row\n", encoding="utf-8")
    forget_old_rejects(now=now() + timedelta(days=29))
    assert path.is_file()
    forget_old_rejects(now=now() + timedelta(days=31))
    assert not path.is_file()


def test_the_same_file_again_makes_no_second_orders(desk: Client):
    for _ in range(2):
        hand_in(desk)
        carry_out(ImportRun.objects.latest("pk").pk, now=now())
    last = ImportRun.objects.order_by("-pk").first()
    assert (last.created, last.skipped, last.rejected) == (0, 2, 1)
    assert Case.objects.count() == 2


def test_a_run_that_waits_stops_at_once_and_stays_so(desk: Client):
    hand_in(desk)
    run = ImportRun.objects.get()
    desk.post(f"{ADDRESS}{run.pk}/stop/")
    carry_out(run.pk, now=now())
    run.refresh_from_db()
    assert run.state == "stopped"
    assert not Case.objects.exists()
    assert not run.path.exists()


def test_a_run_at_work_stops_when_it_looks(desk: Client, leader: people.Someone, monkeypatch):
    hand_in(desk)
    run = ImportRun.objects.get()

    def asked_meanwhile(progress: _Progress, more: int) -> None:
        actions.stop_import(run.pk, actor=leader.actor, now=now())
        progress.look()

    monkeypatch.setattr(_Progress, "moved", asked_meanwhile)
    carry_out(run.pk, now=now())
    run.refresh_from_db()
    assert run.state == "stopped"
    assert run.ended_at is not None
    assert not Case.objects.exists()


def test_a_run_that_was_interrupted_goes_on_from_the_start(desk: Client):
    hand_in(desk)
    ImportRun.objects.update(state=RunState.RUNNING)
    carry_out(ImportRun.objects.get().pk, now=now())
    assert ImportRun.objects.get().created == 2


def test_a_file_that_lacks_columns_fails_with_the_reason(desk: Client):
    hand_in(desk, "a,b\n1,2\n")
    run = ImportRun.objects.get()
    carry_out(run.pk, now=now())
    run.refresh_from_db()
    assert run.state == "failed"
    assert "留言.csv 缺少列" in run.problem
    assert "缺少列" in desk.get(ADDRESS).content.decode()


def test_a_damaged_workbook_fails_with_the_reason(desk: Client):
    hand_in(desk, "not a workbook", name="工单.xlsx")
    run = ImportRun.objects.get()
    carry_out(run.pk, now=now())
    run.refresh_from_db()
    assert run.state == "failed"
    assert "工单.xlsx 打不开" in run.problem


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"mapping": "messages_with_replies"}, "请选择文件"),
        ({"file": ("a.pdf", b"x"), "mapping": "messages_with_replies"}, "只能导入 CSV 或 XLSX"),
        ({"file": ("a.csv", b""), "mapping": "messages_with_replies"}, "空文件"),
        ({"file": ("a.csv", b"x"), "mapping": ""}, "请选择映射"),
        ({"file": ("a.csv", b"x"), "mapping": "../secrets"}, "没有这个映射"),
    ],
)
def test_a_wrong_form_is_told_so(desk: Client, said, why: str):
    posted = dict(said)
    if "file" in posted:
        posted["file"] = SimpleUploadedFile(*posted["file"])
    answer = desk.post(ADDRESS, posted)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_name_with_a_path_in_it_stays_in_the_folder(desk: Client):
    hand_in(desk, name="../../etc/x.csv")
    run = ImportRun.objects.get()
    assert run.file_name == "x.csv"
    assert run.path.parent.name == "imports"
    assert Path(run.stored_name).name == run.stored_name


@pytest.mark.parametrize("post", [Post.INTAKE, Post.UNIT, Post.DISPATCHER])
def test_other_posts_do_not_import(client: Client, post: Post):
    someone = people.person("bob", post)
    people.enter(client, someone)
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}1/rejects.csv").status_code == 403
    with pytest.raises(NotAllowed):
        actions.stop_import(1, actor=someone.actor, now=now())


def test_an_administrator_imports_too(client: Client):
    people.enter(client, people.person("root", Post.ADMIN))
    assert "导入文件" in client.get(ADDRESS).content.decode()


def test_a_run_that_is_not_there(desk: Client):
    for path in ("progress/", "rejects.csv"):
        assert desk.get(f"{ADDRESS}9/{path}").status_code == 404
    assert desk.post(f"{ADDRESS}9/stop/").status_code == 404
