"""What happens before every page: the time, who it is, their language, and the rules of logging in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from chengyun.kernel import clock
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation import log_ins, sessions
from chengyun.organisation.actions.accounts import choose_language
from chengyun.organisation.models import Account, Outcome
from chengyun.organisation.queries import actor_of
from chengyun.organisation.refusal import refusal_page

# Pages that stay open to somebody who still has to change a password or show a second factor.
_WAY_IN = frozenset(
    {
        "organisation:log-in",
        "organisation:log-out",
        "organisation:change-password",
        "organisation:second-factor",
        "organisation:second-factor-enrol",
        "organisation:recovery-codes",
    }
)


class StaffMiddleware:
    """Sets ``request.now`` and ``request.actor`` and lets nobody past the rules of the security policy.

    Needs the session, authentication, OTP and message middleware before it. A view is open to strangers if
    it carries ``open_to_all`` (Django's ``login_required = False``) or its name or namespace stands in
    ``settings.OPEN_VIEWS``. A request with the header ``X-Background: 1`` (a board that re-fetches itself)
    does not count as activity: an unattended screen still times out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = clock.now()
        request.actor = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(request, "_cached_user"):
            self._recognise(request)
        return self.get_response(request)

    def _recognise(self, request: Any) -> None:
        if not request.user.is_authenticated:
            return
        account: Account = request.user
        reason = sessions.why_it_ends(request, account)
        if reason is not None:
            log_ins.note(request, Outcome.EXPIRED, account.username, account, now=request.now)
            request.session_expired = True  # so that it is not logged as a log-out, too
            logout(request)
            messages.warning(request, reason)
            return
        request.actor = actor_of(account, request.now, log_ins.address_of(request))
        self._speak(request, account)
        sessions.touch(request)

    @staticmethod
    def _speak(request: Any, account: Account) -> None:
        """Use the account's language; one chosen on the page (a cookie) becomes the account's."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.LANGUAGES) and chosen != account.language:
            choose_language(account.pk, language=chosen, actor=request.actor, now=request.now)
            account.language = chosen
        if account.language:
            translation.activate(account.language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_view(
        self, request: Any, view: Callable[..., HttpResponseBase], args: Any, said: Any
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name
        if not getattr(view, "login_required", True) or _open(request):
            return None
        if request.actor is None:
            return _send(request, reverse("organisation:log-in"), _("请先登录。"), 401)
        if name in _WAY_IN:
            return None
        account: Account = request.user
        if sessions.password_is_due(account, request.now):
            return _send(request, reverse("organisation:change-password"), _("请先修改密码。"), 403)
        if sessions.second_factor_is_due(request):
            return _send(request, reverse("organisation:second-factor"), _("请先完成动态码验证。"), 403)
        return None

    def process_exception(self, request: Any, error: Exception) -> HttpResponseBase | None:
        """Turn what a verb refused into the answer of this door; anything else is Django's affair."""
        if not isinstance(error, Refused):
            return None
        if _wants_json(request):
            said: dict[str, Any] = {"error": error.code, "message": error.message}
            if isinstance(error, Invalid):
                said["fields"] = error.fields
            return JsonResponse(said, status=error.status, json_dumps_params={"ensure_ascii": False})
        return refusal_page(request, error)


def _open(request: HttpRequest) -> bool:
    match = request.resolver_match
    assert match is not None
    return match.view_name in settings.OPEN_VIEWS or any(
        space in settings.OPEN_VIEWS for space in match.namespaces
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def _send(request: HttpRequest, address: str, message: str, status: int) -> HttpResponseBase:
    """Send a person to a page first, and back to where they wanted to go afterwards."""
    if _wants_json(request):
        body = {"error": "log_in" if status == 401 else "not_allowed", "message": message}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    wanted = (
        request.get_full_path() if request.method == "GET" and "HX-Request" not in request.headers else ""
    )
    if wanted and wanted != "/":
        address = f"{address}?{urlencode({'next': wanted})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=status, headers={"HX-Redirect": address})
    return redirect(address)
