"""Accounts and passwords."""

from __future__ import annotations

import re
from datetime import datetime

from axes.utils import reset as axes_reset
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_otp import devices_for_user

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import apply, find, note_change, stop_at
from chengyun.organisation.models import Account, Change, Person
from chengyun.organisation.passwords import random_password
from chengyun.organisation.policies import require, require_another
from chengyun.organisation.posts import Post

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")


@writing()
def create_account(
    *,
    person_id: int,
    username: str,
    password: str = "",
    must_change_password: bool = True,
    actor: Actor,
    now: datetime,
) -> tuple[Account, str]:
    """Make the account of a person; returns it with its first password, which is shown once and not kept.

    Without ``password`` a random one is made. Raises Invalid, NotAllowed, NotThere.
    """
    require(actor, Post.ADMIN)
    person = find(Person, person_id, _("人员"))
    username = username.strip().lower()
    faults: dict[str, str] = {}
    if not _USERNAME.fullmatch(username):
        faults["username"] = _(
            "登录名以小写字母开头，只含小写字母、数字、点、下划线和短横线，2 到 40 个字符。"
        )
    elif Account.objects.filter(username=username).exists():
        faults["username"] = _("登录名已被使用，请换一个。")
    if Account.objects.filter(person=person).exists():
        faults["person"] = _("该人员已有账号。")
    stop_at(faults)
    password = password or random_password()
    account = Account.objects.create_user(
        username,
        password,
        person=person,
        must_change_password=must_change_password,
        password_changed_at=now,
        created_at=now,
    )
    said = {"username": [None, username]}
    note_change(Change.CREATE_ACCOUNT, "account", account, said, actor=actor, now=now, name=person.name)
    return account, password


@writing()
def reset_password(account_id: int, *, actor: Actor, now: datetime) -> str:
    """Give an account a random password, shown once; it ends the person's sessions and must be changed."""
    require(actor, Post.SECURITY_ADMIN)
    account = find(Account, account_id, _("账号"))
    require_another(actor, account.person_id)
    password = random_password()
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = now
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    _note(account, Change.RESET_PASSWORD, {}, actor, now)
    return password


@writing()
def change_password(account_id: int, *, old: str, new: str, actor: Actor, now: datetime) -> Account:
    """A person changes their own password. Raises Invalid naming the field ``old`` or ``new``."""
    account = find(Account, account_id, _("账号"))
    if actor.account_id != account.pk:
        raise Refused(_("只能修改自己的密码。"))
    if not account.check_password(old):
        raise Invalid({"old": _("原密码不对，请重新输入。")})
    if account.check_password(new):
        raise Invalid({"new": _("新密码不能与原密码相同。")})
    check_password(new, account)
    account.set_password(new)
    account.must_change_password = False
    account.password_changed_at = now
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    _note(account, Change.CHANGE_PASSWORD, {}, actor, now)
    return account


def check_password(new: str, account: Account) -> None:
    """Raise Invalid (field ``new``) with every rule that the password breaks."""
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise Invalid({"new": " ".join(error.messages)}) from None


@writing()
def switch_account(account_id: int, *, active: bool, actor: Actor, now: datetime) -> Account:
    """Switch an account on or off; off ends its sessions with their next request."""
    require(actor, Post.ADMIN, Post.SECURITY_ADMIN)
    account = find(Account, account_id, _("账号"))
    require_another(actor, account.person_id)
    changed = apply(account, {"is_active": active})
    if changed:
        _note(account, Change.SWITCH_ACCOUNT, changed, actor, now)
    return account


@writing()
def unlock(account_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget the failed log-ins of an account, so that the person may try again. Returns how many."""
    require(actor, Post.SECURITY_ADMIN)
    account = find(Account, account_id, _("账号"))
    forgotten: int = axes_reset(username=account.username)
    _note(account, Change.UNLOCK, {"failed_attempts": [forgotten, 0]}, actor, now)
    return forgotten


@writing()
def reset_second_factor(account_id: int, *, actor: Actor, now: datetime) -> int:
    """Remove a person's one-time-code devices (a lost phone); they set up a new one at the next log-in."""
    require(actor, Post.SECURITY_ADMIN)
    account = find(Account, account_id, _("账号"))
    require_another(actor, account.person_id)
    devices = list(devices_for_user(account, confirmed=None))
    for device in devices:
        device.delete()
    _note(account, Change.RESET_SECOND_FACTOR, {"devices": [len(devices), 0]}, actor, now)
    return len(devices)


@writing()
def choose_language(account_id: int, *, language: str, actor: Actor, now: datetime) -> Account:
    """Remember the language in which a person reads the product. Theirs to choose; not logged."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("没有这种语言。")})
    account = find(Account, account_id, _("账号"))
    if actor.account_id != account.pk:
        raise Refused(_("只能设置自己的语言。"))
    apply(account, {"language": language})
    return account


def _note(account: Account, verb: Change, said: dict[str, list[object]], actor: Actor, now: datetime) -> None:
    note_change(verb, "account", account, said, actor=actor, now=now, name=account.username)
