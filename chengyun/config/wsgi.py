"""What the server calls: pages through every middleware, the JSON interface by a short way of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
django.setup(set_prefix=False)

from django.core.handlers.exception import convert_exception_to_response  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.http.response import HttpResponseBase  # noqa: E402

from chengyun.config.quick import open_quickly  # noqa: E402
from chengyun.config.urls import API  # noqa: E402
from chengyun.kernel import clock  # noqa: E402

_CASES = f"/{API}cases"


class ApiHandler(WSGIHandler):
    """Programmes bring a token with each request: no session, no cookie, no form token, no page headers.

    Twelve middlewares cost as much as opening a case; the two things the interface needs of them, the
    moment of the request and headers against misuse by a browser, are set here.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._answer)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        request.get_host()  # refuses a Host header that is not ours
        quick = open_quickly(request) if request.path_info == _CASES else None
        response: HttpResponseBase = quick or self._get_response(request)  # type: ignore[attr-defined]
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response


_pages, _api = WSGIHandler(), ApiHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send a request its way."""
    handler = _api if environ.get("PATH_INFO", "").startswith(f"/{API}") else _pages
    return handler(environ, start_response)
