"""The rail shows what a person's posts lead to, and nothing else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.labelled import Labelled
from chengyun.ui import menu
from chengyun.ui.menu import Entry


class Trade(Labelled):
    BAKER = "baker", "面点师", "Baker"


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(menu, "_entries", {})
    monkeypatch.setattr(menu, "_posts", [])


def _person(*posts):
    return Actor(person_id=1, name="王演练", holdings=tuple(Holding(post, 1) for post in posts))


def _request(path, actor):
    request = RequestFactory().get(path)
    request.actor = actor
    return request


def test_posts_decide_and_order_holds():
    menu.register(
        [
            Entry("人员", "people", "users", ("admin",), 1, "system"),
            Entry("派遣", "dispatch", "send", ("dispatcher",), 20),
            Entry("首页", "home", "home", (), 1),
        ]
    )
    assert [entry.label for entry in menu.entries_for(_person("dispatcher"))] == ["首页", "派遣"]
    assert [entry.label for entry in menu.entries_for(_person("dispatcher", "admin"))] == [
        "首页",
        "派遣",
        "人员",
    ]
    assert menu.entries_for(None) == ()


def test_an_entry_registered_twice_stands_once_and_the_later_one_counts():
    menu.register([Entry("旧", "home", "home")])
    menu.register([Entry("新", "home", "home")])
    assert [entry.label for entry in menu.entries_for(_person())] == ["新"]


def test_an_unknown_group_is_refused_by_name():
    with pytest.raises(ValueError, match="unknown group 'nowhere'"):
        menu.register([Entry("首页", "home", "home", group="nowhere")])


def test_a_page_that_is_not_there_is_left_out_and_the_longest_address_is_current():
    menu.register(
        [
            Entry("部件", "ui:style", "tool"),
            Entry("网络", "ui:offline", "wifi-off"),
            Entry("尚无", "no-such-room:page", "home"),
        ]
    )
    groups = menu.menu(_request("/ui/style/", _person()))
    assert [(line.label, line.current) for group in groups for line in group.lines] == [
        ("网络", False),
        ("部件", True),
    ]


def test_nobody_gets_no_rail():
    menu.register([Entry("部件", "ui:style", "tool")])
    assert menu.menu(_request("/ui/style/", None)) == ()
    assert menu.menu(RequestFactory().get("/")) == ()


def test_posts_are_called_by_their_names():
    menu.register_posts(Trade)
    assert menu.post_labels(_person("baker", "baker", "stranger")) == ("面点师", "stranger")
    assert menu.post_labels(None) == ()
