"""Addresses: documents that were checked, findings and what became of them."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.budget.review import views, views_compare, views_report

_ONE = "budget/check/documents/<int:document_id>/"

urlpatterns: list[URLPattern] = [
    path("budget/check/", views.page, name="reviews"),
    path("budget/check/compare/", views_compare.page, name="review-compare"),
    path("budget/check/copies/<int:copy_id>/", views_report.fetch_copy, name="review-copy"),
    path("budget/check/<int:review_id>/", views.review, name="review"),
    path("budget/check/<int:review_id>/progress/", views.progress, name="review-progress"),
    path("budget/check/<int:review_id>/stop/", views.stop, name="review-stop"),
    path(_ONE, views_report.report, name="review-report"),
    path(f"{_ONE}file/", views_report.original, name="review-file"),
    path(f"{_ONE}findings.json", views_report.as_data, name="review-data"),
    path(f"{_ONE}copies/", views_report.make_copy, name="review-correct"),
    path(f"{_ONE}findings/<str:key>/", views_report.dispose, name="review-settle"),
]
