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

handler400 = "chengyun.ui.views.bad_request"
handler403 = "chengyun.ui.views.not_allowed"
handler404 = "chengyun.ui.views.not_there"
handler500 = "chengyun.ui.views.failed"
