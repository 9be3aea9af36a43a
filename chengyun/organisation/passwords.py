"""Rules of a password that come from the security policy."""

from __future__ import annotations

import secrets
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from chengyun.kernel import clock
from chengyun.organisation.queries import current_policy

KINDS = 3  # of the four kinds of characters; 等保 practice [K]
_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # without i, l, o: they are read out over the phone


class LengthByPolicy:
    """At least as many characters as the policy of the day says."""

    def validate(self, password: str, user: object = None) -> None:
        least = current_policy(clock.now()).password_length
        if len(password) < least:
            raise ValidationError(
                _("密码太短：至少 %(least)s 个字符，现在 %(now)s 个。")
                % {"least": least, "now": len(password)},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _("至少 %(least)s 个字符。") % {"least": current_policy(clock.now()).password_length}


class SeveralKindsOfCharacters:
    """At least three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: object = None) -> None:
        kinds = {
            "small"
            if sign.islower()
            else "capital"
            if sign.isupper()
            else "digit"
            if sign.isdigit()
            else "other"
            for sign in password
        }
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("小写字母、大写字母、数字、其他符号，至少含其中三种。")


def random_password() -> str:
    """A password for the first log-in that meets the rules and can be read out: four groups of four."""
    groups = [
        "".join(secrets.choice(_LETTERS + string.digits[2:]) for _sign in range(4)) for _group in range(3)
    ]
    tail = secrets.choice(_LETTERS).upper() + "".join(secrets.choice(string.digits[2:]) for _sign in range(3))
    return "-".join([*groups, tail])
