"""Every address of the product, room by room."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from chengyun.config.api import api
from chengyun.config.views import healthz

API = "api/v1/"

# room -> what its addresses begin with
ROOMS = {
    "ui": "ui/",
    "organisation": "",
    "geography": "",
    "worktime": "",
    "cases": "",
    "messaging": "",
    "hotline": "",
    "patrol": "",
    "budget": "",
    "workbench": "",
    "citizen": "",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path(API, api.urls),
    *(
        path(beginning, include(f"chengyun.{room}.urls"))
        for room, beginning in ROOMS.items()
        if find_spec(f"chengyun.{room}.urls")
    ),
]

handler400 = "chengyun.config.wrong_pages.bad_request"
handler403 = "chengyun.config.wrong_pages.not_allowed"
handler404 = "chengyun.config.wrong_pages.not_there"
handler500 = "chengyun.config.wrong_pages.failed"
