"""合同: the list, one contract, and the verbs on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import (
    correct_contract,
    enter_contract,
    renew_contract,
    see_notice,
    stop_contract,
)
from chengyun.budget.contracts.ends import ending_ones, span_of, standing_on
from chengyun.budget.contracts.months import of_year
from chengyun.budget.contracts.queries import contract_of, rows_of, unpaid, warnings_of
from chengyun.budget.contracts.reconciling import months_of_year
from chengyun.budget.contracts.views.history import events_of
from chengyun.budget.contracts.views.shown import shown
from chengyun.budget.contracts.words import Procurement, Standing
from chengyun.budget.contracts.year import year_of
from chengyun.kernel.clock import local
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page
from chengyun.worktime.limits import Provenance


@needs(*policies.READING)
@require_safe
def contracts_page(request: StaffRequest) -> HttpResponse:
    """Every contract, what needs somebody, and the year in five figures."""
    today = local(request.now).date()
    rows = rows_of(request.actor, today)
    year = year_of(request.actor, today.year, now=request.now)
    said = {
        "rows": rows,
        "in_force": sum(row.standing in (Standing.IN_FORCE, Standing.ENDS_SOON) for row in rows),
        "ending": ending_ones(today, [row.contract for row in rows if not row.contract.example]),
        "unpaid": unpaid(request.actor, today),
        "year": year,
        "uncovered": sum(one.coverage.whole_months < 12 for one in year.services),
        "may_edit": policies.may_edit(request.actor),
    }
    return shown(request, "contracts", said)


@needs(*policies.READING)
@require_safe
def contract_page(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Everything on record of one contract."""
    today = local(request.now).date()
    contract = contract_of(contract_id, request.actor)
    bills = list(contract.bills.all())
    months = months_of_year([contract], of_year(today.year), now=request.now).get(contract.pk, [])
    said = {
        "contract": contract,
        "span": span_of(contract),
        "standing": standing_on(contract, today),
        "provenance": Provenance(contract.provenance),
        "bills": [(bill, bill.state_on(today)) for bill in bills],
        "documents": contract.documents.filter(withdrawn_at=None).select_related("bill"),
        "months": [one for one in months if one.month <= today],
        "warnings": warnings_of(request.actor).filter(contract=contract),
        "events": events_of(contract),
        "renewals": list(contract.renewals.all()),
        "procurement": Procurement(contract.procurement),
        "may_edit": policies.may_edit(request.actor),
    }
    return shown(request, "contract", said)


def here(contract_id: int) -> str:
    """The address of a contract."""
    return reverse("budget:contract", args=[contract_id])


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_contract(request: StaffRequest) -> HttpResponse:
    """Enter a contract."""
    form = forms.ContractForm(posted(request), initial={"provenance": Provenance.PRIMARY})
    return verb_page(
        request,
        form,
        lambda said: enter_contract(form.facts(said), actor=request.actor, now=request.now),
        title=_("录入合同"),
        next_step=_("录入后在合同页上增加计费项目、上传合同文本。"),
        back=reverse("budget:contracts"),
        done=_("合同已录入，请增加计费项目。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contract(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Correct a contract."""
    contract = contract_of(contract_id, request.actor)
    form = forms.CorrectContractForm(posted(request), initial=forms.start_of(contract))

    def run(said: dict[str, object]) -> object:
        facts, seen = form.facts(said), form.cleaned_data["seen"]
        return correct_contract(contract.pk, facts, seen=seen, actor=request.actor, now=request.now)

    return verb_page(
        request,
        form,
        run,
        title=_("更正合同"),
        next_step=_("只用于更正录错的内容，改了什么会留在合同的经过里；到期续约请用“续签”。"),
        back=here(contract.pk),
        done=_("合同已更正。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Enter the contract that follows."""
    old = contract_of(contract_id, request.actor)
    start = forms.start_of(old) | {
        "number": "",
        "signed_on": None,
        "begins_on": None,
        "ends_on": None,
        "source": "",
        "note": "",
    }
    form = forms.ContractForm(posted(request), initial=start)
    return verb_page(
        request,
        form,
        lambda said: renew_contract(old.pk, form.facts(said), actor=request.actor, now=request.now),
        title=_("续签 %(number)s") % {"number": old.number},
        next_step=_("计费项目照原合同带入，单价有变请在新合同上更正；两份合同重叠的日子按新合同计。"),
        back=here(old.pk),
        done=_("续签的合同已录入。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: StaffRequest, contract_id: int) -> HttpResponse:
    """End a contract before its time."""
    contract = contract_of(contract_id, request.actor)
    return verb_page(
        request,
        forms.StopForm(posted(request), initial={"seen": contract.version}),
        lambda said: stop_contract(contract.pk, actor=request.actor, now=request.now, **said),
        title=_("提前终止 %(number)s") % {"number": contract.number},
        next_step=_("最后一天以后不再计费，也不再算作有合同。"),
        back=here(contract.pk),
        done=_("合同已提前终止。"),
        danger=True,
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def seen(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Take the warnings of a contract in."""
    contract = contract_of(contract_id, request.actor)
    return verb_page(
        request,
        forms.NothingForm(posted(request)),
        lambda _said: see_notice(contract.pk, actor=request.actor, now=request.now),
        title=_("知悉到期提醒：%(number)s") % {"number": contract.number},
        next_step=_("首页不再提醒，直到更近的一档；本页和合同列表仍然标明即将到期。"),
        back=here(contract.pk),
        done=_("已知悉。"),
    )
