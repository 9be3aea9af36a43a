"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from chengyun.patrol import views

app_name = "patrol"
urlpatterns = [
    path("patrol/report/", views.report, name="report"),
    path("patrol/report/conditions/", views.conditions, name="conditions"),
    path("patrol/report/nearby/", views.near, name="nearby"),
    path("patrol/mine/", views.mine, name="mine"),
    path("patrol/tasks/", views.tasks, name="tasks"),
]
