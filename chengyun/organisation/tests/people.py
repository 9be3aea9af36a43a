"""Test people for all rooms.

    alice = person("alice", Post.INTAKE)                      # in the test centre
    bob = person("bob", Post.UNIT, unit=bureau("园林"))
    alice.actor, alice.account, alice.person

Everybody's password is PASSWORD. ``enter(client, alice)`` logs a test client in, past the second factor
where a post asks for one. ``since`` backdates the posting for tests that work at an earlier time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from chengyun.geography.models import Area
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.organisation import actions, queries
from chengyun.organisation.models import Account, Person, Unit, UnitKind
from chengyun.organisation.posts import Post

PASSWORD = "Correct-horse-7"
SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class Someone:
    """A person with account and actor as they were made; ask ``now_actor`` after changing their posts."""

    person: Person
    account: Account
    actor: Actor

    def now_actor(self, now: datetime | None = None) -> Actor:
        """The actor as it is at ``now`` (default: this moment)."""
        return queries.actor_of(self.account, now or clock.now())


def unit(code: str, kind: UnitKind = UnitKind.BUREAU, *, parent: Unit | None = None, **said: Any) -> Unit:
    """The unit of that code, made if it is not there; its name is the code."""
    found = Unit.objects.filter(code=code).first()
    if found is not None:
        return found
    area: Area | None = said.pop("area", None)
    return actions.create_unit(
        code=code,
        name=said.pop("name", code),
        kind=kind,
        parent_id=parent.pk if parent else None,
        area_id=area.pk if area else None,
        actor=SYSTEM,
        now=clock.now(),
        **said,
    )


def centre() -> Unit:
    """The test centre."""
    return unit("centre", UnitKind.CENTRE, name="测试城运中心")


def bureau(name: str) -> Unit:
    """A test bureau."""
    return unit(name, UnitKind.BUREAU)


def street(name: str, area: Area | None = None) -> Unit:
    """A test street, standing for ``area`` if given."""
    return unit(name, UnitKind.STREET, area=area)


def person(
    username: str, *posts: Post, unit: Unit | None = None, since: date = SINCE, phone: str = ""
) -> Someone:
    """A person who holds these posts in ``unit`` (default: the test centre), with an account."""
    now = clock.now()
    home = unit or centre()
    made = actions.create_person(name=username, unit_id=home.pk, phone=phone, actor=SYSTEM, now=now)
    account, _password = actions.create_account(
        person_id=made.pk,
        username=username,
        password=PASSWORD,
        must_change_password=False,
        actor=SYSTEM,
        now=now,
    )
    for post in posts:
        actions.give_post(
            person_id=made.pk, post=post, unit_id=home.pk, valid_from=since, actor=SYSTEM, now=now
        )
    return Someone(made, account, queries.actor_of(account, now))


def enter(client: Client, who: Someone) -> Client:
    """Log the client in as this person, second factor included where it is asked for."""
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    if who.actor.posts & queries.current_policy(clock.now()).second_factor_posts:
        device, _made = TOTPDevice.objects.get_or_create(user=who.account, name="test", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client
