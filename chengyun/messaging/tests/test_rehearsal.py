"""What is only a rehearsal never leaves through a gateway that reaches people."""

from __future__ import annotations

import pytest

from chengyun.messaging.actions import send
from chengyun.messaging.dispatch.claim import claim
from chengyun.messaging.dispatch.standing import may_serve
from chengyun.messaging.jobs import send_waiting
from chengyun.messaging.models import GatewayRow
from chengyun.messaging.tests.scene import MORNING, PHONE, accepted, again, ready, real_gateway

pytestmark = pytest.mark.django_db


def rehearsed(key="r"):
    values = {"number": "RX1", "title": "演练"}
    return send("order_accepted", to=PHONE, values=values, about="RX1", key=key, now=MORNING, rehearsal=True)


def taken_by(name):
    row, takes = may_serve(name, MORNING)
    return [one.message_id for one in claim(name, 10, now=MORNING, rehearsal=takes)] if row else []


def test_a_real_gateway_leaves_rehearsals_to_the_file():
    ready()
    real_gateway()
    real, practised = accepted(), rehearsed()
    assert taken_by("operator") == [real.pk]
    send_waiting(now=MORNING)
    assert again(practised).gateway == "file"
    assert again(real).gateway == "operator"


def test_a_gateway_for_practice_takes_rehearsals_and_stands_in_for_no_real_one():
    ready()
    real_gateway("simulator", place=5, practice=True)
    real, practised = accepted("k2"), rehearsed()
    real_gateway("operator", place=10)
    assert taken_by("simulator") == [practised.pk]
    assert set(taken_by("operator")) >= {real.pk}


def test_with_no_real_gateway_the_one_for_practice_takes_both():
    ready()
    real_gateway("simulator", place=5, practice=True)
    real, practised = accepted(), rehearsed()
    assert set(taken_by("simulator")) == {real.pk, practised.pk}


def test_only_a_dead_real_one_sends_no_rehearsal_and_nothing_else_takes_real_ones():
    ready()
    GatewayRow.objects.update(enabled=False)
    real_gateway()
    practised = rehearsed()
    assert taken_by("operator") == []
    send_waiting(now=MORNING)
    assert again(practised).state == "queued"
