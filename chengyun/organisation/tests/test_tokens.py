"""Tokens of programmes: made, shown once, listed, revoked; never for the three administrators."""

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import NotAllowed, Refused
from chengyun.organisation import actions
from chengyun.organisation.models import ApiToken, ChangeLog
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre, enter, person
from chengyun.organisation.tokens import digest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def security():
    centre()
    client = Client()
    return client, enter(client, person("sam", Post.SECURITY_ADMIN))


def test_made_on_the_page_shown_once_and_revoked(security):
    client, _ = security
    made = client.post(reverse("organisation:new-token"), {"post": "intake", "note": "电话平台"})
    token = next(
        word
        for word in made.content.decode().replace("<", " ").replace(">", " ").split()
        if word[:3] == "cy_"
    )
    row = ApiToken.objects.get()
    assert row.digest == digest_of(token)
    page = client.get(reverse("organisation:tokens")).content.decode()
    assert "电话平台" in page
    assert token not in page
    client.post(reverse("organisation:revoke-token", args=[row.pk]))
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert set(ChangeLog.objects.values_list("verb", flat=True)) >= {"make_token", "revoke_token"}


def test_a_note_is_wanted(security):
    client, _ = security
    answer = client.post(reverse("organisation:new-token"), {"post": "intake", "note": " "})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_only_the_security_administrator_makes_them(security):
    alice = person("alice", Post.ADMIN)
    with pytest.raises(NotAllowed):
        actions.programme_token(Post.INTAKE, "x", actor=alice.actor, now=clock.now())
    client = Client()
    enter(client, alice)
    assert client.get(reverse("organisation:tokens")).status_code == 403


def test_no_programme_is_one_of_the_three(security):
    for post in (Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR):
        with pytest.raises(Refused):
            actions.programme_token(post, "x", actor=SYSTEM, now=clock.now())
    with pytest.raises(Refused):
        actions.make_token(person("aud", Post.AUDITOR).account.pk, "x", actor=SYSTEM, now=clock.now())
