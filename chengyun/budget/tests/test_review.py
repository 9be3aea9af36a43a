"""核对预算: handed in on a page, checked aside, settled finding by finding, corrected only into a copy."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from chengyun.budget.check.report import as_json
from chengyun.budget.check.run import check_file
from chengyun.budget.models import CorrectedCopy, Disposition, Review, ReviewedDocument, ReviewReport
from chengyun.budget.review import actions, checker
from chengyun.budget.review.carrying import carry_out
from chengyun.budget.tests.asking import blocking, failed
from chengyun.budget.tests.printing import as_docx, as_pdf, as_txt, as_xlsx
from chengyun.budget.tests.sample import tables
from chengyun.budget.tests.test_formats import spoilt_sheets
from chengyun.kernel.clock import now
from chengyun.kernel.errors import Invalid, NotAllowed, Stale
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
ADDRESS = "/budget/check/"


@pytest.fixture
def clerk() -> people.Someone:
    return people.person("bella", Post.BUDGET)


@pytest.fixture
def desk(client: Client, clerk: people.Someone) -> Client:
    return people.enter(client, clerk)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("spoilt")
    printers = {"txt": as_txt, "docx": as_docx, "xlsx": as_xlsx, "pdf": as_pdf}
    return {kind: made(folder / f"预算.{kind}", spoilt_sheets()) for kind, made in printers.items()}


def file_of(path: Path, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def checked(clerk: people.Someone, *paths: Path, **said: object) -> list[ReviewedDocument]:
    review = actions.ask_review([file_of(path) for path in paths], actor=clerk.actor, now=now(), **said)
    carry_out(review.pk, now=now())
    return list(review.documents.order_by("pk"))


def report(document: ReviewedDocument) -> dict[str, Any]:
    return ReviewReport.objects.get(document=document).said


def test_a_document_is_queued_checked_and_shown(desk, spoilt, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(ADDRESS, {"documents": file_of(spoilt["txt"])})
    review = Review.objects.get()
    assert answer.url == f"{ADDRESS}{review.pk}/"
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [review.pk]
    assert "排队中" in desk.get(answer.url).content.decode()
    carry_out(review.pk, now=now())
    document = review.documents.get()
    assert (document.state, document.kind, document.fiscal_year, document.fatal > 0) == (
        "done", "txt", 2024, True,
    )  # fmt: skip
    page = desk.get(answer.url, follow=True).content.decode()
    assert "6,34695.92" in page
    assert 'href="#f1"' in page  # the mark leads to the finding, and back:
    said = report(document)["findings"][0]
    assert f'href="#{said["mark"]}"' in page
    only = desk.get(f"{ADDRESS}documents/{document.pk}/?severity=F").content.decode()
    assert only.count("data-finding ") < page.count("data-finding ")
    assert desk.get(f"{ADDRESS}{review.pk}/progress/").headers["HX-Refresh"] == "true"
    listed = desk.get(ADDRESS + "?q=预算").content.decode()
    assert "致命" in listed


def test_the_file_of_findings_is_what_the_command_prints(desk, clerk, spoilt):
    (document,) = checked(clerk, spoilt["txt"])
    said = json.loads(desk.get(f"{ADDRESS}documents/{document.pk}/findings.json").content)
    findings = [as_json(one) for one in check_file(spoilt["txt"]) if one.status in ("fail", "deferred")]
    assert said == json.loads(json.dumps(findings))


def test_findings_are_settled_one_after_the_other(desk, clerk, spoilt):
    (document,) = checked(clerk, spoilt["txt"])
    where = f"{ADDRESS}documents/{document.pk}/findings/1/"
    refused = desk.post(where, {"kind": "explained", "seen": 0}, headers={"HX-Request": "true"})
    assert (refused.status_code, Disposition.objects.count()) == (422, 0)
    assert "请写明理由" in refused.content.decode()
    told = desk.post(
        where, {"kind": "explained", "note": "批复口径", "seen": 0}, headers={"HX-Request": "true"}
    )
    assert "bella" in told.content.decode()
    assert "已处理 1 /" in told.content.decode()
    with pytest.raises(Stale, match="bella"):
        actions.settle(document.pk, "1", "accepted", "", seen=0, actor=clerk.actor, now=now())
    actions.settle(document.pk, "1", "accepted", "", seen=1, actor=clerk.actor, now=now())
    assert [one.kind for one in Disposition.objects.order_by("number")] == ["explained", "accepted"]
    page = desk.get(f"{ADDRESS}documents/{document.pk}/?open=1").content.decode()
    assert 'id="f1"' not in page


@pytest.mark.parametrize("kind", ["txt", "docx", "xlsx", "pdf"])
def test_a_proposal_goes_into_a_copy_only(desk, clerk, spoilt, tmp_path: Path, kind: str):
    (document,) = checked(clerk, spoilt[kind])
    before = document.path.read_bytes()
    keys = [one["key"] for one in report(document)["findings"] if one["repair"]]
    assert desk.post(f"{ADDRESS}documents/{document.pk}/copies/", {"finding": keys}).status_code == 302
    copy = CorrectedCopy.objects.get()
    assert document.path.read_bytes() == before == spoilt[kind].read_bytes()
    answer = desk.get(f"{ADDRESS}copies/{copy.pk}/")
    path = tmp_path / f"copy{copy.path.suffix}"
    path.write_bytes(b"".join(answer.streaming_content))
    assert path.suffix == {"pdf": ".txt"}.get(kind, f".{kind}")
    assert blocking(failed(path)) == []
    with pytest.raises(Invalid):
        actions.correct(document.pk, [], actor=clerk.actor, now=now())


def archive(members: dict[str, bytes]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return SimpleUploadedFile("全区.zip", out.getvalue())


def test_an_archive_is_checked_document_by_document(desk, clerk, spoilt, tmp_path: Path):
    good = as_txt(tmp_path / "good.txt", tables())
    packed = archive(
        {
            "全区/甲.txt": good.read_bytes(),
            "全区/乙.txt": spoilt["txt"].read_bytes(),
            "全区/坏.pdf": b"%PDF-1.7 truncated",
            "全区/说明.png": b"\x89PNG",
            "__MACOSX/._甲.txt": b"x",
        }
    )
    review = actions.ask_review([packed], actor=clerk.actor, now=now())
    assert (review.total, review.skipped) == (3, ["说明.png"])
    carry_out(review.pk, now=now())
    review.refresh_from_db()
    assert (review.state, review.passed) == ("done", 3)
    found = {one.name: one for one in review.documents.all()}
    assert (found["甲.txt"].state, found["甲.txt"].fatal + found["甲.txt"].errors) == ("done", 0)
    assert found["乙.txt"].fatal > 0
    assert found["坏.pdf"].state == "failed"
    assert "坏.pdf" in found["坏.pdf"].problem
    page = desk.get(f"{ADDRESS}{review.pk}/").content.decode()
    assert "说明.png" in page


def test_what_cannot_be_a_budget_is_refused_with_the_reason(desk, clerk):
    for data, why in ((b"", "文件为空"), (b"\x89PNG\r\n", "图片"), (b"MZ\x90", "程序")):
        answer = desk.post(ADDRESS, {"documents": SimpleUploadedFile("预算.pdf", data)})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert "请选择" in desk.post(ADDRESS, {}).content.decode()
    many = archive({f"{number}.txt": b"x" for number in range(101)})
    with pytest.raises(Invalid, match="100"):
        actions.ask_review([many], actor=clerk.actor, now=now())
    bomb = archive({"bomb.txt": b"0" * (21 * 1024 * 1024)})
    with pytest.raises(Invalid, match="20 MB"):
        actions.ask_review([bomb], actor=clerk.actor, now=now())
    assert not Review.objects.exists()


def test_a_check_that_waits_or_works_can_be_stopped(clerk, spoilt, monkeypatch):
    waiting = actions.ask_review([file_of(spoilt["txt"])], actor=clerk.actor, now=now())
    assert actions.stop_review(waiting.pk, actor=clerk.actor, now=now()).state == "stopped"
    carry_out(waiting.pk, now=now())
    assert waiting.documents.get().state == "stopped"
    working = actions.ask_review(
        [file_of(spoilt["txt"]), file_of(spoilt["pdf"])], actor=clerk.actor, now=now()
    )
    check = checker.Checker.check

    def stopped_after_the_first(self, path, prior):
        said = check(self, path, prior)
        actions.stop_review(working.pk, actor=clerk.actor, now=now())
        return said

    monkeypatch.setattr(checker.Checker, "check", stopped_after_the_first)
    carry_out(working.pk, now=now())
    assert [one.state for one in working.documents.order_by("pk")] == ["done", "stopped"]


def test_a_document_that_takes_too_long_or_breaks_the_reader(spoilt, monkeypatch):
    with checker.Checker(lambda: False, longest=0.0) as slow:
        assert "超过" in slow.check(spoilt["pdf"], None)["unreadable"]
    with pytest.raises(checker.Stopped), checker.Checker(lambda: True) as halted:
        halted.check(spoilt["pdf"], None)
    monkeypatch.setattr(checker.sys, "executable", "/bin/false")
    with checker.Checker(lambda: False) as broken:
        assert "中断" in broken.check(spoilt["txt"], None)["unreadable"]


def test_two_years_line_by_line(desk, clerk, tmp_path: Path):
    before = as_txt(tmp_path / "before.txt", tables())
    sheets = tables()
    for sheet in sheets[1:3]:
        sheet.rows = [
            [text.replace("350,141.89", "450,141.89") for text in row]
            for row in sheet.rows
            if not (row[0] == "208" and row[2] == "06")
        ]
    after = as_txt(tmp_path / "after.txt", sheets)
    text = after.read_text("utf-8").replace("2024", "2025").replace("2023", "2024")
    after.write_text(text, "utf-8")
    old, new = checked(clerk, before, after)
    page = desk.get(f"{ADDRESS}compare/?before={old.pk}&after={new.pk}").content.decode()
    assert "+100,000.00" in page
    assert "+28.6%" in page
    assert "2080506" in page
    assert "取消" in page
    assert "文字没有不同" in page  # the year itself is no difference


def test_a_prior_year_belongs_to_one_document(desk, clerk, spoilt):
    (document,) = checked(clerk, spoilt["txt"], prior=file_of(spoilt["docx"]))
    assert "NAR-03" in {one["id"] for one in report(document)["findings"]}
    both = [file_of(spoilt["txt"]), file_of(spoilt["docx"])]
    with pytest.raises(Invalid, match="上年"):
        actions.ask_review(both, prior=file_of(spoilt["txt"]), actor=clerk.actor, now=now())


def test_leaders_read_and_others_see_nothing(client, clerk, spoilt):
    (document,) = checked(clerk, spoilt["txt"])
    leader = people.person("lena", Post.LEADER)
    people.enter(client, leader)
    page = client.get(f"{ADDRESS}documents/{document.pk}/").content.decode()
    assert "预算.txt" in page
    assert "data-settle" not in page
    assert 'name="note"' not in page
    assert client.post(ADDRESS, {"documents": file_of(spoilt["txt"])}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.settle(document.pk, "1", "accepted", "", seen=0, actor=leader.actor, now=now())
    stranger = people.person("olga", Post.INTAKE)
    assert not ReviewedDocument.objects.seen_by(stranger.actor).exists()
    assert people.enter(Client(), stranger).get(f"{ADDRESS}documents/{document.pk}/").status_code == 403
