"""Pages of the administrators: who may open them, and that they do what they say."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from chengyun.kernel import clock
from chengyun.organisation import actions, urls
from chengyun.organisation.models import AccessLog, Account, ChangeLog, Person, Posting, Unit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import PASSWORD, bureau, centre, enter, person

pytestmark = pytest.mark.django_db

PAGES = {
    "/units/": {Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR, Post.SHIFT_LEADER},
    "/people/": {Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR, Post.SHIFT_LEADER},
    "/units/new/": {Post.ADMIN},
    "/people/new/": {Post.ADMIN},
    "/class-duties/": {Post.ADMIN, Post.SHIFT_LEADER, Post.DISPATCHER},
    "/class-duties/set/": {Post.ADMIN, Post.SHIFT_LEADER},
    "/grid-duties/": {Post.ADMIN, Post.SHIFT_LEADER, Post.DISPATCHER},
    "/security-policy/": {Post.SECURITY_ADMIN, Post.AUDITOR},
    "/audit/log-ins/": {Post.AUDITOR},
    "/audit/changes/": {Post.AUDITOR},
    "/audit/accesses/": {Post.AUDITOR},
}


def test_every_address_names_its_policy():
    assert [one.name for one in urls.urlpatterns if not hasattr(one.callback, "policy")] == []


@pytest.mark.parametrize("post", list(Post))
def test_pages_open_for_their_posts_only(post):
    client = enter(Client(), person("alice", post))
    for address, posts in PAGES.items():
        expected = 200 if post in posts else 403
        assert client.get(address).status_code == expected, address


def test_a_refusal_says_which_post_it_takes():
    client = enter(Client(), person("alice", Post.INTAKE))
    assert "审计员" in client.get("/audit/log-ins/").content.decode()


def test_no_page_has_an_inline_style_or_script():
    alice = person("alice", Post.ADMIN, phone="13812341234")
    client = enter(Client(), alice)
    for address in (
        "/me/",
        "/units/",
        f"/units/{centre().pk}/",
        "/people/",
        f"/people/{alice.person.pk}/",
        "/log-in/",
    ):
        page = client.get(address, follow=True).content.decode()
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*src=)|\son\w+=", page), address


def test_the_administrator_builds_a_unit_a_person_and_an_account():
    client = enter(Client(), person("boss", Post.ADMIN))
    said = {"code": "bureau/water", "name": "区水务局", "kind": "bureau", "parent_id": ""}
    assert client.post("/units/new/", said)["Location"] == "/units/"
    unit = Unit.objects.get(code="bureau/water")
    assert (
        client.post("/people/new/", {"name": "李四", "unit_id": unit.pk, "phone": "13812341234"}).status_code
        == 302
    )
    li = Person.objects.get(name="李四")
    page = client.post(f"/people/{li.pk}/account/", {"username": "lisi"}).content.decode()
    account = Account.objects.get(username="lisi")
    shown = [word for word in re.findall(r"<code>([^<]+)</code>", page) if account.check_password(word)]
    assert len(shown) == 1
    assert account.must_change_password


def test_faults_stand_beside_the_field_and_nothing_is_saved():
    client = enter(Client(), person("boss", Post.ADMIN))
    answer = client.post(
        "/units/new/", {"code": "centre", "name": "又一个", "kind": "bureau", "parent_id": ""}
    )
    assert answer.status_code == 422
    assert "编码已被使用" in answer.content.decode()
    answer = client.post("/people/new/", {"name": "李四", "unit_id": centre().pk, "phone": "call me"})
    assert answer.status_code == 422
    assert not Person.objects.filter(name="李四").exists()
    assert client.post("/people/new/", {"name": "李四", "unit_id": "x"}).status_code == 422


def test_a_unit_is_changed_and_moved():
    client = enter(Client(), person("boss", Post.ADMIN))
    water = bureau("water")
    said = {"name": "区水务局", "kind": "bureau", "active": "on"}
    assert client.post(f"/units/{water.pk}/change/", said).status_code == 302
    assert client.post(f"/units/{water.pk}/move/", {"parent_id": centre().pk}).status_code == 302
    water.refresh_from_db()
    assert (water.name, water.parent_id) == ("区水务局", centre().pk)
    assert client.get("/units/999999/").status_code == 404


def test_phones_are_masked_until_a_reason_is_given():
    alice = person("alice", phone="13812341234")
    client = enter(Client(), person("boss", Post.ADMIN))
    assert "13812341234" not in client.get("/people/").content.decode()
    page = client.get(f"/people/{alice.person.pk}/").content.decode()
    assert "138****1234" in page
    assert "13812341234" not in page
    assert client.post(f"/people/{alice.person.pk}/", {"reason": " "}).status_code == 422
    assert (
        "13812341234" in client.post(f"/people/{alice.person.pk}/", {"reason": "联系值班"}).content.decode()
    )
    seen = AccessLog.objects.get()
    assert (seen.by_name, seen.field, seen.reason) == ("boss", "phone", "联系值班")
    auditor = enter(Client(), person("watch", Post.AUDITOR))
    assert "联系值班" in auditor.get("/audit/accesses/").content.decode()


def test_a_found_person_is_one_row():
    client = enter(Client(), person("boss", Post.ADMIN, Post.DUTY))
    page = client.get("/people/?q=BOSS&post=admin").content.decode()
    assert page.count("data-row tabindex") == 1
    assert client.get("/people/?unit=x&post=nothing&page=99").status_code == 200


def test_the_security_administrator_gives_and_ends_a_post():
    alice = person("alice")
    client = enter(Client(), person("guard", Post.SECURITY_ADMIN))
    today = clock.local(clock.now()).date()
    said = {"post": "intake", "unit_id": centre().pk, "valid_from": today.isoformat()}
    assert client.post(f"/people/{alice.person.pk}/give-post/", said).status_code == 302
    assert alice.now_actor().holds(Post.INTAKE)
    assert client.post(f"/people/{alice.person.pk}/give-post/", said).status_code == 422  # held already
    assert client.get(f"/people/{alice.person.pk}/").status_code == 200
    posting = Posting.objects.get(person=alice.person)
    assert client.get(f"/postings/{posting.pk}/end/").status_code == 200
    assert client.post(f"/postings/{posting.pk}/end/").status_code == 302
    assert not alice.now_actor().holds(Post.INTAKE)


def test_the_security_administrator_resets_a_password_but_not_their_own():
    alice, guard = person("alice"), person("guard", Post.SECURITY_ADMIN)
    client = enter(Client(), guard)
    assert client.get(f"/people/{alice.person.pk}/reset-password/").status_code == 200
    page = client.post(f"/people/{alice.person.pk}/reset-password/").content.decode()
    alice.account.refresh_from_db()
    assert not alice.account.check_password(PASSWORD)
    assert any(alice.account.check_password(word) for word in re.findall(r"<code>([^<]+)</code>", page))
    assert client.post(f"/people/{guard.person.pk}/reset-password/").status_code == 403


@pytest.mark.parametrize("verb", ["unlock", "reset-second-factor", "switch-account"])
def test_simple_verbs_ask_first_and_then_do(verb):
    alice = person("alice")
    client = enter(Client(), person("guard", Post.SECURITY_ADMIN))
    before = ChangeLog.objects.count()
    assert client.get(f"/people/{alice.person.pk}/{verb}/").status_code == 200
    assert ChangeLog.objects.count() == before
    assert client.post(f"/people/{alice.person.pk}/{verb}/").status_code == 302
    assert ChangeLog.objects.count() == before + 1


def test_anybody_names_and_ends_their_own_substitute():
    alice, bob = person("alice", Post.UNIT), person("bob")
    client = enter(Client(), alice)
    now = clock.local(clock.now())
    said = {
        "substitute_id": bob.person.pk,
        "starts_at": (now - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "reason": "年休假",
    }
    assert client.post("/me/substitute/", said)["Location"] == "/me/"
    assert bob.now_actor().holds(Post.UNIT)
    assert "年休假" in client.get("/me/").content.decode()
    row = alice.person.absences.get()
    assert enter(Client(), bob).post(f"/substitutions/{row.pk}/end/").status_code == 403
    assert client.post(f"/substitutions/{row.pk}/end/")["Location"] == "/me/"
    assert not bob.now_actor().holds(Post.UNIT)
    said["ends_at"] = said["starts_at"]
    assert client.post("/me/substitute/", said).status_code == 422


def test_the_policy_is_appended_and_bad_numbers_are_refused():
    client = enter(Client(), person("guard", Post.SECURITY_ADMIN))
    said = {
        "second_factor_posts": ["admin", "leader"],
        "session_minutes": 20,
        "password_days": 0,
        "password_length": 12,
        "failures": 4,
        "lock_minutes": 30,
        "source": "区大数据中心通知",
    }
    assert client.post("/security-policy/", {**said, "failures": 1}).status_code == 422
    assert client.post("/security-policy/", said).status_code == 302
    page = client.get("/security-policy/").content.decode()
    assert "区大数据中心通知" in page
    assert "连续输错 4 次，锁定 30 分钟" in page


def test_the_auditor_reads_who_changed_what_and_changes_nothing():
    boss = person("boss", Post.ADMIN)
    actions.create_unit(code="x", name="新单位", kind="team", actor=boss.actor, now=clock.now())
    client = enter(Client(), person("watch", Post.AUDITOR))
    page = client.get("/audit/changes/?q=新单位").content.decode()
    assert "新建单位" in page
    assert "boss" in page
    assert client.get("/audit/changes/?from=2026-13-45&until=x&page=zz").status_code == 200
    assert client.get("/audit/log-ins/?outcome=success&q=watch").status_code == 200
    assert client.post("/audit/changes/").status_code == 405
    with pytest.raises(TypeError):
        ChangeLog.objects.all().delete()
    with pytest.raises(TypeError):
        ChangeLog.objects.update(by_name="x")
    row = ChangeLog.objects.first()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()


def test_class_duties_are_listed_and_replaced():
    actions.load_reference(now=clock.now())
    client = enter(Client(), person("boss", Post.SHIFT_LEADER, unit=Unit.objects.get(code="centre")))
    assert "演示用，未经证实" in client.get("/class-duties/?q=P/01").content.decode()
    water = Unit.objects.get(code="bureau/water")
    today = clock.local(clock.now()).date().isoformat()
    said = {"catalogue": "gbt47678.5-2026", "branch": "P/01", "unit_id": water.pk, "valid_from": today}
    assert client.get("/class-duties/set/?catalogue=gbt47678.5-2026&branch=P/01").status_code == 200
    assert client.post("/class-duties/set/", said).status_code == 302
    assert client.get("/grid-duties/99999/set/").status_code == 404
