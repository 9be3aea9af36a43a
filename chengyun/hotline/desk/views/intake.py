"""登记工单: one screen, from the first ring to the number."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chengyun.cases.labels import state_label
from chengyun.cases.uploads import Uploads, take_in, waiting
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.hotline.desk import queries
from chengyun.hotline.desk.actions import Taken, take_order
from chengyun.hotline.desk.forms import IntakeForm
from chengyun.hotline.desk.lines import lines_in_force, needs_of
from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.models import Call, OrderDraft
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused
from chengyun.kernel.masking import mask_phone
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.ui.formats import short_moment

_KIND = AttachmentKind.EVIDENCE


@needs(*REGISTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Show the form; take it; or show it again with what was typed and a sentence beside each wrong field.

    ``?call=`` begins with a call that this operator has opened, ``?draft=`` goes on with a draft.
    """
    today = local(request.now).date()
    if request.method != "POST":
        return _begin(request)
    form = IntakeForm(request.POST, today=today, now=request.now)
    files = take_in(request, "files", _KIND)
    if form.is_valid() and not files.problems:
        done = _attempt(form, files, request)
        if done is not None:
            return _afterwards(request, done)
    return _page(request, form, files, status=422)


def _begin(request: StaffRequest) -> HttpResponse:
    today = local(request.now).date()
    said: dict[str, Any] = {"client_id": uuid.uuid4()}
    files = Uploads("files", _KIND)
    draft = _draft(request)
    if draft is not None:
        said |= _typed(draft)
        files.files = waiting(draft.typed.get("files_ids", []), _KIND, request.actor)
    call = _call(request)
    if call is not None and draft is None:
        said |= {"call": call.pk, "phone": call.number}
    form = IntakeForm(initial=said, today=today, now=request.now)
    return _page(request, form, files)


def _draft(request: StaffRequest) -> OrderDraft | None:
    try:
        client_id = uuid.UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    return OrderDraft.objects.filter(client_id=client_id, owner=request.actor.person_id).first()


def _typed(draft: OrderDraft) -> dict[str, Any]:
    """What was typed, as a form begins with it."""
    said: dict[str, Any] = {"client_id": draft.client_id, "call": draft.call_id}
    for name, field in IntakeForm.base_fields.items():
        if name in ("client_id", "call"):
            continue
        values = draft.typed.get(name, [])
        if isinstance(field, forms.BooleanField):
            said[name] = bool(values)
        elif values:
            said[name] = values[0]
    return said


def _call(request: StaffRequest) -> Call | None:
    """The call that the form begins with: only one that this operator has opened shows its number."""
    asked = request.GET.get("call", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        return None
    return Call.objects.filter(pk=int(asked), opened_by=request.actor.person_id).first()


def _attempt(form: IntakeForm, files: Uploads, request: StaffRequest) -> Taken | None:
    try:
        return take_order(
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
    except (NotAllowed, NotThere):
        raise
    except Refused as error:
        form.add_error(None, error.message)
    return None


def _page(request: StaffRequest, form: IntakeForm, files: Uploads, status: int = 200) -> HttpResponse:
    lines = lines_in_force(request.now)
    client_id = form["client_id"].value()
    call_id = form["call"].value()
    call = Call.objects.filter(pk=call_id).first() if str(call_id or "").isdigit() else None
    said = {
        "form": form,
        "files": files,
        "lines": [(line, Treatment(line.treatment), sorted(needs_of(line))) for line in lines],
        "drafts": queries.drafts_of(request.actor, without=_uuid(client_id)),
        "call": call,
        "call_number": mask_phone(call.number) if call else "",
        "calls": queries.live_calls(actor=request.actor, now=request.now),
        "waiting": queries.count_call_backs(),
        "new_id": uuid.uuid4(),
        "now": request.now,
    }
    return render(request, "hotline/desk/register.html", said, status=status)


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def _afterwards(request: StaffRequest, done: Taken) -> HttpResponse:
    case = done.case
    number = str(case["number"])
    address = _case_address(number)
    shown = format_html('<a href="{}">{}</a>', address, number) if address else number
    word, _meaning = state_label(case["kind"], case["state"])
    # The sentence is ours; only the number goes in, already escaped.
    text = _sentence(done)
    for name in ("number", "state", "due", "line"):
        text = text.replace(f"%({name})s", f"{{{name}}}")
    said = format_html(
        text,
        number=shown,
        state=word,
        due=short_moment(case["due_at"], request.now) if case["due_at"] else "",
        line=done.use.line.situation if done.use else "",
    )
    messages.success(request, said)
    if done.fresh and case["longitude"] is not None and case["grid_id"] is None:
        messages.warning(request, _("所选位置不在本区范围内，没有归入网格；请核对位置。"))
    if request.POST.get("then") == "next" or not address:
        return redirect("hotline:register")
    return redirect(address)


def _sentence(done: Taken) -> str:
    case = done.case
    if not done.fresh:
        return _("这张表单此前已登记为 %(number)s，没有重复登记，当前状态：%(state)s。")
    if done.use is not None and case["closed_at"] is not None:
        return _("工单 %(number)s 已登记，按判定表“%(line)s”处理，当前状态：%(state)s。")
    if case["state"] == "merged":
        return _("工单 %(number)s 已登记并入所选工单，随主单办理。")
    if case["closed_at"] is not None:
        return _("工单 %(number)s 已登记并当场办结，计入首呼解决。")
    if case["due_at"] is not None:
        return _("工单 %(number)s 已登记，下一步由派遣员派单，时限 %(due)s。")
    return _("工单 %(number)s 已登记，下一步由派遣员派单。")


def _case_address(number: str) -> str:
    try:
        return reverse("workbench:case", args=[number])  # by name: the room lies above this one
    except NoReverseMatch:
        return ""


@needs(*REGISTERING)
@require_POST
def earlier(request: StaffRequest) -> HttpResponse:
    """What is known of the telephone that is being typed. Posted, so that no log keeps the number."""
    found = queries.caller(request.POST.get("phone", "")[:40], actor=request.actor)
    return render(request, "hotline/desk/_caller.html", {"caller": found, "now": request.now})
