"""What makes the pages an app that can be installed: the manifest and the service worker."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengyun.citizen.doors import public
from chengyun.organisation.requests import OpenRequest

# What the worker keeps: pages that are the same for everybody, and what they are drawn with. Never an order's.
_PAGES = ("citizen:home", "citizen:report", "citizen:about", "citizen:offline")
_FILES = (
    "ui/first.js",
    "ui/tokens.css",
    "ui/mark.svg",
    "vendor/icons.svg",
    "citizen/citizen.css",
    "citizen/app.js",
    "citizen/report.js",
    "citizen/keeping.js",
    "citizen/photos.js",
    "citizen/place.js",
)


@public
@require_safe
def manifest(request: OpenRequest) -> JsonResponse:
    """Name, icons and the first page of the installed app."""
    said = {
        "name": _("城运随手报"),
        "short_name": _("随手报"),
        "description": _("上报身边的问题，查看办理进度"),
        "id": reverse("citizen:home"),
        "start_url": reverse("citizen:home"),
        "scope": reverse("citizen:home"),
        "display": "standalone",
        "lang": "zh-CN",
        "background_color": "#f4f6f9",
        "theme_color": "#1d4f91",
        "icons": [
            {
                "src": static("citizen/icon-192.png"),
                "sizes": "192x192",
                "type": "image/png",
                "purpose": "any",
            },
            {
                "src": static("citizen/icon-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "any",
            },
            {
                "src": static("citizen/icon-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("我要上报"), "url": reverse("citizen:report")},
            {"name": _("查进度"), "url": reverse("citizen:find")},
        ],
    }
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = "application/manifest+json"
    return answer


@public
@require_safe
def worker(request: OpenRequest) -> HttpResponse:
    """The service worker. It stands at ``/citizen/``, so that its power ends there."""
    pages, files = [reverse(name) for name in _PAGES], [static(name) for name in _FILES]
    edition = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
    said = {"pages": pages, "files": files, "edition": edition, "offline": reverse("citizen:offline")}
    answer = render(request, "citizen/worker.js", said, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
