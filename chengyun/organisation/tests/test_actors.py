"""From account to actor: postings, dates, substitutes, and how soon a change is felt."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.organisation import actions, queries
from chengyun.organisation.models import Person, UnitKind
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau, centre, person, street, unit

pytestmark = pytest.mark.django_db


def test_reach_is_the_unit_and_all_beneath():
    town = street("town")
    village = unit("village", UnitKind.COMMUNITY, parent=town)
    team = unit("team", UnitKind.TEAM, parent=village)
    alice = person("alice", Post.UNIT, unit=town)
    assert alice.actor.units(Post.UNIT) == {town.pk, village.pk, team.pk}
    assert alice.actor.unit_id == town.pk


def test_moving_a_unit_changes_reach_and_paths():
    town, other = street("town"), street("other")
    village = unit("village", UnitKind.COMMUNITY, parent=town)
    team = unit("team", UnitKind.TEAM, parent=village)
    alice = person("alice", Post.UNIT, unit=other)
    actions.move_unit(village.pk, parent_id=other.pk, actor=SYSTEM, now=clock.now())
    assert alice.now_actor().units() == {other.pk, village.pk, team.pk}
    team.refresh_from_db()
    assert team.path == f"/{other.pk}/{village.pk}/{team.pk}/"


def test_a_posting_holds_from_its_first_to_its_last_day():
    now = clock.now()
    today = clock.local(now).date()
    alice = person("alice")
    actions.give_post(
        person_id=alice.person.pk,
        post=Post.INTAKE,
        unit_id=centre().pk,
        valid_from=today + timedelta(days=1),
        valid_until=today + timedelta(days=2),
        actor=SYSTEM,
        now=now,
    )
    held = [alice.now_actor(now + timedelta(days=ahead)).holds(Post.INTAKE) for ahead in range(4)]
    assert held == [False, True, True, False]


def test_an_ended_post_is_gone_at_once_even_on_its_first_day():
    now = clock.now()
    alice = person("alice", Post.INTAKE, since=clock.local(now).date())
    assert alice.actor.holds(Post.INTAKE)
    actions.end_post(alice.person.postings.get().pk, actor=SYSTEM, now=now)
    assert not alice.now_actor().holds(Post.INTAKE)
    assert not queries.people_holding(Post.INTAKE, None, clock.local(now).date()).exists()


def test_a_post_may_be_given_again_on_the_day_it_was_ended():
    now = clock.now()
    today = clock.local(now).date()
    alice = person("alice", Post.INTAKE, since=today)
    actions.end_post(alice.person.postings.get().pk, actor=SYSTEM, now=now)
    actions.give_post(
        person_id=alice.person.pk,
        post=Post.INTAKE,
        unit_id=centre().pk,
        valid_from=today,
        actor=SYSTEM,
        now=now,
    )
    assert alice.now_actor().holds(Post.INTAKE)


def test_a_substitute_holds_the_posts_of_the_absent_and_says_for_whom():
    now = clock.now()
    alice, bob = person("alice", Post.UNIT, unit=bureau("water")), person("bob", Post.HANDLER)
    actions.substitute(
        absent_id=alice.person.pk,
        substitute_id=bob.person.pk,
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(hours=3),
        actor=alice.actor,
        now=now,
    )
    assert not bob.now_actor(now).holds(Post.UNIT)
    standing_in = bob.now_actor(now + timedelta(hours=2))
    (holding,) = [one for one in standing_in.holdings if one.post == Post.UNIT]
    assert holding.for_person_id == alice.person.pk
    assert holding.unit_id == alice.person.unit_id
    assert not bob.now_actor(now + timedelta(hours=3)).holds(Post.UNIT)


def test_a_substitute_of_a_substitute_gets_nothing():
    now = clock.now()
    alice, bob, charlie = person("alice", Post.UNIT), person("bob"), person("charlie")
    for absent, standing_in in ((alice, bob), (bob, charlie)):
        actions.substitute(
            absent_id=absent.person.pk,
            substitute_id=standing_in.person.pk,
            starts_at=now - timedelta(minutes=1),
            ends_at=now + timedelta(hours=3),
            actor=absent.actor,
            now=now,
        )
    assert bob.now_actor(now).holds(Post.UNIT)
    assert not charlie.now_actor(now).holds(Post.UNIT)


@pytest.mark.parametrize("begun", [True, False])
def test_a_substitution_can_be_taken_back(begun):
    now = clock.now()
    alice, bob = person("alice", Post.UNIT), person("bob")
    starts_at = now - timedelta(hours=1) if begun else now + timedelta(minutes=5)
    row = actions.substitute(
        absent_id=alice.person.pk,
        substitute_id=bob.person.pk,
        starts_at=starts_at,
        ends_at=now + timedelta(hours=3),
        actor=alice.actor,
        now=now,
    )
    actions.cancel_substitution(row.pk, actor=alice.actor, now=now)
    assert not bob.now_actor(now + timedelta(minutes=10)).holds(Post.UNIT)


def test_a_person_who_left_holds_nothing():
    alice = person("alice", Post.INTAKE)
    actions.change_person(
        alice.person.pk,
        name="alice",
        unit_id=alice.person.unit_id,
        active=False,
        actor=SYSTEM,
        now=clock.now(),
    )
    alice.account.refresh_from_db()
    assert alice.now_actor().holdings == ()


def test_asking_again_costs_no_query():
    alice = person("alice", Post.INTAKE)
    now = clock.now()
    queries.actor_of(alice.account, now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _time in range(100):
            queries.actor_of(alice.account, now, "10.0.0.1")
    assert len(asked) == 0


def test_people_are_seen_by_their_own_unit_and_by_the_centre():
    alice, bob = person("alice", Post.UNIT, unit=bureau("water")), person("bob", unit=bureau("green"))
    centre_clerk = person("charlie", Post.DISPATCHER)
    assert set(Person.objects.seen_by(alice.actor)) == {alice.person}
    assert {alice.person, bob.person} <= set(Person.objects.seen_by(centre_clerk.actor))
    assert not Person.objects.seen_by(None).exists()


def test_people_holding_names_those_of_that_day():
    alice = person("alice", Post.CALLBACK, since=date(2020, 1, 1))
    assert list(queries.people_holding(Post.CALLBACK, centre().pk, date(2021, 1, 1))) == [alice.person]
    assert not queries.people_holding(Post.CALLBACK, centre().pk, date(2019, 1, 1)).exists()
    assert not queries.people_holding(Post.CALLBACK, bureau("water").pk, date(2021, 1, 1)).exists()
