"""The way in: log-in, lock-out, log-out, first password, session timeout, second factor."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.organisation import actions, queries
from chengyun.organisation.models import Account, LogIn, Outcome
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import PASSWORD, enter, person

pytestmark = pytest.mark.django_db

LOG_IN = "/log-in/"
ME = "/me/"


def try_to_log_in(client: Client, username="alice", password=PASSWORD, **said):
    return client.post(LOG_IN, {"username": username, "password": password, **said})


def outcomes():
    return list(LogIn.objects.order_by("pk").values_list("outcome", flat=True))


def test_a_stranger_is_sent_to_the_log_in_page_and_back_afterwards(client):
    person("alice", Post.INTAKE)
    sent = client.get("/me/?tab=2")
    assert sent.status_code == 302
    assert sent["Location"] == "/log-in/?next=%2Fme%2F%3Ftab%3D2"
    assert client.get(sent["Location"]).status_code == 200
    back = try_to_log_in(client, next="/me/?tab=2")
    assert back["Location"] == "/me/?tab=2"
    assert client.get(ME).status_code == 200
    assert outcomes() == [Outcome.SUCCESS]


def test_the_name_may_be_typed_in_capitals(client):
    person("alice")
    assert try_to_log_in(client, username=" Alice ").status_code == 302


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_to_another_site(client, address):
    person("alice")
    assert try_to_log_in(client, next=address)["Location"] == "/"


def test_a_program_gets_an_answer_it_can_read_instead_of_a_page(client):
    answer = client.get(ME, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["error"] == "log_in"


def test_a_fragment_asks_the_whole_page_to_log_in(client):
    answer = client.get(ME, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == LOG_IN


def test_a_wrong_password_says_how_many_tries_are_left(client):
    person("alice")
    answer = try_to_log_in(client, password="wrong")
    assert answer.status_code == 422
    assert "再错 4 次将锁定 15 分钟" in answer.content.decode()
    assert "wrong" not in answer.content.decode()


def test_an_unknown_name_and_a_wrong_password_look_the_same(client):
    person("alice")
    said = [try_to_log_in(client, username=name, password="wrong").content for name in ("alice", "nobody")]
    assert all("登录名或密码不对" in page.decode() for page in said)


def test_five_failures_lock_and_the_page_says_until_when(client):
    person("alice")
    for _time in range(5):
        answer = try_to_log_in(client, password="wrong")
    assert answer.status_code == 429
    assert "解锁时间" in answer.content.decode()
    assert try_to_log_in(client).status_code == 429  # even with the right password
    assert outcomes() == [Outcome.WRONG_PASSWORD] * 4 + [Outcome.LOCKED] * 2
    assert not LogIn.objects.exclude(account__username="alice").exists()


def test_the_security_administrator_unlocks(client):
    alice, guard = person("alice"), person("guard", Post.SECURITY_ADMIN)
    for _time in range(5):
        try_to_log_in(client, password="wrong")
    actions.unlock(alice.account.pk, actor=guard.actor, now=clock.now())
    assert try_to_log_in(client).status_code == 302


def test_the_policy_decides_how_many_failures_lock(client):
    person("alice")
    guard = person("guard", Post.SECURITY_ADMIN)
    set_policy(guard, failures=3)
    for _time in range(3):
        answer = try_to_log_in(client, password="wrong")
    assert answer.status_code == 429


def test_a_switched_off_account_cannot_log_in_and_is_thrown_out(client):
    alice, boss = person("alice"), person("boss", Post.ADMIN)
    enter(client, alice)
    actions.switch_account(alice.account.pk, active=False, actor=boss.actor, now=clock.now())
    assert client.get(ME).status_code == 302
    assert try_to_log_in(client).status_code == 422


def test_a_person_who_left_is_thrown_out(client):
    alice = person("alice")
    enter(client, alice)
    actions.change_person(
        alice.person.pk,
        name="alice",
        unit_id=alice.person.unit_id,
        active=False,
        actor=SYSTEM,
        now=clock.now(),
    )
    assert client.get(ME).status_code == 302


def test_logging_out_takes_a_post_and_is_logged(client):
    enter(client, person("alice"))
    assert client.get("/log-out/").status_code == 405
    assert client.post("/log-out/")["Location"] == LOG_IN
    assert client.get(ME).status_code == 302
    assert outcomes()[-1] == Outcome.LOGGED_OUT


def test_the_first_password_must_be_changed_before_anything_else(client):
    boss, alice = person("boss", Post.ADMIN), person("alice")
    password = actions.reset_password(alice.account.pk, actor=SYSTEM, now=clock.now())
    try_to_log_in(client, password=password)
    assert client.get(ME)["Location"] == "/me/password/?next=%2Fme%2F"
    page = client.get("/me/password/?next=%2Fme%2F").content.decode()
    assert "至少 10 个字符" in page
    said = {"old": password, "new": "Quiet-river-42", "again": "Quiet-river-42", "next": ME}
    assert client.post("/me/password/", said)["Location"] == ME
    assert client.get(ME).status_code == 200  # this session goes on
    assert boss.account.pk != alice.account.pk


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"old": "wrong", "new": "Quiet-river-42", "again": "Quiet-river-42"}, "原密码不对"),
        ({"old": PASSWORD, "new": "Quiet-river-42", "again": "other"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": "Short-1", "again": "Short-1"}, "密码太短"),
        ({"old": PASSWORD, "new": "onlysmallletters", "again": "onlysmallletters"}, "至少含其中三种"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "不能与原密码相同"),
        ({"old": PASSWORD, "new": "", "again": ""}, "data-errors"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason(client, said, complaint):
    alice = person("alice")
    enter(client, alice)
    answer = client.post("/me/password/", said)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    alice.account.refresh_from_db()
    assert alice.account.check_password(PASSWORD)


def test_an_old_password_must_be_changed(client):
    alice = person("alice")
    Account.objects.filter(pk=alice.account.pk).update(password_changed_at=clock.now() - timedelta(days=91))
    enter(client, alice)
    assert client.get(ME)["Location"].startswith("/me/password/")


def test_changing_the_password_ends_the_other_sessions(client):
    alice = person("alice")
    other = enter(Client(), alice)
    enter(client, alice)
    said = {"old": PASSWORD, "new": "Quiet-river-42", "again": "Quiet-river-42"}
    client.post("/me/password/", said)
    assert other.get(ME).status_code == 302


def at(moment):
    return patch("chengyun.kernel.clock.now", return_value=moment)


def test_an_idle_session_ends_and_says_so(client):
    start = clock.now()
    person("alice")
    try_to_log_in(client)
    with at(start + timedelta(minutes=29)):
        assert client.get(ME).status_code == 200
    with at(start + timedelta(minutes=58)):
        assert client.get(ME).status_code == 200  # activity moved the end on
    with at(start + timedelta(minutes=89)):
        sent = client.get(ME, follow=True)
    assert sent.redirect_chain[0][0].startswith(LOG_IN)
    assert "超过 30 分钟没有操作" in sent.content.decode()
    assert outcomes() == [Outcome.SUCCESS, Outcome.EXPIRED]


def test_a_board_that_fetches_itself_does_not_keep_the_session_alive(client):
    start = clock.now()
    person("alice")
    try_to_log_in(client)
    with at(start + timedelta(minutes=29)):
        assert client.get(ME, headers={"X-Background": "1"}).status_code == 200
    with at(start + timedelta(minutes=31)):
        assert client.get(ME, headers={"X-Background": "1"}).status_code == 302


def test_a_request_of_an_active_session_writes_nothing(client, django_assert_num_queries):
    enter(client, person("alice"))
    client.get("/me/second-factor/")
    with django_assert_num_queries(3):  # session, account, has a device?
        client.get("/me/second-factor/")


def code_of(device, moment=None):
    generator = TOTP(device.bin_key)
    generator.time = (moment or clock.now()).timestamp()
    return f"{generator.token():06d}"


def test_an_administrator_sets_up_a_second_factor_before_anything_else(client):
    boss = person("boss", Post.ADMIN)
    client.force_login(boss.account, backend="django.contrib.auth.backends.ModelBackend")
    sent = client.get("/units/")
    assert sent["Location"] == "/me/second-factor/?next=%2Funits%2F"
    assert client.get(sent["Location"])["Location"] == "/me/second-factor/set-up/?next=%2Funits%2F"
    page = client.get("/me/second-factor/set-up/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    generator = TOTP(bytes.fromhex(client.session["second_factor_key"]))
    generator.time = clock.now().timestamp()
    wrong = client.post("/me/second-factor/set-up/", {"code": "not-it"})
    assert wrong.status_code == 422
    done = client.post("/me/second-factor/set-up/", {"code": f"{generator.token():06d}", "next": "/units/"})
    assert "恢复码只显示这一次" in done.content.decode()
    assert client.get("/units/").status_code == 200


def bound(username="boss"):
    boss = person(username, Post.ADMIN)
    client = enter(Client(), boss)
    device = TOTPDevice.objects.get(user=boss.account)
    client.logout()
    client.force_login(boss.account, backend="django.contrib.auth.backends.ModelBackend")
    return client, boss, device


def test_a_code_opens_the_door_once():
    client, _boss, device = bound()
    assert client.get("/units/").status_code == 302
    code = code_of(device)
    assert client.post("/me/second-factor/", {"code": code, "next": "/units/"})["Location"] == "/units/"
    assert client.get("/units/").status_code == 200
    assert outcomes()[-1] == Outcome.SECOND_FACTOR_PASSED
    client.logout()
    client.force_login(
        Account.objects.get(username="boss"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.post("/me/second-factor/", {"code": code}).status_code == 422


def test_a_wrong_code_is_refused_and_logged():
    client, _boss, _device = bound()
    answer = client.post("/me/second-factor/", {"code": "000000"})
    assert answer.status_code == 422
    assert client.get("/units/").status_code == 302
    assert outcomes()[-1] == Outcome.SECOND_FACTOR_FAILED


def test_a_bound_phone_cannot_be_replaced_without_showing_it_first():
    client, _boss, _device = bound()
    assert client.get("/me/second-factor/set-up/")["Location"] == "/me/second-factor/"
    assert client.post("/me/second-factor/recovery-codes/")["Location"] == "/me/second-factor/"


def test_a_recovery_code_works_once():
    client, boss, _device = bound()
    from chengyun.organisation.actions.second_factor import new_recovery_codes, verify

    codes = new_recovery_codes(boss.account.pk, actor=boss.actor, now=clock.now())
    assert len(set(codes)) == 10
    assert client.post("/me/second-factor/", {"code": codes[0].upper()}).status_code == 302
    assert verify(boss.account.pk, code=codes[0], actor=boss.actor) is None


def test_posts_outside_the_policy_need_no_second_factor(client):
    person("alice", Post.INTAKE)
    try_to_log_in(client)
    assert client.get(ME).status_code == 200


def test_rehearsal_people_are_let_off_on_a_demo_system_only(client, settings):
    boss = person("boss", Post.ADMIN)
    boss.person.rehearsal = True
    boss.person.save()
    client.force_login(boss.account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/units/").status_code == 302
    settings.DEMO = True
    assert client.get("/units/").status_code == 200


def test_the_log_in_page_offers_rehearsal_accounts_on_a_demo_system_only(client, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    actions.load_reference(now=clock.now())
    logins = actions.rehearsal_people(now=clock.now())
    assert "intake1" not in client.get(LOG_IN).content.decode()
    settings.DEMO = True
    assert 'data-demo-username="intake1"' in client.get(LOG_IN).content.decode()
    first = logins[0]
    assert try_to_log_in(client, username=first.username, password=first.password).status_code == 302
    assert client.get(ME).status_code == 200


def test_the_language_switch_is_remembered_by_the_account(client):
    alice = person("alice")
    enter(client, alice)
    client.post(reverse("ui:language"), {"language": "en", "next": "/me/"})
    assert 'lang="en"' in client.get(ME).content.decode()
    alice.account.refresh_from_db()
    assert alice.account.language == "en"
    assert try_to_log_in(Client()).cookies["django_language"].value == "en"


def set_policy(guard, **changes):
    holds = queries.current_policy(clock.now())
    names = ("session_minutes", "password_days", "password_length", "failures", "lock_minutes")
    numbers = {name: getattr(holds, name) for name in names}
    actions.set_policy(
        second_factor_posts=sorted(holds.second_factor_posts),
        **{**numbers, **changes},
        source="测试",
        actor=guard.actor,
        now=clock.now(),
    )
