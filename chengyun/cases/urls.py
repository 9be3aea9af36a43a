"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from chengyun.cases import (
    views_attachments,
    views_catalogue,
    views_catalogue_editing,
    views_items,
    views_processes,
    views_settings,
)

app_name = "cases"

urlpatterns = [
    path("attachments/", views_attachments.upload, name="upload"),
    path("attachments/<int:attachment_id>/<slug:variant>", views_attachments.serve, name="attachment"),
    path("catalogue/items/", views_items.items, name="items"),
    path("catalogue/", views_catalogue.catalogues, name="catalogues"),
    path("catalogue/comparison/", views_catalogue.comparison, name="comparison"),
    path("catalogue/item/", views_catalogue.item, name="item"),
    path("catalogue/item/add/", views_catalogue_editing.add_item, name="add-item"),
    path("catalogue/item/retire/", views_catalogue_editing.retire_item, name="retire-item"),
    path("catalogue/item/criteria/add/", views_catalogue_editing.add_criterion, name="add-criterion"),
    path(
        "catalogue/criteria/<int:criterion_id>/",
        views_catalogue_editing.change_criterion,
        name="change-criterion",
    ),
    path(
        "catalogue/criteria/<int:criterion_id>/retire/",
        views_catalogue_editing.retire_criterion,
        name="retire-criterion",
    ),
    path("processes/", views_processes.process, {"kind": "hotline"}, name="processes"),
    path("processes/<slug:kind>/", views_processes.process, name="process"),
    path("settings/rules/", views_settings.rules, name="rules"),
    path("settings/rules/<slug:process>/<slug:name>/", views_settings.edit_rule, name="edit-rule"),
    path("settings/words/", views_settings.labels, name="labels"),
    path(
        "settings/words/<slug:process>/<slug:thing>/<slug:name>/",
        views_settings.edit_label,
        name="edit-label",
    ),
]
