"""Which room says what went wrong: citizens get their own pages, everybody else those of the shell."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from chengyun.citizen.views import wrong as citizen
from chengyun.ui import views as shell


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """400."""
    # What cannot be read cannot be asked for a form's field: the address alone tells.
    if request.path.startswith("/citizen/"):
        return citizen.bad_request(request, exception)
    return shell.bad_request(request, exception)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """403."""
    if citizen.is_public(request):
        return citizen.not_allowed(request, exception)
    return shell.not_allowed(request, exception)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """404."""
    if citizen.is_public(request):
        return citizen.not_there(request, exception)
    return shell.not_there(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """500."""
    if request.path.startswith("/citizen/"):
        return citizen.failed(request)
    return shell.failed(request)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """403 of Django's guard against forged forms."""
    if citizen.is_public(request):
        return citizen.csrf_failed(request, reason)
    return shell.csrf_failed(request, reason)
