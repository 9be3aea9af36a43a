"""查办理进度: an order's private page, and finding it again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.models import Case
from chengyun.cases.privacy import mask_text
from chengyun.cases.process.kinds import Satisfaction, Way
from chengyun.citizen import proof
from chengyun.citizen.actions.follow import (
    add_information,
    ask_reopen,
    rate_order,
)
from chengyun.citizen.actions.links import find_order, link_of
from chengyun.citizen.actions.support import supporters_of
from chengyun.citizen.doors import citizen, page, public
from chengyun.citizen.forms import AddForm, FindForm, OnceForm, RateForm, ReopenForm
from chengyun.citizen.models import FollowLink, Report
from chengyun.citizen.photos import Photos, take_photos, waiting_photos
from chengyun.citizen.progress import main_of, progress_of
from chengyun.citizen.rules import rule
from chengyun.citizen.views.report import picture
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.hotline.handling.actions.reopen import reopen_until
from chengyun.hotline.models import Rating, ReopenAsk
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.organisation.requests import OpenRequest

_FORM = ["GET", "HEAD", "POST"]


@public
@require_safe
def done(request: OpenRequest, token: str) -> HttpResponse:
    """After the report: the number and the private address, to keep."""
    link = link_of(token, now=request.now)
    report = Report.objects.filter(case=link.case).first()
    said = {
        "case": link.case,
        "token": token,
        "outside": report is not None and report.outside,
        "address": request.build_absolute_uri(f"/citizen/mine/{token}/"),
        "has_phone": hasattr(link.case, "contact") and bool(link.case.contact.phone),
    }
    return _private(page(request, "citizen/done.html", said))


@public
@require_safe
def mine(request: OpenRequest, token: str) -> HttpResponse:
    """Where the order stands."""
    return _mine(request, token)


def _mine(
    request: OpenRequest, token: str, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    link = link_of(token, now=request.now)
    case, now = link.case, request.now
    progress = progress_of(case)
    report = Report.objects.filter(case=case).first()
    said: dict[str, Any] = {
        "case": case,
        "token": token,
        "link": link,
        "progress": progress,
        "description": mask_text(case.description),
        "outside": report is not None and report.outside,
        "supporters": supporters_of(case),
        **opinions_of(case, now=now),
        "most_photos": rule(Name.MOST_PHOTOS, now),
        "photos": Photos(),
        **{name: _blank(kind) for name, kind in _FORMS.items()},
        **(forms or {}),
        "wrong": status not in (200, 403),
    }
    return _private(page(request, "citizen/mine.html", said, status=status))


def opinions_of(case: Case, *, now: datetime) -> dict[str, Any]:
    """What the citizen said of the result in this round, the wish to reopen that waits or was answered last, and
    until when one may be made."""
    main = main_of(case)
    until = reopen_until(main, now)
    rated = (
        Rating.objects.filter(case=main, round=main.rounds, way__in=(Way.WEB, Way.SMS))
        .order_by("-at")
        .first()
    )
    wish = ReopenAsk.objects.filter(case=main).order_by("-asked_at").first()
    waits = wish is not None and not wish.decision
    return {
        "rated": rated,
        "rated_as": Satisfaction(rated.satisfaction) if rated is not None else None,
        "wish": wish,
        "may_reopen": until is not None and now <= until and not waits and main.lead_unit_id is not None,
        "reopen_until": until,
    }


_FORMS: dict[str, type[OnceForm]] = {"add": AddForm, "rate": RateForm, "reopen": ReopenForm}


def _blank(kind: type[OnceForm]) -> OnceForm:
    return kind(initial={"client_id": uuid.uuid4()}, prefix=None)


@public
@require_http_methods(_FORM)
def add(request: OpenRequest, token: str) -> HttpResponse:
    """补充情况."""
    if request.method != "POST":  # the address of a form that came back with faults, opened anew
        return redirect("citizen:mine", token)
    link = link_of(token, now=request.now)
    form, photos = AddForm(request.POST), take_photos(request, actor=citizen(request), now=request.now)
    if form.is_valid() and not photos.problems:
        said = form.cleaned_data
        try:
            fresh = add_information(
                link.case_id,
                said["text"],
                photos=photos.ids,
                client_id=said["client_id"],
                actor=citizen(request),
                now=request.now,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            note = _("已收到您补充的情况，办理人员会看到。")
            messages.success(request, note if fresh else _("这份补充此前已收到，没有重复。"))
            return redirect("citizen:mine", token)
    return _mine(request, token, {"add": form, "photos": photos}, 422)


@public
@require_http_methods(_FORM)
def rate(request: OpenRequest, token: str) -> HttpResponse:
    """评价."""
    if request.method != "POST":  # the address of a form that came back with faults, opened anew
        return redirect("citizen:mine", token)
    link = link_of(token, now=request.now)
    form = RateForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            rate_order(link.case, **said, actor=citizen(request), now=request.now)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("谢谢您的评价，已记入这一件。"))
            return redirect("citizen:mine", token)
    return _mine(request, token, {"rate": form}, 422)


@public
@require_http_methods(_FORM)
def reopen(request: OpenRequest, token: str) -> HttpResponse:
    """申请重新办理."""
    if request.method != "POST":  # the address of a form that came back with faults, opened anew
        return redirect("citizen:mine", token)
    link = link_of(token, now=request.now)
    form = ReopenForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            ask_reopen(
                link.case,
                said["reason"],
                client_id=said["client_id"],
                actor=citizen(request),
                now=request.now,
            )
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("已收到重新办理的申请，中心会核实后答复您。"))
            return redirect("citizen:mine", token)
    return _mine(request, token, {"reopen": form}, 422)


@public
@require_safe
def photo(request: OpenRequest, token: str, photo_id: int, variant: str) -> HttpResponseBase:
    """The citizen's own photo; a page that was found by number shows none."""
    link = link_of(token, now=request.now)
    own = {row.pk: row for row in progress_of(link.case).photos} if _shows_photos(link) else {}
    if photo_id not in own or variant not in {"thumb", "display"}:
        raise NotThere(_("没有这张照片。"))
    return picture(request, own[photo_id], variant)


def _shows_photos(link: FollowLink) -> bool:
    return link.expires_at is None


@public
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: OpenRequest) -> HttpResponse:
    """Find an order by its number and the last four digits of the telephone."""
    if request.method != "POST":
        said = {"form": FindForm(), "question": proof.ask(now=request.now), "wrong": False}
        return page(request, "citizen/find.html", said)
    form = FindForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            nonce = proof.check(request.POST, now=request.now)
            token = find_order(**form.cleaned_data, nonce=nonce, actor=citizen(request), now=request.now)
            return redirect("citizen:mine", token)
        except Invalid as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, text)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
    said = {"form": form, "question": proof.again(request.POST, now=request.now), "wrong": True}
    return page(request, "citizen/find.html", said, status=status)


def added_again(request: OpenRequest, token: str, *, said: str) -> HttpResponse:
    """The page with what was typed, under a sentence why it was not taken; nothing is written."""
    photos = Photos(waiting_photos(request.POST.getlist("photo_tokens")))
    return _mine(request, token, {"add": _told(AddForm(request.POST), said), "photos": photos}, 403)


def rated_again(request: OpenRequest, token: str, *, said: str) -> HttpResponse:
    """The same for a rating."""
    return _mine(request, token, {"rate": _told(RateForm(request.POST), said)}, 403)


def asked_again(request: OpenRequest, token: str, *, said: str) -> HttpResponse:
    """The same for a wish to reopen."""
    return _mine(request, token, {"reopen": _told(ReopenForm(request.POST), said)}, 403)


def sought_again(request: OpenRequest, *, said: str) -> HttpResponse:
    """The same for finding an order."""
    form, question = _told(FindForm(request.POST), said), proof.again(request.POST, now=request.now)
    shown = {"form": form, "question": question, "wrong": False}
    return page(request, "citizen/find.html", shown, status=403)


def _told(form: Form, said: str) -> Form:
    form.errors.clear()
    form.add_error(None, said)
    return form


def _private(answer: HttpResponse) -> HttpResponse:
    """An order's page is nobody else's: not kept on the way, not in search machines."""
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
