"""When a session ends, a password is due, or a second factor is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from chengyun.organisation.models import Account
from chengyun.organisation.queries import current_policy

_SEEN = "seen_at"  # seconds since 1970 of the last activity
_TOUCH_SECONDS = 60  # a session is written at most so often


def begin(request: Any) -> None:
    """Note the first activity of a fresh session and how long it may idle."""
    request.session[_SEEN] = int(request.now.timestamp())
    request.session.set_expiry(current_policy(request.now).session_minutes * 60)


def why_it_ends(request: Any, account: Account) -> str | None:
    """The sentence to show if this session has to end now, else None."""
    if not account.person.active:
        return _("该人员已停用，请联系系统管理员。")
    minutes = current_policy(request.now).session_minutes
    idle = request.now.timestamp() - request.session.get(_SEEN, request.now.timestamp())
    if idle > minutes * 60:
        return _("超过 %(minutes)s 分钟没有操作，已自动退出，请重新登录。") % {"minutes": minutes}
    return None


def touch(request: Any) -> None:
    """Move the end of the session on, at most once a minute: a write per request would be slow."""
    if request.headers.get("X-Background") == "1":
        return
    if request.now.timestamp() - request.session.get(_SEEN, 0) >= _TOUCH_SECONDS:
        begin(request)


def password_is_due(account: Account, now: datetime) -> bool:
    """Whether this person must choose a new password before anything else."""
    if account.must_change_password:
        return True
    days = current_policy(now).password_days
    if not days or account.person.rehearsal:
        return False
    changed = account.password_changed_at or account.created_at
    return now - changed > timedelta(days=days)


def second_factor_is_due(request: Any) -> bool:
    """Whether a post held asks for a one-time code that this session has not shown yet.

    Fictitious people on a demo system are let off: nobody owns their phone.
    """
    if not request.actor.posts & current_policy(request.now).second_factor_posts:
        return False
    if request.user.person.rehearsal and settings.DEMO:
        return False
    return not request.user.is_verified()
