"""登记工单: one screen, from the first ring to the number."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chengyun.cases import nearby
from chengyun.cases.labels import state_label
from chengyun.cases.models import Case
from chengyun.cases.uploads import Uploads, take_in
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.hotline import queries
from chengyun.hotline.actions import Registered, register_order
from chengyun.hotline.forms import OrderForm
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.ui.formats import short_moment


@needs(*REGISTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Show the form; take it; or show it again with what was typed and a sentence beside each wrong field."""
    today = local(request.now).date()
    if request.method != "POST":
        form = OrderForm(initial={"client_id": uuid.uuid4()}, today=today)
        return _page(request, form, Uploads("files", AttachmentKind.EVIDENCE))
    form, files = OrderForm(request.POST, today=today), take_in(request, "files", AttachmentKind.EVIDENCE)
    if form.is_valid() and not files.problems:
        done = _attempt(form, files, request)
        if done is not None:
            return _afterwards(request, done)
    return _page(request, form, files, status=422)


def _attempt(form: OrderForm, files: Uploads, request: StaffRequest) -> Registered | None:
    try:
        return register_order(
            form.cleaned_data,
            attachments=files.ids,
            resolve=request.POST.get("then") == "resolve",
            actor=request.actor,
            now=request.now,
        )
    except Invalid as error:
        for name, text in error.fields.items():
            form.add_error(name if name in form.fields and name != "client_id" else None, text)
        if "client_id" in error.fields and isinstance(form.data, QueryDict):
            # What was changed after it was taken is another order, if it is sent again.
            form.data = {**form.data.dict(), "client_id": str(uuid.uuid4())}
    return None


def _page(request: StaffRequest, form: OrderForm, files: Uploads, status: int = 200) -> HttpResponse:
    return render(request, "hotline/register.html", {"form": form, "files": files}, status=status)


def _afterwards(request: StaffRequest, done: Registered) -> HttpResponse:
    case = done.case
    number = str(case["number"])
    address = _case_address(number)
    shown = format_html('<a href="{}">{}</a>', address, number) if address else number
    word, _meaning = state_label(case["kind"], case["state"])
    if not done.fresh:
        text = _("这张表单此前已登记为 %(number)s，没有重复登记，当前状态：%(state)s。")
    elif case["closed_at"] is not None:
        text = _("工单 %(number)s 已登记并当场办结，计入首呼解决。")
    elif case["due_at"] is not None:
        text = _("工单 %(number)s 已登记，下一步由派遣员派单，时限 %(due)s。")
    else:
        text = _("工单 %(number)s 已登记，下一步由派遣员派单。")
    # The sentence is ours; only the number goes in, already escaped.
    said = format_html(
        text.replace("%(number)s", "{number}").replace("%(state)s", "{state}").replace("%(due)s", "{due}"),
        number=shown,
        state=word,
        due=short_moment(case["due_at"], request.now) if case["due_at"] else "",
    )
    messages.success(request, said)
    if request.POST.get("then") == "next" or not address:
        return redirect("hotline:register")
    return redirect(address)


def _case_address(number: str) -> str:
    try:
        return reverse("workbench:case", args=[number])  # by name: the room lies above this one
    except NoReverseMatch:
        return ""


@needs(*REGISTERING)
@require_POST
def earlier(request: StaffRequest) -> HttpResponse:
    """Earlier orders of the telephone that is being typed. Posted, so that no log keeps the number."""
    phone = request.POST.get("phone", "")[:40]
    found, count = queries.earlier_orders(phone, request.actor)
    said = {"earlier": found, "count": count, "asked": queries.is_whole(phone)}
    return render(request, "hotline/_earlier.html", said)


@needs(*REGISTERING)
@require_POST
def similar(request: StaffRequest) -> HttpResponse:
    """Open orders at the same place: near the point, or with the same address in their words."""
    key, address = request.POST.get("catalogue_key", ""), request.POST.get("address", "").strip()[:300]
    found: list[nearby.Near] = []
    if point := nearby.point_of(request.POST):
        found = nearby.open_cases_near("hotline", point[0], point[1], key, now=request.now)
    known = {one.id for one in found}
    found += [one for one in nearby.open_cases_at("hotline", address, now=request.now) if one.id not in known]
    ids = [one.id for one in found]
    seen = set(Case.objects.seen_by(request.actor).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [(one, state_label(one.kind, one.state)) for one in found if one.id in seen][: nearby.MOST]
    return render(request, "hotline/_similar.html", {"similar": shown})
