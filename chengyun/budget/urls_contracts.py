"""Addresses: contracts, usage, bills."""

from __future__ import annotations

from django.urls import URLPattern, path

from chengyun.budget.contracts.views import bills, contracts, documents, items, reconciliation, years

urlpatterns: list[URLPattern] = [
    path("budget/contracts/", contracts.contracts_page, name="contracts"),
    path("budget/contracts/new/", contracts.new_contract, name="new-contract"),
    path("budget/contracts/<int:contract_id>/", contracts.contract_page, name="contract"),
    path("budget/contracts/<int:contract_id>/edit/", contracts.edit_contract, name="edit-contract"),
    path("budget/contracts/<int:contract_id>/renew/", contracts.renew, name="renew-contract"),
    path("budget/contracts/<int:contract_id>/stop/", contracts.stop, name="stop-contract"),
    path("budget/contracts/<int:contract_id>/seen/", contracts.seen, name="see-notice"),
    path("budget/contracts/<int:contract_id>/items/new/", items.new_item, name="new-item"),
    path("budget/contracts/<int:contract_id>/bills/new/", bills.new_bill, name="new-bill"),
    path("budget/contracts/<int:contract_id>/documents/new/", documents.new_document, name="new-document"),
    path("budget/contracts/<int:contract_id>/months/<slug:month>/", reconciliation.month_page, name="month"),
    path("budget/contracts/items/<int:item_id>/", items.item_page, name="item"),
    path("budget/contracts/items/<int:item_id>/edit/", items.edit_item, name="edit-item"),
    path("budget/contracts/items/<int:item_id>/delete/", items.delete_item, name="delete-item"),
    path("budget/contracts/items/<int:item_id>/usage/", items.new_usage, name="new-usage"),
    path("budget/contracts/documents/<int:document_id>/", documents.document, name="document"),
    path(
        "budget/contracts/documents/<int:document_id>/withdraw/", documents.withdraw, name="withdraw-document"
    ),
    path("budget/contracts/usage/", items.usage_page, name="usage"),
    path("budget/contracts/usage/import/", items.import_page, name="import-usage"),
    path("budget/contracts/usage/rejects/<int:run_id>/", items.rejects, name="usage-rejects"),
    path("budget/contracts/bills/", bills.bills_page, name="bills"),
    path("budget/contracts/bills/new/", bills.any_bill, name="any-bill"),
    path("budget/contracts/bills/<int:bill_id>/pay/", bills.pay, name="pay-bill"),
    path("budget/contracts/bills/<int:bill_id>/take-back/", bills.take_back, name="take-back-payment"),
    path("budget/contracts/bills/<int:bill_id>/void/", bills.void, name="void-bill"),
    path("budget/contracts/reconciliation/", reconciliation.year_page, name="reconciliation"),
    path("budget/contracts/year/", years.year_page, name="contracts-year"),
    path("budget/contracts/year/amount/", years.amount, name="year-amount"),
]
