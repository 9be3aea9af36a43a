"""Every write of this part, one function a verb."""

from chengyun.budget.contracts.actions.bills import enter_bill, pay_bill, take_back_payment, void_bill
from chengyun.budget.contracts.actions.contracts import (
    correct_contract,
    enter_contract,
    renew_contract,
    stop_contract,
)
from chengyun.budget.contracts.actions.documents import add_document, withdraw_document
from chengyun.budget.contracts.actions.items import add_item, correct_item, remove_item
from chengyun.budget.contracts.actions.notices import notice_ends, see_notice
from chengyun.budget.contracts.actions.reconcile import reconcile
from chengyun.budget.contracts.actions.usage import enter_usage, import_usage
from chengyun.budget.contracts.actions.years import set_year_amount

__all__ = [
    "add_document",
    "add_item",
    "correct_contract",
    "correct_item",
    "enter_bill",
    "enter_contract",
    "enter_usage",
    "import_usage",
    "notice_ends",
    "pay_bill",
    "reconcile",
    "remove_item",
    "renew_contract",
    "see_notice",
    "set_year_amount",
    "stop_contract",
    "take_back_payment",
    "void_bill",
    "withdraw_document",
]
