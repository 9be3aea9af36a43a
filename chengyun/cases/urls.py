"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from chengyun.cases import views_attachments, views_items

app_name = "cases"

urlpatterns = [
    path("attachments/", views_attachments.upload, name="upload"),
    path("attachments/<int:attachment_id>/<slug:variant>", views_attachments.serve, name="attachment"),
    path("catalogue/items/", views_items.items, name="items"),
]
