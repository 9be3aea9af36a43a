"""Rules of the verbs: who may, separation of the three administrators, duties, reference data."""

import json
import stat
from datetime import date, timedelta

import pytest

from chengyun.geography.models import Area, Grid, GridMember
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused
from chengyun.organisation import actions, queries
from chengyun.organisation.models import (
    Account,
    ChangeLog,
    ClassDuty,
    GridDuty,
    Person,
    Posting,
    Unit,
    UnitKind,
)
from chengyun.organisation.posts import SEPARATED, Post
from chengyun.organisation.tests.people import SINCE, bureau, centre, person, street, unit

pytestmark = pytest.mark.django_db

PARTS = "gbt47678.5-2026"


def give(someone, post, valid_from=SINCE, valid_until=None, actor=SYSTEM):
    return actions.give_post(
        person_id=someone.person.pk,
        post=post,
        unit_id=centre().pk,
        valid_from=valid_from,
        valid_until=valid_until,
        actor=actor,
        now=clock.now(),
    )


@pytest.mark.parametrize("one", sorted(SEPARATED))
@pytest.mark.parametrize("two", sorted(SEPARATED))
def test_nobody_holds_two_of_the_three(one, two):
    if one == two:
        return
    alice = person("alice", Post(one))
    with pytest.raises(Refused, match="三员分立"):
        give(alice, two)
    assert Posting.objects.filter(person=alice.person).count() == 1


def test_the_three_may_follow_one_another():
    alice = person("alice")
    give(alice, Post.ADMIN, date(2024, 1, 1), date(2024, 12, 31))
    give(alice, Post.AUDITOR, date(2025, 1, 1))
    with pytest.raises(Refused):
        give(alice, Post.SECURITY_ADMIN, date(2024, 12, 31), date(2024, 12, 31))


def test_nobody_holds_two_of_the_three_through_a_substitution():
    now = clock.now()
    alice, bob = person("alice", Post.ADMIN), person("bob", Post.AUDITOR)
    with pytest.raises(Refused, match="三员分立"):
        actions.substitute(
            absent_id=alice.person.pk,
            substitute_id=bob.person.pk,
            starts_at=now,
            ends_at=now + timedelta(days=1),
            actor=alice.actor,
            now=now,
        )
    assert not bob.person.substitutions.exists()


def test_a_post_given_to_the_absent_counts_for_their_substitute():
    now = clock.now()
    alice, bob = person("alice"), person("bob", Post.AUDITOR)
    actions.substitute(
        absent_id=alice.person.pk,
        substitute_id=bob.person.pk,
        starts_at=now,
        ends_at=now + timedelta(days=1),
        actor=alice.actor,
        now=now,
    )
    with pytest.raises(Refused, match="bob"):
        give(alice, Post.ADMIN)


def test_the_administrator_gives_no_posts_and_the_security_administrator_makes_no_people():
    boss, guard, alice = person("boss", Post.ADMIN), person("guard", Post.SECURITY_ADMIN), person("alice")
    with pytest.raises(NotAllowed):
        give(alice, Post.INTAKE, actor=boss.actor)
    give(alice, Post.INTAKE, actor=guard.actor)
    with pytest.raises(NotAllowed):
        give(guard, Post.INTAKE, actor=guard.actor)  # not to themselves
    with pytest.raises(NotAllowed):
        actions.create_person(name="x", unit_id=centre().pk, actor=guard.actor, now=clock.now())


def test_only_oneself_or_the_security_administrator_names_a_substitute():
    now = clock.now()
    alice, bob, eve = person("alice", Post.UNIT), person("bob"), person("eve", Post.ADMIN)
    with pytest.raises(NotAllowed):
        actions.substitute(
            absent_id=alice.person.pk,
            substitute_id=eve.person.pk,
            starts_at=now,
            ends_at=now + timedelta(days=1),
            actor=eve.actor,
            now=now,
        )
    guard = person("guard", Post.SECURITY_ADMIN)
    with pytest.raises(NotAllowed):  # a way to take somebody's posts
        actions.substitute(
            absent_id=alice.person.pk,
            substitute_id=guard.person.pk,
            starts_at=now,
            ends_at=now + timedelta(days=1),
            actor=guard.actor,
            now=now,
        )
    assert bob.actor.holdings == ()


def test_a_unit_does_not_move_beneath_itself_and_stays_while_people_are_in_it():
    top = unit("top", UnitKind.STREET)
    below = unit("below", UnitKind.TEAM, parent=top)
    with pytest.raises(Invalid) as fault:
        actions.move_unit(top.pk, parent_id=below.pk, actor=SYSTEM, now=clock.now())
    assert "parent" in fault.value.fields
    person("alice", unit=top)
    with pytest.raises(Invalid):
        actions.change_unit(top.pk, name="top", kind="street", active=False, actor=SYSTEM, now=clock.now())
    with pytest.raises(NotThere):
        actions.move_unit(999_999, parent_id=None, actor=SYSTEM, now=clock.now())


@pytest.mark.parametrize("name", ["", "x" * 81, "a\x00b"])
def test_bad_names_are_refused(name):
    with pytest.raises(Invalid) as fault:
        actions.create_unit(code="x", name=name, kind="bureau", actor=SYSTEM, now=clock.now())
    assert list(fault.value.fields) == ["name"]
    assert not Unit.objects.filter(code="x").exists()


@pytest.mark.parametrize("username", ["", "Ünicode", "1st", "a b", "x" * 41])
def test_bad_login_names_are_refused(username):
    alice = actions.create_person(name="alice", unit_id=centre().pk, actor=SYSTEM, now=clock.now())
    with pytest.raises(Invalid) as fault:
        actions.create_account(person_id=alice.pk, username=username, actor=SYSTEM, now=clock.now())
    assert list(fault.value.fields) == ["username"]


def test_every_change_is_logged_without_phones_or_passwords():
    boss = person("boss", Post.ADMIN)
    made = actions.create_person(
        name="alice", unit_id=centre().pk, phone="13812341234", actor=boss.actor, now=clock.now()
    )
    _account, password = actions.create_account(
        person_id=made.pk, username="alice", actor=boss.actor, now=clock.now()
    )
    rows = ChangeLog.objects.filter(by=boss.person)
    assert list(rows.order_by("pk").values_list("verb", flat=True)) == ["create_person", "create_account"]
    text = json.dumps(list(rows.values_list("said", flat=True)))
    assert "13812341234" not in text
    assert "138****1234" in text
    assert password not in text


def area(kind, code, name, parent=None):
    return Area.objects.create(kind=kind, code=code, name=name, parent=parent, valid_from=SINCE)


def test_the_most_specific_rule_is_suggested_first_and_says_why():
    town = area("street", "310113003", "友谊路街道")
    village = area("community", "310113003001", "宝钢一村", town)
    cell = Grid.objects.create(
        kind="unit", code="310113003001001", street=town, community=village, valid_from=SINCE
    )
    group = Grid.objects.create(
        kind="responsibility", code="R1", name="一号责任网格", street=town, valid_from=SINCE
    )
    GridMember.objects.create(group=group, unit_grid=cell)
    hall, water, roads, team = street("hall", town), bureau("water"), bureau("roads"), bureau("team")
    walker = person("walker", Post.INSPECTOR)
    now, day = clock.now(), date(2026, 8, 1)

    def duty(branch, who, where=None):
        actions.set_class_duty(
            catalogue=PARTS,
            branch=branch,
            unit_id=who.pk,
            area_id=where.pk if where else None,
            valid_from=SINCE,
            actor=SYSTEM,
            now=now,
        )

    duty("P/01", roads)
    duty("P/01003", water)
    actions.set_duty(
        grid_id=group.pk,
        unit_id=team.pk,
        inspector_id=walker.person.pk,
        valid_from=SINCE,
        actor=SYSTEM,
        now=now,
    )
    found = queries.unit_for(cell.pk, f"{PARTS}/P/01003", day)
    assert [one.unit_id for one in found] == [water.pk, roads.pk, team.pk, hall.pk]
    assert "P/01003" in found[0].why
    assert "一号责任网格" in found[2].why
    assert "友谊路街道" in found[3].why
    assert queries.inspector_for(cell.pk, day) == walker.person.pk
    duty("P/01", team, town)  # for the street only: before the rules of the district
    assert queries.unit_for(cell.pk, f"{PARTS}/P/01003", day)[0].unit_id == team.pk
    assert queries.unit_for(None, f"{PARTS}/P/01003", day)[0].unit_id == water.pk
    assert [one.unit_id for one in queries.unit_for(None, "", day, street_id=town.pk)] == [hall.pk]
    assert queries.unit_for(None, "other/1", day) == []


def test_a_new_duty_ends_the_one_before_it():
    now = clock.now()
    water, green = bureau("water"), bureau("green")
    for who, since in (
        (water, date(2024, 1, 1)),
        (green, date(2025, 1, 1)),
        (bureau("mid"), date(2024, 6, 1)),
    ):
        actions.set_class_duty(
            catalogue=PARTS, branch="P/04", unit_id=who.pk, valid_from=since, actor=SYSTEM, now=now
        )
    spans = list(
        ClassDuty.objects.order_by("valid_from").values_list("unit__code", "valid_from", "valid_until")
    )
    assert spans == [
        ("water", date(2024, 1, 1), date(2024, 5, 31)),
        ("mid", date(2024, 6, 1), date(2024, 12, 31)),
        ("green", date(2025, 1, 1), None),
    ]


def test_reference_units_stand_as_in_the_charter_and_loading_twice_changes_nothing():
    town = area("street", "310113003", "友谊路街道")
    area("community", "310113003001", "宝钢一村居委会", town)
    now = clock.now()
    made = actions.load_reference(now=now)
    assert made["communities"] == 1
    assert Unit.objects.filter(kind=UnitKind.SECTION).count() == 6
    assert Unit.objects.filter(kind=UnitKind.STREET).count() == 13
    village = Unit.objects.get(code="310113003001")
    assert village.path == f"/{village.parent_id}/{village.pk}/"
    assert village.parent.area == town
    Unit.objects.filter(code="bureau/water").update(name="改过的名称")
    assert not any(actions.load_reference(now=now).values())
    assert Unit.objects.get(code="bureau/water").name == "改过的名称"
    assert not Unit.objects.filter(path="").exists()


def test_areas_that_come_later_are_linked():
    actions.load_reference(now=clock.now())
    town = area("street", "310113003", "友谊路街道")
    actions.load_reference(now=clock.now())
    assert Unit.objects.get(code="310113003").area == town


def test_rehearsal_people_cover_every_post_and_say_that_they_are_fictitious(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    now = clock.now()
    actions.load_reference(now=now)
    Grid.objects.create(kind="responsibility", code="R1", valid_from=SINCE)
    logins = actions.rehearsal_people(now=now)
    assert {login.post for login in logins} == set(Post)
    assert all("演练" in login.name for login in logins)
    assert not Person.objects.filter(account__isnull=False, rehearsal=False).exists()
    path = tmp_path / "demo_logins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = actions.rehearsal_people(now=now)
    assert again == logins
    assert GridDuty.objects.count() == 1
    for login in logins[:2]:
        account = Account.objects.get(username=login.username)
        assert account.check_password(login.password)
        assert queries.actor_of(account, now).holds(login.post)
    given = actions.rehearsal_people(now=now, password="Given-by-caller-1")
    assert Account.objects.get(username=given[0].username).check_password("Given-by-caller-1")


def test_the_first_three_administrators_are_made_once():
    actions.load_reference(now=clock.now())
    made = actions.first_administrators(now=clock.now())
    assert {login.post for login in made} == SEPARATED
    for login in made:
        account = Account.objects.get(username=login.username)
        assert account.must_change_password
        assert account.check_password(login.password)
        assert queries.actor_of(account, clock.now()).holds(login.post)
    with pytest.raises(Refused):
        actions.first_administrators(now=clock.now())


def test_the_first_administrators_need_the_centre():
    with pytest.raises(NotThere):
        actions.first_administrators(now=clock.now())
