"""Lock-out after failed log-ins: the policy's numbers for axes, and the page that says until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengyun.kernel import clock
from chengyun.organisation.log_ins import address_of
from chengyun.organisation.queries import current_policy


def failures(request: HttpRequest | None, credentials: Any) -> int:
    """How many wrong passwords lock a name at one address."""
    return current_policy(clock.now()).failures


def cool_off(request: HttpRequest | None = None) -> timedelta:
    """How long the lock holds."""
    return timedelta(minutes=current_policy(clock.now()).lock_minutes)


def locked_out_page(request: Any, original: HttpResponse | None, credentials: Any) -> HttpResponse:
    """Say until when the name is locked at this address. Status 429: too many attempts."""
    username = str((credentials or {}).get("username", ""))
    last = AccessAttempt.objects.filter(username=username, ip_address=address_of(request)).order_by(
        "-attempt_time"
    )
    attempt = last.first()
    until = clock.local((attempt.attempt_time if attempt else clock.now()) + cool_off(request))
    said = {"username": username, "until": until, "failures": failures(request, credentials)}
    return render(request, "organisation/locked_out.html", said, status=429)
