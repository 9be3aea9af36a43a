"""Checking that a telephone is the citizen's: a code by SMS, kept as a hash, good for minutes and few tries."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.citizen import limits
from chengyun.citizen.hashes import keyed, same
from chengyun.citizen.models import PhoneCheck
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.messaging.actions import send

TEMPLATE = "check_code"
MOBILE = re.compile(r"1[3-9]\d{9}")
_DIGITS = 6
_PAUSE = timedelta(seconds=60)  # between two codes to one telephone


def phone_hash(phone: str) -> str:
    """What the tables know a telephone by."""
    return keyed("phone", phone)


def send_code(phone: str, *, actor: Actor, now: datetime) -> int:
    """Send a code to a mobile number; return for how many minutes it is good.

    Raises ``Invalid`` (field phone) or ``TooOften``.
    """
    if not MOBILE.fullmatch(phone):
        raise Invalid({"phone": _("验证码只能发到手机，请填 11 位手机号；不验证也可以提交。")})
    minutes, hashed = rule(Name.CODE_MINUTES, now), phone_hash(phone)
    with writing():
        if PhoneCheck.objects.filter(phone_hash=hashed, sent_at__gt=now - _PAUSE).exists():
            raise Invalid({"code": _("验证码刚刚已发出，请等一分钟再重新获取。")})
        limits.count(Name.CODES_PER_ADDRESS, actor.address, now=now)
        limits.count(Name.CODES_PER_PHONE, phone, now=now)
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        row = PhoneCheck.objects.create(
            phone_hash=hashed,
            code_hash=_code_hash(hashed, code),
            sent_at=now,
            expires_at=now + timedelta(minutes=minutes),
        )
        send(
            TEMPLATE,
            to=phone,
            values={"code": code, "minutes": str(minutes)},
            about="",
            key=f"public-code:{row.pk}",
            now=now,
        )
    return minutes


def check_code(phone: str, code: str, *, now: datetime) -> None:
    """Hold a code against the newest one that was sent; raises ``Invalid`` (field code) if it does not fit.

    Every wrong try is kept, so that guessing ends; a code that fitted stays good for a form that is sent again.
    """
    row = PhoneCheck.objects.filter(phone_hash=phone_hash(phone)).order_by("-sent_at").first()
    if row is None:
        raise Invalid({"code": _("这个号码还没有获取过验证码，请先点“获取验证码”，或清空验证码直接提交。")})
    if row.expires_at <= now:
        raise Invalid({"code": _("验证码已过期，请重新获取，或清空验证码直接提交。")})
    with writing():
        most = rule(Name.CODE_TRIES, now)
        if not PhoneCheck.objects.filter(pk=row.pk, tries__lt=most).update(tries=F("tries") + 1):
            raise Invalid({"code": _("试的次数太多，这个验证码已作废，请重新获取。")})
    if not same(row.code_hash, _code_hash(row.phone_hash, code.strip())):
        raise Invalid({"code": _("验证码不对，请核对短信后重填，或清空验证码直接提交。")})
    with writing():
        PhoneCheck.objects.filter(pk=row.pk).update(passed_at=now, tries=F("tries") - 1)


def _code_hash(hashed_phone: str, code: str) -> str:
    return keyed("code", f"{hashed_phone}:{code}")
