"""One-time codes (TOTP, RFC 6238) as second factor, with recovery codes for a lost phone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django_otp import match_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import find, note_change
from chengyun.organisation.models import Account, Change

RECOVERY_CODES = 10  # made at once; each works once


def _own(account_id: int, actor: Actor) -> Account:
    account = find(Account, account_id, _("账号"))
    if actor.account_id != account.pk:
        raise Refused(_("只能设置自己的动态码。"))
    return account


@writing()
def enrol(account_id: int, *, key: bytes, code: str, actor: Actor, now: datetime) -> tuple[Device, list[str]]:
    """Bind an authenticator that holds ``key``, proved by a ``code`` from it; it replaces an earlier one.

    Returns the device and fresh recovery codes, which are shown once. Raises Invalid for a wrong code.
    """
    account = _own(account_id, actor)
    generator = TOTP(key)
    generator.time = now.timestamp()
    if not code.isdigit() or not generator.verify(int(code), tolerance=1):
        raise Invalid({"code": _("动态码不对。请核对手机时间，输入最新的 6 位数字。")})
    TOTPDevice.objects.filter(user=account).delete()
    device = TOTPDevice.objects.create(
        user=account, name="totp", key=key.hex(), confirmed=True, last_t=generator.t()
    )
    note_change(
        Change.ENROL_SECOND_FACTOR, "account", account, {}, actor=actor, now=now, name=account.username
    )
    return device, _fresh_codes(account)


@writing()
def new_recovery_codes(account_id: int, *, actor: Actor, now: datetime) -> list[str]:
    """Make new recovery codes; the old ones no longer work. They are shown once."""
    account = _own(account_id, actor)
    note_change(
        Change.NEW_RECOVERY_CODES, "account", account, {}, actor=actor, now=now, name=account.username
    )
    return _fresh_codes(account)


def _fresh_codes(account: Account) -> list[str]:
    device, _made = StaticDevice.objects.get_or_create(user=account, name="recovery", confirmed=True)
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _code in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


@writing()
def verify(account_id: int, *, code: str, actor: Actor) -> Device | None:
    """The device that this one-time or recovery code belongs to, else None. A code works once.

    After wrong codes the devices refuse for a while that doubles (django-otp); then None, too.
    """
    device: Device | None = match_token(_own(account_id, actor), code.replace(" ", "").lower())
    return device
