"""Make and revoke the tokens of programmes."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.accounts import create_account
from chengyun.organisation.actions.changes import find, note_change
from chengyun.organisation.actions.people import create_person
from chengyun.organisation.actions.postings import give_post
from chengyun.organisation.models import Account, ApiToken, Change, Posting, Unit
from chengyun.organisation.policies import require
from chengyun.organisation.posts import SEPARATED, Post
from chengyun.organisation.tokens import digest_of


@writing()
def make_token(
    account_id: int, note: str, *, expires_at: datetime | None = None, actor: Actor, now: datetime
) -> str:
    """Make a token for an account and return it: the only moment at which it can be read."""
    require(actor, Post.SECURITY_ADMIN)
    account = find(Account, account_id, _("账号"))
    held = Posting.objects.held_on(local(now).date()).filter(person=account.person, post__in=SEPARATED)
    if held.exists():
        raise Refused(_("三员账号不能发放接口令牌。"))
    token = f"cy_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        account=account, digest=digest_of(token), note=note[:100], made_at=now, expires_at=expires_at
    )
    note_change(Change.MAKE_TOKEN, "account", account, {"token": [None, row.note]}, actor=actor, now=now)
    return token


@writing()
def revoke_token(token_id: int, *, actor: Actor, now: datetime) -> None:
    """The token is good for nothing any more, within two seconds everywhere."""
    require(actor, Post.SECURITY_ADMIN)
    row = find(ApiToken, token_id, _("令牌"))
    ApiToken.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=now)
    note_change(
        Change.REVOKE_TOKEN, "account", row.account, {"token": [row.note, None]}, actor=actor, now=now
    )


@writing()
def programme_token(post: Post, note: str, *, actor: Actor, now: datetime) -> str:
    """Make a token for a programme that holds one post at the centre; its account cannot log in by password.

    Raises Refused for the three administrators' posts: a programme is none of them.
    """
    require(actor, Post.SECURITY_ADMIN)
    if post in SEPARATED:
        raise Refused(_("程序不能担任三员岗位。"))
    username = f"api-{post.value.replace('_', '-')}"
    account = Account.objects.filter(username=username).first() or _programme_account(username, post, now)
    return make_token(account.pk, note, actor=actor, now=now)


def _programme_account(username: str, post: Post, now: datetime) -> Account:
    """The account by which programmes of one post are known; the system makes it, nobody can log in with it."""
    centre = find(Unit, Unit.objects.filter(code="centre").values_list("pk", flat=True).first(), _("单位"))
    name = _("接口（%(post)s）") % {"post": post.zh}
    person = create_person(name=name, unit_id=centre.pk, actor=SYSTEM, now=now)
    today = local(now).date()
    give_post(person_id=person.pk, post=post, unit_id=centre.pk, valid_from=today, actor=SYSTEM, now=now)
    account, _password = create_account(person_id=person.pk, username=username, actor=SYSTEM, now=now)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return account
