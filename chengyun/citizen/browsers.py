"""Knowing a browser again, by a random cookie and nothing else: so that one browser counts once."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

from chengyun.citizen.hashes import keyed

COOKIE, LARGE = "citizen_browser", "citizen_large"
YEAR = 365 * 24 * 3600


def browser_of(request: Any) -> str:
    """The browser's random name; a new one, kept by ``remember``, if it has none yet."""
    found: str = getattr(request, "citizen_browser", "") or request.COOKIES.get(COOKIE, "")
    if not re.fullmatch(r"[0-9a-f]{32}", found):
        found = secrets.token_hex(16)
    request.citizen_browser = found
    return found


def browser_hash(request: Any) -> str:
    """What the tables know a browser by."""
    return keyed("browser", browser_of(request))


def knows(request: Any) -> bool:
    """Whether the browser brought its name along: one that keeps no cookies never does."""
    return bool(re.fullmatch(r"[0-9a-f]{32}", request.COOKIES.get(COOKIE, "")))


def remember(request: Any, answer: HttpResponseBase) -> None:
    """Hand the name out with the answer if it was asked for and is new."""
    name = getattr(request, "citizen_browser", "")
    if name and request.COOKIES.get(COOKIE) != name:
        _set(answer, COOKIE, name)


def wants_large(request: Any) -> bool:
    """Whether the large-type version (长辈版) was chosen."""
    return bool(request.COOKIES.get(LARGE) == "yes")


def choose_large(answer: HttpResponseBase, large: bool) -> None:
    """Remember the version for a year."""
    if large:
        _set(answer, LARGE, "yes")
    else:
        answer.delete_cookie(LARGE, path="/", samesite="Lax")


def _set(answer: HttpResponseBase, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=YEAR,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
