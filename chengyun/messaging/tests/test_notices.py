"""A warning about the package reaches those who answer for it: by the bell, and once by message."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from chengyun.messaging.metering.warnings import notice_warnings
from chengyun.messaging.models import Message, Package
from chengyun.messaging.notices import forget_newest
from chengyun.messaging.tests.scene import MORNING, accepted, ready
from chengyun.messaging.tests.test_metering import billed
from chengyun.organisation.models import Person
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import enter, person

pytestmark = pytest.mark.django_db
PAGE = "/messages/notices/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    ready()
    Package.objects.update(valid_from=date(2020, 1, 1), included=100)
    forget_newest()


def unread(client: Client) -> bool:
    forget_newest()
    return "条未看" in client.get(PAGE).content.decode()


def test_each_share_is_told_once_and_stays_on_the_bell_until_it_is_put_away():
    clerk = person("yu", Post.BUDGET)
    Person.objects.filter(pk=clerk.person.pk).update(phone="13900000001")
    client, message = enter(Client(), clerk), accepted()
    assert not unread(client)
    for more, percent in ((69, ""), (2, "70"), (1, ""), (30, "100")):
        billed(message, [more])
        before = Message.objects.filter(template_name="package_warning").count()
        notice_warnings(now=MORNING)
        notice_warnings(now=MORNING)
        told = Message.objects.filter(template_name="package_warning").order_by("-pk")
        assert told.count() - before == bool(percent)
        if percent:
            assert f"{percent}%" in told[0].text
            assert told[0].phone == "13900000001"
            assert unread(client)
    page = client.get(PAGE).content.decode()
    assert "70%" in page
    assert "100%" in page
    newest = page.split('name="up_to" value="')[1].split('"')[0]
    client.post(f"{PAGE}seen/", {"up_to": newest})
    assert not unread(client)
    assert unread(enter(Client(), person("li", Post.LEADER)))


def test_other_posts_have_no_bell():
    client = enter(Client(), person("zhang", Post.INTAKE))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/messages/").content.decode()
