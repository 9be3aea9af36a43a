"""The log of log-ins: one row per attempt and per end of a session. Fed by Django's and axes' signals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.helpers import get_client_ip_address
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from chengyun.kernel import clock
from chengyun.organisation.models import Account, LogIn, Outcome


def address_of(request: HttpRequest) -> str:
    """The client's network address, as axes reads it (behind a proxy: as its settings say)."""
    return (get_client_ip_address(request) or "")[:45]


def note(
    request: HttpRequest | None, outcome: Outcome, username: str, account: Account | None, *, now: datetime
) -> None:
    """Write one row."""
    LogIn.objects.create(
        at=now,
        username=username[:150],
        account=account,
        address=address_of(request) if request else "",
        agent=request.headers.get("User-Agent", "")[:200] if request else "",
        outcome=outcome,
    )


def _moment(request: Any) -> datetime:
    moment: datetime = getattr(request, "now", None) or clock.now()
    return moment


def _account(username: str) -> Account | None:
    return Account.objects.filter(username=username).first()


def _succeeded(sender: Any, request: Any, user: Account, **said: Any) -> None:
    note(request, Outcome.SUCCESS, user.username, user, now=_moment(request))


def _failed(sender: Any, credentials: dict[str, Any], request: Any = None, **said: Any) -> None:
    username = str(credentials.get("username", ""))
    # A try while locked out is told by axes' own signal.
    if getattr(request, "axes_locked_out", False):
        return
    note(request, Outcome.WRONG_PASSWORD, username, _account(username), now=_moment(request))


def _locked(sender: Any, request: Any, username: str, **said: Any) -> None:
    note(request, Outcome.LOCKED, username, _account(username), now=_moment(request))


def _left(sender: Any, request: Any, user: Account | None, **said: Any) -> None:
    if user is not None and not getattr(request, "session_expired", False):
        note(request, Outcome.LOGGED_OUT, user.username, user, now=_moment(request))


def connect() -> None:
    """Hear the signals; called once when the apps are ready."""
    user_logged_in.connect(_succeeded, dispatch_uid="log_ins.succeeded")
    user_login_failed.connect(_failed, dispatch_uid="log_ins.failed")
    user_locked_out.connect(_locked, dispatch_uid="log_ins.locked")
    user_logged_out.connect(_left, dispatch_uid="log_ins.left")
