"""办理指标: every figure opens to its orders, and nobody sees more than they may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from chengyun.cases.models import Case
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.hotline.handling.rows import load_reference
from chengyun.hotline.handling.tests.test_figures import closed
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau, enter, person

pytestmark = pytest.mark.django_db
PERIOD = {"from": MORNING.date().isoformat(), "to": (MORNING + timedelta(days=60)).date().isoformat()}


@pytest.fixture
def play() -> Cast:
    load_reference(now=MORNING)
    return Cast()


def read(client: Client, **asked: str) -> str:
    answer = client.get("/hotline/rates/", {**PERIOD, **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_figure_opens_to_its_orders(client, play):
    happy, angry = closed(play, "very_satisfied"), closed(play, "dissatisfied", "explained", reached="no")
    numbers = dict(Case.objects.values_list("pk", "number"))
    enter(client, person("lin", Post.LEADER))
    page = read(client)
    for label in (
        "先行联系率",
        "及时先行联系率",
        "按时办结率",
        "实际解决率",
        "市民满意率",
        "回访率",
        "重办率",
    ):
        assert label in page
    assert numbers[happy] not in page
    above = read(client, figure="satisfaction", part="above")
    assert numbers[happy] in above
    assert numbers[angry] not in above
    below = read(client, figure="satisfaction", part="below")
    assert numbers[angry] in below
    assert "不是全市规定" in below
    for figure in ("first_contact", "contact_on_time", "on_time", "solved", "called_back", "rehandled"):
        for side in ("district", "city"):
            read(client, figure=figure, part="above", side=side)
    assert numbers[happy] not in read(client, figure="satisfaction", side="city")


def test_odd_questions_get_the_usual_page(client, play):
    enter(client, person("lin", Post.LEADER))
    for asked in (
        {"from": "x"},
        {"side": "x", "unit": "x", "type": "x", "figure": "x"},
        {"from": "9999-12-31"},
    ):
        read(client, **asked)


def test_a_unit_reads_its_own_orders_only(client, play):
    pk = closed(play, "satisfied")
    enter(client, person("wu", Post.UNIT, unit=bureau("别的局")))
    page = read(client, figure="satisfaction", part="below")
    assert Case.objects.get(pk=pk).number not in page
    other = enter(Client(), person("jian", Post.INSPECTOR, unit=bureau("网格所")))
    assert other.get("/hotline/rates/").status_code == 403
