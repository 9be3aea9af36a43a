"""The first page, the words about these pages, the two versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from chengyun.cases.world import surroundings
from chengyun.citizen.browsers import choose_large
from chengyun.citizen.doors import page, public
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.organisation.requests import OpenRequest


@public
@require_safe
def home(request: OpenRequest) -> HttpResponse:
    """What one can do here."""
    return page(request, "citizen/home.html")


@public
@require_safe
def about(request: OpenRequest) -> HttpResponse:
    """How it goes on, what is kept of whom, and what is public."""
    names = (Name.PUBLIC_DAYS, Name.COARSE_METRES)
    said = {name.value: rule(name, request.now) for name in names}
    said["reopen_days"] = int(surroundings(request.now).rule("hotline", "reopen_days"))
    return page(request, "citizen/about.html", said)


@public
@require_safe
def offline(request: OpenRequest) -> HttpResponse:
    """What is shown when the network is away; the service worker keeps it."""
    return page(request, "citizen/offline.html")


@public
@require_safe
def version(request: OpenRequest, which: str) -> HttpResponse:
    """Choose 长辈版 (``large``) or the usual version, remember it, and go back to where one was."""
    wanted = request.GET.get("next", "")
    safe = wanted.startswith("/citizen/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    answer = redirect(wanted if safe else reverse("citizen:home"))
    choose_large(answer, which == "large")
    return answer
