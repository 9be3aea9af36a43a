"""账单: the list, and what is done with a bill."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import enter_bill, pay_bill, take_back_payment, void_bill
from chengyun.budget.contracts.months import first_of, later
from chengyun.budget.contracts.queries import bill_of, bills_in, contract_of
from chengyun.budget.contracts.views.contracts import here
from chengyun.budget.contracts.views.shown import shown
from chengyun.budget.contracts.words import BillState
from chengyun.budget.models.contracts import Contract
from chengyun.kernel.clock import local
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_PAGE = 50
TABS = ("", BillState.OPEN, BillState.OVERDUE, BillState.PAID, BillState.VOID)


@needs(*policies.READING)
@require_safe
def bills_page(request: StaffRequest) -> HttpResponse:
    """Bills, ``?state=open|overdue|paid|void``; those to be paid by the day on which they fall due."""
    today = local(request.now).date()
    state = request.GET.get("state", "")
    state = state if state in TABS else ""
    rows = bills_in(request.actor, state, today)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    said = {
        "page": page,
        "rows": [(bill, bill.state_on(today)) for bill in page],
        "total": rows.aggregate(total=Sum("amount"))["total"] or 0,
        "state": state,
        "counts": {one: bills_in(request.actor, one, today).count() for one in TABS},
        "may_edit": policies.may_edit(request.actor),
    }
    return shown(request, "bills", said)


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_bill(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Enter a bill of a contract; ``?month=`` is that of the bill."""
    contract = contract_of(contract_id, request.actor)
    today = local(request.now).date()
    start = {"month": request.GET.get("month") or later(first_of(today), -1), "received_on": today}
    return verb_page(
        request,
        forms.BillForm(posted(request), initial=start),
        lambda said: enter_bill(contract.pk, actor=request.actor, now=request.now, **said),
        title=_("录入账单：%(number)s") % {"number": contract.number},
        next_step=_("录入后与这个月的测算核对；金额录错只能作废重录。"),
        back=here(contract.pk),
        done=_("账单已录入。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def any_bill(request: StaffRequest) -> HttpResponse:
    """Enter a bill and choose its contract."""
    today = local(request.now).date()
    start = {"month": later(first_of(today), -1), "received_on": today}
    contracts = Contract.objects.seen_by(request.actor).order_by("number")

    def run(said: dict[str, Any]) -> object:
        contract_id = said.pop("contract")
        return enter_bill(contract_id, actor=request.actor, now=request.now, **said)

    return verb_page(
        request,
        forms.AnyBillForm(posted(request), initial=start, contracts=list(contracts)),
        run,
        title=_("录入账单"),
        next_step=_("录入后与这个月的测算核对；金额录错只能作废重录。"),
        back=reverse("budget:bills"),
        done=_("账单已录入。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: StaffRequest, bill_id: int) -> HttpResponse:
    """Note a payment."""
    bill = bill_of(bill_id, request.actor)
    start = {"seen": bill.version, "paid_on": local(request.now).date()}
    return verb_page(
        request,
        forms.PayForm(posted(request), initial=start),
        lambda said: pay_bill(bill.pk, actor=request.actor, now=request.now, **said),
        title=_("登记付款：%(number)s，%(amount)s 元")
        % {"number": bill.number, "amount": f"{bill.amount:,}"},
        next_step=_("最迟 %(day)s 付款；晚于这一天计为逾期付款。") % {"day": bill.due_on},
        back=here(bill.contract_id),
        done=_("付款已登记。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: StaffRequest, bill_id: int) -> HttpResponse:
    """Undo a payment that was noted by mistake."""
    bill = bill_of(bill_id, request.actor)
    return verb_page(
        request,
        forms.ReasonForm(posted(request), initial={"seen": bill.version}),
        lambda said: take_back_payment(bill.pk, actor=request.actor, now=request.now, **said),
        title=_("撤销付款登记：%(number)s") % {"number": bill.number},
        next_step=_("账单回到待付，可重新登记。"),
        back=here(bill.contract_id),
        done=_("付款登记已撤销。"),
        danger=True,
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: StaffRequest, bill_id: int) -> HttpResponse:
    """Make a bill void."""
    bill = bill_of(bill_id, request.actor)
    return verb_page(
        request,
        forms.ReasonForm(posted(request), initial={"seen": bill.version}),
        lambda said: void_bill(bill.pk, actor=request.actor, now=request.now, **said),
        title=_("账单作废：%(number)s") % {"number": bill.number},
        next_step=_("作废的账单不再参加对账和付款统计，仍可查到。"),
        back=here(bill.contract_id),
        done=_("账单已作废。"),
        danger=True,
    )
