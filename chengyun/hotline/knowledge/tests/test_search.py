"""Search: a caller's sentence finds the article, and the snippet shows why."""

from datetime import date

import pytest

from chengyun.hotline.knowledge import queries
from chengyun.hotline.knowledge.loading import load_rehearsal_articles
from chengyun.hotline.knowledge.snippet import snippet
from chengyun.hotline.knowledge.tests.shelf import NOW, TODAY, Shelf
from chengyun.hotline.models import Article
from chengyun.organisation.actions.reference import load_reference as load_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    return Shelf()


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("你好，我想问一下楼上漏水到我家该找谁", "房屋漏水由谁修"),
        ("单位三个月没有发工资了", "拖欠工资怎样反映"),
        ("我想咨询居住证怎么办理", "居住证怎样办理"),
        ("家里有煤气味", "闻到燃气味怎么办"),
        ("路灯不亮", "路灯不亮怎样报修"),
        ("网上买东西商家不退款", "购物退款纠纷怎样投诉"),
    ],
)
def test_the_starter_articles_answer_what_callers_say(asked, title):
    load_organisation(now=NOW)
    shelf = Shelf()
    tally = load_rehearsal_articles(now=NOW)
    assert (tally.created, tally.rejected) == (24, 0)
    hits = queries.search(asked, actor=shelf.anna.actor, on=TODAY, limit=3, least_share=0.2)
    assert hits[0].title == title
    assert hits[0].rehearsal
    assert any(marked for _text, marked in hits[0].snippet)


def test_what_nobody_wrote_about_is_not_guessed():
    load_organisation(now=NOW)
    shelf = Shelf()
    load_rehearsal_articles(now=NOW)
    on = {"actor": shelf.anna.actor, "on": TODAY, "least_share": queries.LEAST_SHARE}
    for asked in ("", "？？", "猫", "火星移民签证", "x" * 5000, "' OR 1=1 --", "😀😀"):
        assert queries.search(asked, **on) == []


def test_loading_twice_changes_nothing():
    load_organisation(now=NOW)
    Shelf()
    load_rehearsal_articles(now=NOW)
    again = load_rehearsal_articles(now=NOW)
    assert (again.read, again.unchanged, Article.objects.count()) == (24, 24, 24)


def test_only_what_is_in_force_is_found_unless_asked(shelf):
    shelf.published(title="已过期的修剪办法", valid_until=date(2026, 9, 1))
    shelf.published(title="将来的修剪办法", valid_from=date(2026, 10, 1))
    actor = shelf.anna.actor
    assert [hit.title for hit in queries.search("修剪办法", actor=actor, on=TODAY)] == ["已过期的修剪办法"]
    assert queries.search("修剪办法", actor=actor, on=date(2026, 9, 2)) == []
    assert len(queries.search("修剪办法", actor=actor, on=date(2026, 9, 2), any_time=True)) == 2


def test_the_title_counts_for_more_than_the_details(shelf):
    shelf.published(title="路灯报修", details="")
    shelf.published(title="树木修剪", details="修剪后路灯更亮")
    assert queries.search("路灯", actor=shelf.anna.actor, on=TODAY)[0].title == "路灯报修"


def test_the_snippet_marks_what_was_found():
    pieces = snippet("道路两旁的树由绿化部门修剪，请说明位置。", ["修剪", "绿化"])
    assert [text for text, marked in pieces if marked] == ["绿化", "修剪"]
    assert "".join(text for text, _ in pieces) == "道路两旁的树由绿化部门修剪，请说明位置。"
    far = snippet("前" * 200 + "修剪" + "后" * 200, ["修剪"], length=40)
    assert far[0] == far[-1] == ("…", False)
    assert ("修剪", True) in far
    assert snippet("", ["修剪"]) == []
