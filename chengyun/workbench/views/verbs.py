"""The forms of verbs: drawn from what the verb asks for, sent to ``move``; nothing typed is ever lost."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengyun.cases.actions.attachments import add_attachment, attach
from chengyun.cases.actions.move import move
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Attachment, Case
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.kernel.errors import Invalid, NotAllowed, Refused, Stale
from chengyun.kernel.loop import Verb
from chengyun.kernel.writing import writing
from chengyun.organisation.access import staff
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.case_page import head_alone, page_of
from chengyun.workbench.case_record import case_seen, light_facts, record_of
from chengyun.workbench.case_verbs import Offer, offer_named, said_after
from chengyun.workbench.case_words import verb_word
from chengyun.workbench.verb_forms import Field, about_of, fields_of, filled, said_from
from chengyun.workbench.views.case_parts import client_id_of

# Verbs whose form takes files, and what those files show.
TAKES_FILES = {
    "verify": AttachmentKind.EVIDENCE,
    "dispose": AttachmentKind.AFTER,
    "pass_check": AttachmentKind.AFTER,
    "fail_check": AttachmentKind.AFTER,
    "answer": AttachmentKind.DOCUMENT,
    "report_interim": AttachmentKind.OTHER,
    "help_report": AttachmentKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading; "" has none."""

    label: str
    fields: list[Field]


@dataclass(slots=True)
class VerbForm:
    """What the template of a verb's form gets. ``waiting`` are files that came with an earlier try."""

    verb: str
    label: str
    danger: bool
    next: str
    seen: int
    fields: list[Field]
    about: list[tuple[str, str]] = field(default_factory=list)
    notice: str = ""
    status: int = 200
    possible: bool = True
    stale: bool = False
    takes_files: bool = False
    client_id: str = ""
    waiting: list[Attachment] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """The fields under their headings, in their order."""
        return [Part(label, list(some)) for label, some in groupby(self.fields, key=lambda one: one.group)]


@staff
@require_http_methods(["GET", "POST"])
def do(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """One verb on one case: its form, or on a POST the step itself and back to the case."""
    case = case_seen(number, request.actor)
    facts = light_facts(case)
    table = facts.loop.verb_named.get(verb)
    if table is None:
        raise Refused(_("没有“%(verb)s”这个操作") % {"verb": verb[:40]})
    form = _form(request, case, facts, table)
    if request.method == "GET":
        return _show(request, number, form)
    try:
        form.waiting = _take_files(request, form, case)
        moved = _move(request, case, table, form)
    except Refused as error:
        return _again(request, number, table, form, error)
    messages.success(request, said_after(moved, table, request.now))
    return _back(request, number)


def _form(request: StaffRequest, case: Case, facts: CaseFacts, verb: Verb) -> VerbForm:
    offer = offer_named(facts, verb.name, request.actor, request.now)
    return VerbForm(
        verb=verb.name,
        label=verb_word(facts["kind"], verb.name),
        danger=verb.dangerous,
        next=_(verb.note) if verb.note else "",
        seen=facts["version"],
        fields=fields_of(verb, facts, case, request.actor, request.now),
        about=about_of(facts, verb, request.now),
        notice=_why_not(offer),
        possible=offer is not None and not offer.against,
        takes_files=verb.name in TAKES_FILES,
        client_id=str(uuid.uuid4()),
    )


def _why_not(offer: Offer | None) -> str:
    if offer is None:
        return _("案件的状态或您的岗位现在不能做这一步，请返回案件查看可办事项")
    return offer.against


def _take_files(request: StaffRequest, form: VerbForm, case: Case) -> list[Attachment]:
    """Files of this try, and those of an earlier one that the form still carries."""
    ids = [int(one) for one in request.POST.getlist("attachments") if one.isdigit() and len(one) < 19]
    own = Attachment.objects.filter(pk__in=ids, event_seq=None, uploaded_by_id=request.actor.person_id)
    earlier = list(own.filter(Q(case=None) | Q(case=case))) if ids else []
    form.waiting = earlier
    if not form.takes_files:
        return earlier
    for place, upload in enumerate(request.FILES.getlist("files")):
        if isinstance(upload, UploadedFile):
            one = add_attachment(
                None,
                upload,
                kind=str(TAKES_FILES[form.verb]),
                actor=request.actor,
                now=request.now,
                client_id=client_id_of(request.POST.get("client_id", ""), place, upload),
            )
            if all(one.pk != known.pk for known in form.waiting):
                form.waiting.append(one)
    return form.waiting


def _move(request: StaffRequest, case: Case, verb: Verb, form: VerbForm) -> CaseFacts:
    """The step and its files, in one transaction."""
    said, seen = request.POST.get("seen", ""), 0
    if said.isdigit() and len(said) < 10:
        seen = int(said)
    with writing():
        moved = move(
            case.pk,
            verb.name,
            actor=request.actor,
            seen=seen,
            now=request.now,
            said=said_from(verb, request.POST),
        )
        attach(
            [one.pk for one in form.waiting],
            case_id=case.pk,
            event_seq=moved["version"],
            actor=request.actor,
        )
    return moved


def _again(request: StaffRequest, number: str, verb: Verb, form: VerbForm, error: Refused) -> HttpResponse:
    """The form once more, with what was typed and what stands against it."""
    wrong = error.fields if isinstance(error, Invalid) else {}
    filled(form.fields, verb, request.POST, wrong)
    shown = {one.name for one in form.fields}
    loose = [text for name, text in wrong.items() if name not in shown]
    form.status = error.status
    form.stale = isinstance(error, Stale)
    if form.stale or isinstance(error, NotAllowed) or not wrong:
        form.notice = error.message
    else:
        form.notice = _("；").join(loose)
    return _show(request, number, form)


def _show(request: StaffRequest, number: str, form: VerbForm) -> HttpResponse:
    """The form beside the case; for htmx the form alone, and after somebody else's move the new head with it."""
    if "HX-Request" in request.headers:
        said: dict[str, Any] = {"form": form, "number": number, "now": request.now}
        if form.stale:
            said["head"] = head_alone(number, request.actor, request.now)
        return render(request, "workbench/_verb_form.html", said, status=form.status)
    page = page_of(record_of(number, request.actor, request.now))
    return render(
        request, "workbench/case.html", {**page, "form": form, "number": number}, status=form.status
    )


def _back(request: StaffRequest, number: str) -> HttpResponse:
    """To the case, or home if it is no longer this person's to see."""
    seen = Case.objects.seen_by(request.actor).filter(number=number).exists()
    address = reverse("workbench:case", args=[number]) if seen else "/"
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=303, headers={"Location": address})
