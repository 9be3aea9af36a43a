"""People, units and cases for the tests of files and of callers' data."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from chengyun.cases.models import Case, Contact
from chengyun.kernel.actor import Actor, Holding
from chengyun.organisation.models import Person, Unit
from chengyun.organisation.requests import StaffRequest

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
_serial = itertools.count(1)


def a_unit(name: str) -> Unit:
    """A unit of its own, without a tree above it."""
    unit = Unit.objects.create(code=f"test-{next(_serial)}", name=name, kind="bureau")
    Unit.objects.filter(pk=unit.pk).update(path=f"/{unit.pk}/")
    return unit


def somebody(name: str, post: str, unit: Unit) -> Actor:
    """A person at work in one post."""
    person = Person.objects.create(name=name, unit=unit)
    holding = Holding(post, unit.pk, frozenset({unit.pk}))
    return Actor(person.pk, name, (holding,), unit_id=unit.pk, address="10.0.0.7")


def a_case(**said: Any) -> Case:
    """A hotline order in hand, unless said otherwise."""
    number = f"T{next(_serial):08d}"
    facts: dict[str, Any] = {
        "kind": "hotline",
        "number": number,
        "title": "路灯不亮",
        "channel": "phone",
        "state": "in_hand",
        "state_since": NOW,
        "registered_at": NOW,
    }
    return Case.objects.create(**{**facts, **said})


def asked(request: HttpRequest, actor: Actor) -> StaffRequest:
    """A request as it stands after the middleware."""
    request.actor, request.now = actor, NOW
    request.user = AnonymousUser()
    return cast(StaffRequest, request)


def a_caller(case: Case) -> Contact:
    """Zhang San, who called about the case."""
    return Contact.objects.create(
        case=case,
        name="张三丰",
        phone="13812345678",
        phone_tail="5678",
        id_number="310113199001011234",
        address_detail="友谊路12号301室",
    )
