"""Prices of a contract, and how much of each was used."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.contracts import forms, policies
from chengyun.budget.contracts.actions import add_item, correct_item, enter_usage, import_usage, remove_item
from chengyun.budget.contracts.importing import COLUMNS
from chengyun.budget.contracts.months import first_of, later, of_year
from chengyun.budget.contracts.queries import contract_of, counted, item_of, usage_records
from chengyun.budget.contracts.usage import UsageBook
from chengyun.budget.contracts.views.asked import year_asked
from chengyun.budget.contracts.views.contracts import here
from chengyun.budget.contracts.views.shown import shown
from chengyun.budget.contracts.words import Feed
from chengyun.budget.models.contracts import ContractItem, UsageImport
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page

_IMPORTS_SHOWN = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Add a price."""
    contract = contract_of(contract_id, request.actor)
    form = forms.ItemForm(posted(request), initial={"seen": contract.version})

    def run(said: dict[str, Any]) -> object:
        facts = form.facts(said)
        return add_item(contract.pk, facts, seen=said["seen"], actor=request.actor, now=request.now)

    title = _("增加计费项目")
    return verb_page(request, form, run, title=title, back=here(contract.pk), done=_("计费项目已增加。"))


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: StaffRequest, item_id: int) -> HttpResponse:
    """Correct a price."""
    item = item_of(item_id, request.actor)
    start = forms.start_of_item(item) | {"seen": item.contract.version}
    form = forms.ItemForm(posted(request), initial=start)

    def run(said: dict[str, Any]) -> object:
        facts = form.facts(said)
        return correct_item(item.pk, facts, seen=said["seen"], actor=request.actor, now=request.now)

    return verb_page(
        request,
        form,
        run,
        title=_("更正“%(name)s”") % {"name": item.name},
        next_step=_("只用于更正录错的内容：各月测算都按更正后的单价重算。价格从某日起变动，请用“续签”。"),
        back=here(item.contract_id),
        done=_("计费项目已更正。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_item(request: StaffRequest, item_id: int) -> HttpResponse:
    """Remove a price that was entered by mistake."""
    item = item_of(item_id, request.actor)
    return verb_page(
        request,
        forms.Seen(posted(request), initial={"seen": item.contract.version}),
        lambda said: remove_item(item.pk, seen=said["seen"], actor=request.actor, now=request.now),
        title=_("删除“%(name)s”") % {"name": item.name},
        next_step=_("已有使用量记录的项目不能删除。"),
        back=here(item.contract_id),
        done=_("计费项目已删除。"),
        danger=True,
    )


@needs(*policies.READING)
@require_safe
def usage_page(request: StaffRequest) -> HttpResponse:
    """Every item whose cost depends on use, month by month, and the files that were taken in."""
    today = local(request.now).date()
    year = year_asked(request, today)
    items = list(
        ContractItem.objects.filter(contract__in=counted(request.actor))
        .exclude(feed=Feed.AGREED)
        .select_related("contract")
        .order_by("contract__service", "contract_id", "id")
    )
    book = UsageBook(items, now=request.now, year=year)
    months = [month for month in of_year(year) if month <= today]
    said = {
        "year": year,
        "items": [(item, [(month, book.of(item, month)) for month in months]) for item in items],
        "months": months,
        "imports": UsageImport.objects.select_related("by")[:_IMPORTS_SHOWN],
        "may_edit": policies.may_edit(request.actor),
    }
    return shown(request, "usage", said)


@needs(*policies.READING)
@require_safe
def item_page(request: StaffRequest, item_id: int) -> HttpResponse:
    """The records of one item, also those that were corrected."""
    item = item_of(item_id, request.actor)
    months: set[object] = set()
    rows = []
    for row in usage_records(request.actor, item.pk):
        rows.append((row, row.month not in months))
        months.add(row.month)
    said = {"item": item, "rows": rows, "may_edit": policies.may_edit(request.actor)}
    return shown(request, "item", said)


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_usage(request: StaffRequest, item_id: int) -> HttpResponse:
    """Enter a month's usage."""
    item = item_of(item_id, request.actor)
    month = later(first_of(local(request.now).date()), -1)
    return verb_page(
        request,
        forms.UsageForm(posted(request), initial={"month": month}),
        lambda said: enter_usage(item.pk, actor=request.actor, now=request.now, **said),
        title=_("录入使用量：%(name)s（%(unit)s）") % {"name": item.name, "unit": item.unit},
        next_step=_("同一个月再录一次，以后录的为准，先录的留作记录。"),
        back=reverse("budget:item", args=[item.pk]),
        done=_("使用量已录入。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: StaffRequest) -> HttpResponse:
    """Take in a file of usage."""
    form = forms.UsageFileForm(posted(request), request.FILES or None)
    if request.method == "POST":
        done, run = attempt(
            form, lambda said: import_usage(said["file"], actor=request.actor, now=request.now)
        )
        if done:
            words = _("“%(file)s”读入 %(read)d 行：新增 %(taken)d，已有 %(known)d，退回 %(rejected)d。")
            said = {"file": run.file_name, "read": run.read, "taken": run.taken, "known": run.known}
            left = run.read - run.taken - run.known
            messages.success(request, words % {**said, "rejected": left})
            return redirect("budget:usage")
    context = {"form": form, "headings": COLUMNS}
    return shown(request, "import", context, status=422 if form.errors else 200)


@needs(*policies.READING)
@require_safe
def rejects(request: StaffRequest, run_id: int) -> HttpResponse:
    """The rejected rows of a file: line, field, reason and the row as it was."""
    run = UsageImport.objects.filter(pk=run_id).first()
    if run is None or not run.rejects:
        raise NotThere(_("这次导入没有退回的行。"))
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="usage-{run.pk}-rejects.csv"'
    answer["Cache-Control"] = "private, no-store"
    writer = csv.writer(answer)
    writer.writerow([_("行"), _("列"), _("退回原因"), _("原内容")])
    for one in run.rejects:
        writer.writerow([_harmless(one[name]) for name in ("line", "field", "reason", "row")])
    return answer


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet program would take for a formula gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
