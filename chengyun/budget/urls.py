"""Addresses of this room."""

from __future__ import annotations

from chengyun.budget import urls_contracts, urls_ledger, urls_performance, urls_publishing, urls_review

app_name = "budget"
urlpatterns = [
    *urls_ledger.urlpatterns,
    *urls_contracts.urlpatterns,
    *urls_performance.urlpatterns,
    *urls_publishing.urlpatterns,
    *urls_review.urlpatterns,
]
