"""Set up and show the second factor."""

from __future__ import annotations

import base64
import secrets
from urllib.parse import quote, urlencode

import django_otp
import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice
from markupsafe import Markup

from chengyun.organisation import log_ins
from chengyun.organisation.access import staff
from chengyun.organisation.actions import second_factor as actions
from chengyun.organisation.forms.entry import CodeForm
from chengyun.organisation.models import Outcome
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.entry import wanted
from chengyun.organisation.views.verb import attempt, posted

_KEY = "second_factor_key"  # in the session, until the authenticator is proved


def _has_device(request: StaffRequest) -> bool:
    return bool(TOTPDevice.objects.filter(user=request.user, confirmed=True).exists())


def _verified(request: StaffRequest) -> bool:
    return bool(request.user.is_verified())  # type: ignore[attr-defined]  # put there by OTPMiddleware


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: StaffRequest) -> HttpResponse:
    """Ask for a code; without an authenticator go and set one up; when verified, show what is set up."""
    if not _has_device(request):
        return redirect(
            f"{reverse('organisation:second-factor-enrol')}?{urlencode({'next': wanted(request)})}"
        )
    if _verified(request):
        return render(request, "organisation/second_factor_state.html", {})
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        device = actions.verify(request.user.pk, code=form.cleaned_data["code"], actor=request.actor)
        outcome = Outcome.SECOND_FACTOR_PASSED if device else Outcome.SECOND_FACTOR_FAILED
        log_ins.note(request, outcome, request.user.username, request.user, now=request.now)
        if device is not None:
            django_otp.login(request, device)
            return redirect(wanted(request))
        form.add_error("code", _("动态码不对，或刚刚用过。请等下一个；连续输错会暂停接受几秒到几分钟。"))
    said = {"form": form, "next": wanted(request)}
    return render(request, "organisation/second_factor.html", said, status=422 if form.errors else 200)


@staff
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: StaffRequest) -> HttpResponse:
    """Bind an authenticator app. One that is bound already must be shown first."""
    if _has_device(request) and not _verified(request):
        return redirect("organisation:second-factor")
    key = bytes.fromhex(request.session.get(_KEY) or secrets.token_hex(20))
    request.session[_KEY] = key.hex()
    form = CodeForm(posted(request))
    if request.method == "POST":
        done, made = attempt(
            form,
            lambda said: actions.enrol(
                request.user.pk, key=key, code=said["code"], actor=request.actor, now=request.now
            ),
        )
        if done:
            device, codes = made
            del request.session[_KEY]
            django_otp.login(request, device)
            return render(
                request, "organisation/recovery_codes.html", {"codes": codes, "next": wanted(request)}
            )
    secret = base64.b32encode(key).decode("ascii")
    said = {
        "form": form,
        "next": wanted(request),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "qr": _qr(_address(request.user.username, secret)),
    }
    return render(request, "organisation/enrol.html", said, status=422 if form.errors else 200)


def _address(username: str, secret: str) -> str:
    """What an authenticator app reads from the square."""
    issuer = _("城运")
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def _qr(text: str) -> Markup:
    """An SVG with attributes only: the content policy forbids inline styles."""
    drawn = segno.make(text, error="m").svg_inline(
        scale=5, border=3, dark="#000", light="#fff", omitsize=False
    )
    return Markup(drawn)  # noqa: S704  # segno draws the text as squares; nothing of it stands in the markup


@staff
@never_cache
@require_http_methods(["POST"])
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    if not _verified(request):
        messages.warning(request, _("请先完成动态码验证。"))
        return redirect("organisation:second-factor")
    codes = actions.new_recovery_codes(request.user.pk, actor=request.actor, now=request.now)
    return render(request, "organisation/recovery_codes.html", {"codes": codes, "next": "/"})
