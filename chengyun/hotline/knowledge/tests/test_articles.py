"""Articles: written, let out, reviewed, taken back; and who may."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengyun.cases.tests.cast import Cast
from chengyun.hotline.knowledge import comparing, queries
from chengyun.hotline.knowledge.actions import (
    mark,
    note_unanswered,
    note_used,
    publish,
    refuse,
    review,
    settle,
    submit,
    withdraw,
    write_version,
)
from chengyun.hotline.knowledge.tests.shelf import NOW, TODAY, Shelf
from chengyun.hotline.models import Article, ArticleStep, ArticleUse, ArticleVersion, UnansweredSearch
from chengyun.kernel.errors import Invalid, NotAllowed, Refused
from chengyun.worktime.loading import load_reference as load_worktime

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    load_worktime(now=NOW)
    return Shelf()


def test_an_article_goes_from_draft_to_published(shelf):
    version = shelf.draft()
    assert queries.search("树木修剪", actor=shelf.anna.actor, on=TODAY) == []
    submit(version.pk, actor=shelf.anna.actor, now=NOW)
    assert list(queries.waiting(shelf.bert.actor)) == [version]
    publish(version.pk, actor=shelf.bert.actor, now=NOW)
    article = Article.objects.get()
    assert (article.current_id, article.review_due) == (version.pk, TODAY + timedelta(days=180))
    assert [hit.title for hit in queries.search("树木修剪", actor=shelf.anna.actor, on=TODAY)] == [
        version.title
    ]
    verbs = ArticleStep.objects.order_by("id").values_list("verb", "by_name")
    assert list(verbs) == [("write", "anna"), ("submit", "anna"), ("publish", "bert")]


def test_nobody_lets_out_what_they_wrote(shelf):
    said = shelf.said()
    version = write_version(said, actor=shelf.bert.actor, now=NOW)
    submit(version.pk, actor=shelf.bert.actor, now=NOW)
    with pytest.raises(NotAllowed):
        publish(version.pk, actor=shelf.bert.actor, now=NOW)
    with pytest.raises(NotAllowed):
        publish(version.pk, actor=shelf.anna.actor, now=NOW)
    publish(version.pk, actor=shelf.cora.actor, now=NOW)


def test_a_new_version_replaces_the_old_one_which_stays(shelf):
    first = shelf.published()
    second = shelf.published(first.article_id, answer="请拨打热线说明位置和影响。")
    states = dict(ArticleVersion.objects.values_list("no", "state"))
    assert states == {1: "replaced", 2: "published"}
    (change,) = comparing.changes(ArticleVersion.objects.get(no=1), second)
    assert change.name == "answer"
    assert "".join(piece.text for piece in change.pieces if piece.kind != "gone") == second.answer
    assert "".join(piece.text for piece in change.pieces if piece.kind != "new") == first.answer


def test_a_draft_of_a_published_article_leaves_it_in_force(shelf):
    first = shelf.published()
    shelf.draft(first.article_id, why="措辞", title="树枝修剪")
    assert Article.objects.get().title == first.title
    assert [hit.version_id for hit in queries.search("修剪", actor=shelf.anna.actor, on=TODAY)] == [first.pk]


@pytest.mark.parametrize(
    "words", [{"answer": "找王师傅13812341234"}, {"details": "身份证310113199001011234"}]
)
def test_personal_data_is_stopped_before_it_goes_out(shelf, words):
    version = shelf.draft(**words)
    with pytest.raises(Invalid) as error:
        submit(version.pk, actor=shelf.anna.actor, now=NOW)
    assert list(error.value.fields) == list(words)


def test_an_office_telephone_is_no_personal_data(shelf):
    submit(shelf.draft(answer="窗口电话021-56781234，也可拨12345。").pk, actor=shelf.anna.actor, now=NOW)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"answer": ""}, "answer"),
        ({"answer": "x\x00"}, "answer"),
        ({"category_id": 0}, "category"),
        ({"owner_unit_id": 0}, "owner_unit"),
        ({"valid_until": date(2025, 1, 1)}, "valid_until"),
    ],
)
def test_wrong_fields_are_named(shelf, words, field):
    with pytest.raises(Invalid) as error:
        shelf.draft(**words)
    assert field in error.value.fields
    assert not Article.objects.exists()


def test_a_later_version_says_why(shelf):
    first = shelf.published()
    with pytest.raises(Invalid) as error:
        shelf.draft(first.article_id)
    assert list(error.value.fields) == ["why"]


def test_a_liaison_writes_for_the_own_unit_alone(shelf):
    write_version(shelf.said(), actor=shelf.dora.actor, now=NOW)
    with pytest.raises(NotAllowed):
        write_version(shelf.said(owner_unit_id=shelf.anna.person.unit_id), actor=shelf.dora.actor, now=NOW)


def test_sent_back_with_a_reason(shelf):
    version = shelf.draft()
    submit(version.pk, actor=shelf.anna.actor, now=NOW)
    with pytest.raises(Invalid):
        refuse(version.pk, why=" ", actor=shelf.bert.actor, now=NOW)
    refuse(version.pk, why="写清由谁办", actor=shelf.bert.actor, now=NOW)
    assert list(queries.waiting(shelf.anna.actor)) == [version]
    with pytest.raises(Refused):
        publish(version.pk, actor=shelf.bert.actor, now=NOW)


def test_withdrawn_is_found_no_more_and_may_come_again(shelf):
    version = shelf.published()
    withdraw(version.article_id, why="政策已变", actor=shelf.bert.actor, now=NOW)
    assert queries.search("树木修剪", actor=shelf.anna.actor, on=TODAY, any_time=True) == []
    shelf.published(version.article_id)
    assert queries.search("树木修剪", actor=shelf.anna.actor, on=TODAY)


def test_reviews_fall_due_for_the_owner_and_the_centre(shelf):
    version = shelf.published(valid_until=date(2026, 9, 20))
    last = date(2026, 9, 20)
    for who, seen in ((shelf.dora, 1), (shelf.bert, 1)):
        assert queries.due_reviews(who.actor, last).count() == seen
    assert not queries.due_reviews(shelf.bert.actor, last - timedelta(days=1)).exists()
    with pytest.raises(NotAllowed):
        review(version.article_id, why="仍有效", actor=shelf.anna.actor, now=NOW)
    assert review(version.article_id, why="仍有效", actor=shelf.dora.actor, now=NOW) == last


def test_uses_are_counted_once_an_order(shelf):
    version, play = shelf.published(), Cast()
    case = play.order()
    for _ in range(2):
        note_used(version.pk, case_id=case.pk, actor=shelf.anna.actor, now=NOW)
    click = uuid4()
    for _ in range(2):
        mark(version.pk, helped=True, client_id=click, actor=shelf.anna.actor, now=NOW)
    mark(version.pk, helped=False, client_id=uuid4(), actor=shelf.anna.actor, now=NOW)
    assert queries.uses_of([version.article_id])[version.article_id] == {
        "used": 1,
        "helped": 1,
        "not_helped": 1,
    }
    assert ArticleUse.objects.count() == 3
    with pytest.raises(Invalid):
        note_used(version.pk + 99, case_id=case.pk, actor=shelf.anna.actor, now=NOW)


def test_gaps_are_kept_masked_and_counted(shelf):
    for _ in range(2):
        note_unanswered("犬证怎么办 13812341234", actor=shelf.anna.actor, now=NOW)
    note_unanswered("？！", actor=shelf.anna.actor, now=NOW)
    (gap,) = queries.gaps()
    assert (gap.text, gap.times) == ("犬证怎么办 138****1234", 2)
    settle(gap.pk, actor=shelf.bert.actor, now=NOW)
    assert not queries.gaps().exists()
    note_unanswered("犬证怎么办 13812341234", actor=shelf.anna.actor, now=NOW)
    assert UnansweredSearch.objects.get().times == 3
    assert queries.gaps().count() == 1
