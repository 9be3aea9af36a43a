"""Addresses of the shell itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from chengyun.ui import views

app_name = "ui"

urlpatterns = [
    path("language/", login_not_required(set_language), name="language"),
    path("offline/", views.offline, name="offline"),
    path("style/", views.style, name="style"),
]
