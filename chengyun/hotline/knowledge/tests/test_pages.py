"""Pages of the knowledge base: reading, writing, letting out, importing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.hotline.knowledge.actions import submit
from chengyun.hotline.knowledge.first_call import first_call_resolution
from chengyun.hotline.knowledge.tests.shelf import NOW, Shelf
from chengyun.hotline.models import Article, ArticleUse, ArticleVersion, UnansweredSearch
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local
from chengyun.organisation.tests.people import enter
from chengyun.worktime.loading import load_reference as load_worktime

pytestmark = pytest.mark.django_db
HEAD = "编号,标题,分类,责任单位,答复口径,生效日期\n"


@pytest.fixture
def shelf():
    return Shelf()


def _see(client, who, name, *args, status=200, **query):
    answer = enter(client, who).get(reverse(f"hotline:{name}", args=args), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def _form(shelf, **said):
    return {
        "title": "犬证怎样办理",
        "category": shelf.category.pk,
        "owner_unit": shelf.parks.pk,
        "answer": "请到受理点登记。",
        "valid_from": "2026-01-01",
        "then": "submit",
        **said,
    }


def test_written_on_the_page_and_let_out_by_another(client, shelf):
    enter(client, shelf.anna).post(reverse("hotline:knowledge-new"), _form(shelf))
    version = ArticleVersion.objects.get()
    assert version.state == "submitted"
    publish = reverse("hotline:knowledge-step", args=[version.pk, "publish"])
    assert enter(client, shelf.anna).post(publish).status_code == 403
    assert enter(client, shelf.bert).post(publish).status_code == 302
    page = _see(client, shelf.dora, "knowledge-article", version.article_id)
    assert "请到受理点登记" in page
    assert "<mark>犬证</mark>" in _see(client, shelf.dora, "knowledge", q="犬证在哪里办")


def test_what_was_typed_stays_when_a_field_is_wrong(client, shelf):
    answer = enter(client, shelf.anna).post(
        reverse("hotline:knowledge-new"), _form(shelf, category="99", valid_from="昨天")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "犬证怎样办理" in page
    assert page.count('aria-invalid="true"') == 2
    assert not Article.objects.exists()


def test_personal_data_keeps_the_draft_and_says_why(client, shelf):
    said = _form(shelf, answer="找小王13812341234")
    answer = enter(client, shelf.anna).post(reverse("hotline:knowledge-new"), said, follow=True)
    assert "疑似个人信息" in answer.content.decode()
    assert ArticleVersion.objects.get().state == "draft"


def test_a_script_in_an_article_is_only_text(client, shelf):
    version = shelf.published(
        title="<script>alert(1)</script>修剪", answer="<img src=x onerror=alert(1)>修剪"
    )
    for page in (
        _see(client, shelf.anna, "knowledge-article", version.article_id),
        _see(client, shelf.anna, "knowledge", q="修剪"),
        _see(client, shelf.anna, "knowledge-answers", text="树木修剪"),
    ):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_fragment_offers_answers_and_the_version(client, shelf):
    version = shelf.published()
    page = _see(client, shelf.anna, "knowledge-answers", text="小区门口的树枝碰到窗户了")
    assert f'data-fill-also="article_version={version.pk}"' in page
    assert 'data-fill-field="reply"' in page
    assert "data-fill-field" not in _see(client, shelf.anna, "knowledge-answers", text="")
    _see(client, shelf.dora, "knowledge-answers", text="树枝", status=403)


def test_a_search_in_vain_is_seen_by_editors(client, shelf):
    shelf.published()
    _see(client, shelf.anna, "knowledge", q="宠物狗登记")
    assert UnansweredSearch.objects.get().text == "宠物狗登记"
    assert "宠物狗登记" in _see(client, shelf.bert, "knowledge", tab="gaps")
    assert "宠物狗登记" not in _see(client, shelf.dora, "knowledge", tab="gaps")


def test_drafts_are_not_for_everybody(client, shelf):
    version = shelf.draft(owner_unit_id=shelf.anna.person.unit_id)
    _see(client, shelf.dora, "knowledge-article", version.article_id, status=404)
    assert version.title in _see(client, shelf.anna, "knowledge-article", version.article_id)


def test_every_list_and_form_opens(client, shelf):
    version = shelf.published()
    shelf.published(version.article_id, title="树枝修剪")
    for tab in ("articles", "waiting", "reviews", "gaps", "nonsense"):
        _see(client, shelf.bert, "knowledge", tab=tab, all="1", category="x")
    for name in ("article", "write", "compare", "withdraw", "review"):
        _see(client, shelf.bert, f"knowledge-{name}", version.article_id)
    _see(
        client, shelf.bert, "first-call", **{"from": "x", "to": "2026-13-01", "type": "moon", "part": "taken"}
    )


def test_helped_is_counted_once_a_click(client, shelf):
    version = shelf.published()
    address = reverse("hotline:knowledge-mark", args=[version.pk])
    for _ in range(2):
        enter(client, shelf.dora).post(
            address, {"helped": "1", "click": "6fa459ea-ee8a-3ca4-894e-db77e160355e"}
        )
    assert ArticleUse.objects.get().kind == "helped"


def _upload(client, shelf, name, content):
    file = SimpleUploadedFile(name, content)
    return enter(client, shelf.bert).post(reverse("hotline:knowledge-import"), {"file": file})


def test_a_file_of_articles_comes_in_and_bad_rows_come_back(client, shelf):
    rows = [
        "A1,犬证办理,市容环境,园林局,请到受理点。,2026-01-01",
        "A2,,市容环境,园林局,无标题,2026-01-01",
        "A3,分类不对,月球,园林局,答,2026-01-01",
        "A1,重复,市容环境,园林局,答,2026-01-01",
        "A4,日期不对,市容环境,没有这个局,答,明天",
        "A5,有手机号,市容环境,园林局,打13812341234,2026-01-01",
    ]
    page = _upload(client, shelf, "知识.csv", (HEAD + "\n".join(rows)).encode("gb18030")).content.decode()
    assert "下载退回的行" in page
    assert list(Article.objects.values_list("title", flat=True)) == ["犬证办理"]
    rejects = b"".join(client.get(reverse("hotline:knowledge-rejects")).streaming_content).decode("utf-8-sig")
    lines = [line.split(",")[:2] for line in rejects.splitlines()[1:]]
    assert lines == [
        ["3", "标题"],
        ["4", "分类"],
        ["5", "编号"],
        ["6", "责任单位"],
        ["6", "生效日期"],
        ["7", "answer"],
    ]


def test_an_xlsx_comes_in_and_a_changed_row_is_a_new_version(client, shelf):
    for answer in ("旧的答复", "旧的答复", "新的答复"):
        book, out = Workbook(), io.BytesIO()
        book.active.append(HEAD.strip().split(","))
        book.active.append(["A1", "犬证办理", "appearance", "园林局", answer, NOW.replace(tzinfo=None)])
        book.save(out)
        assert _upload(client, shelf, "a.xlsx", out.getvalue()).status_code == 200
    assert list(ArticleVersion.objects.order_by("no").values_list("answer", flat=True)) == [
        "旧的答复",
        "新的答复",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"x"),
        ("a.csv", b""),
        ("a.csv", "标题\nx".encode()),
        ("a.xlsx", b"not a zip"),
        ("a.csv", b"\xff\xfe\x00"),
    ],
)
def test_a_wrong_file_is_answered_in_words(client, shelf, name, content):
    answer = _upload(client, shelf, name, content)
    assert answer.status_code == 422
    assert "data-errors" in answer.content.decode()


def test_first_call_resolution_counts_what_was_closed_at_once(client, shelf):
    load_worktime(now=NOW)
    play = Cast()
    for number in range(4):
        case = play.order(appeal_type="consultation" if number else "help", channel="phone")
        if number < 2:
            play.go("resolve_at_once", play.intake, reply="已答复")
        assert case.pk
    play.order(channel="web")
    today = local(MORNING).date()
    figure = first_call_resolution(today, today, actor=SYSTEM)
    assert (figure.numerator, figure.denominator, figure.rate) == (2, 4, 0.5)
    assert {row.closed_at is not None for row in figure.resolved} == {True}
    asked = first_call_resolution(today, today, appeal_types=("consultation",), actor=SYSTEM)
    assert (asked.numerator, asked.denominator) == (1, 3)
    empty = first_call_resolution(today.replace(year=2020), today.replace(year=2020), actor=SYSTEM)
    assert empty.rate is None


def test_who_is_to_review_or_let_out_is_reminded_on_the_page_of_their_work(client, shelf):
    shelf.published()
    version = shelf.draft(title="另一篇")
    submit(version.pk, actor=shelf.anna.actor, now=NOW)
    Article.objects.filter(current__isnull=False).update(review_due=local(clock.now()).date())
    editor = enter(client, shelf.bert).get("/").content.decode()
    assert "知识到期复核" in editor
    assert "待发布知识" in editor
    owner = enter(client, shelf.dora).get("/").content.decode()
    assert "知识到期复核" in owner
    assert "待发布知识" not in owner
    assert "知识到期复核" not in enter(client, shelf.anna).get("/").content.decode()
    Article.objects.update(review_due=None)
    assert "知识到期复核" not in enter(client, shelf.dora).get("/").content.decode()
