"""Log in, log out, change the password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chengyun.organisation import actions, sessions
from chengyun.organisation.access import open_to_all, staff
from chengyun.organisation.actions.rehearsal import written_logins
from chengyun.organisation.forms.entry import LogInForm, PasswordForm
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import current_policy
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted


def wanted(request: Any) -> str:
    """Where the person wanted to go: an address of this site from ``next``, else the start page."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else settings.LOGIN_REDIRECT_URL


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: Any) -> HttpResponse:
    """Name and password; a lock-out is answered by axes' middleware."""
    if request.actor is not None and request.method == "GET":
        return redirect(wanted(request))
    form = LogInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None and account.person.active:
            login(request, account)
            sessions.begin(request)
            response = redirect(wanted(request))
            if account.language:
                response.set_cookie(settings.LANGUAGE_COOKIE_NAME, account.language, samesite="Lax")
            return response
        form.add_error(None, _why_not(request))
    said = {"form": form, "next": wanted(request), "demo": _demo_logins()}
    return render(request, "organisation/log_in.html", said, status=422 if form.errors else 200)


def _why_not(request: Any) -> str:
    policy = current_policy(request.now)
    left = policy.failures - int(getattr(request, "axes_failures_since_start", 0) or 0)
    if 0 < left < policy.failures:
        return _("登录名或密码不对。再错 %(left)s 次将锁定 %(minutes)s 分钟。") % {
            "left": left,
            "minutes": policy.lock_minutes,
        }
    return _("登录名或密码不对，或账号已停用。")


def _demo_logins() -> list[dict[str, str | bool]]:
    """What the log-in page of a rehearsal system offers, the first of each post as ``main``; else nothing."""
    if not settings.DEMO:
        return []
    logins = written_logins()
    first = {login.post: login.username for login in reversed(logins)}
    return [
        {
            "post": Post(login.post).label,
            "name": login.name,
            "username": login.username,
            "password": login.password,
            "main": first[login.post] == login.username,
        }
        for login in logins
    ]


@open_to_all
@require_POST
def log_out(request: Any) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.info(request, _("已退出登录。"))
    return redirect("organisation:log-in")


@staff
@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def change_password(request: StaffRequest) -> HttpResponse:
    """A person's own password, with the rules spelled out."""
    form = PasswordForm(posted(request))
    account = request.user
    done = False
    if request.method == "POST":
        done, changed = attempt(
            form,
            lambda said: actions.change_password(
                account.pk, old=said["old"], new=said["new"], actor=request.actor, now=request.now
            ),
        )
        if done:
            update_session_auth_hash(request, changed)  # this session goes on, the person's others end
            messages.success(request, _("密码已修改，其他设备上的登录已失效。"))
            return redirect(wanted(request))
    said = {
        "form": form,
        "next": wanted(request),
        "rules": password_validators_help_texts(),
        "must": sessions.password_is_due(account, request.now),
        "policy": current_policy(request.now),
    }
    return render(request, "organisation/change_password.html", said, status=422 if form.errors else 200)
