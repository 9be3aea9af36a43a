"""我要上报: one form, sent and shown again until it is right; without script each check is a page."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.attachments.access import file_of
from chengyun.cases.models import Attachment
from chengyun.cases.nearby import point_of
from chengyun.citizen import proof
from chengyun.citizen.actions.codes import check_code, send_code
from chengyun.citizen.actions.report import Reported, Sender, lies_outside, report_problem, taken_before
from chengyun.citizen.browsers import browser_hash
from chengyun.citizen.doors import citizen, page, public
from chengyun.citizen.forms import ReportForm
from chengyun.citizen.limits import TooOften
from chengyun.citizen.models import PlainCategory
from chengyun.citizen.photos import Photos, photo_of, take_photos, waiting_photos
from chengyun.citizen.proof import Question
from chengyun.citizen.queries import PublicCase, similar_reports
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.organisation.requests import OpenRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: OpenRequest) -> HttpResponse:
    """Show the form; take it; or show it again with everything that was typed."""
    if request.method != "POST":
        form = ReportForm(initial={"client_id": uuid.uuid4(), "category": request.GET.get("category", "")})
        return _page(request, form, Photos(), proof.ask(now=request.now))
    form = ReportForm(request.POST)
    photos = take_photos(request, actor=citizen(request), now=request.now)
    if request.POST.get("then") == "code":
        return _send_code(request, form, photos)
    if form.is_valid() and not photos.problems:
        return _judge(request, form, photos)
    return _again(request, form, photos)


def _judge(request: OpenRequest, form: ReportForm, photos: Photos) -> HttpResponse:
    """The form is right in itself: is it new, a person's, and whose telephone is it?

    The same form may come twice at the same moment. Whatever then stands against the second (its question is
    used up, its own order is "nearby", a limit is reached) does not count: it was taken.
    """
    client_id = form.cleaned_data["client_id"]
    try:
        try:
            near, done = _attempt(request, form, photos, known=taken_before(client_id))
            if near and taken_before(client_id):
                near, done = _attempt(request, form, photos, known=True)
        except (Invalid, TooOften):
            if not taken_before(client_id):
                raise
            near, done = _attempt(request, form, photos, known=True)
    except Invalid as error:
        _put(form, error)
        return _again(request, form, photos)
    except TooOften as error:
        form.add_error(None, error.message)
        return _again(request, form, photos, status=429)
    return redirect("citizen:done", done.token) if done else _again(request, form, photos, near=near)


def _attempt(
    request: OpenRequest, form: ReportForm, photos: Photos, *, known: bool
) -> tuple[list[PublicCase], Reported | None]:
    """Either what is near and must be looked at first, or what became of the report. ``known``: taken before."""
    said, now = form.cleaned_data, request.now
    nonce, checked = "", False
    if not known:
        nonce = proof.check(request.POST, now=now)
        near = [] if request.POST.get("still") else _similar(said, form.chosen, now)
        if near:
            return near, None
        checked = bool(said.get("code") and said.get("phone"))
        if checked:
            check_code(said["phone"], said["code"], now=now)
    sender = Sender(browser_hash(request), phone_checked=checked)
    done = report_problem(
        said, form.chosen, sender, photos=photos.ids, nonce=nonce, actor=citizen(request), now=now
    )
    return [], done


def _similar(said: dict[str, Any], category: PlainCategory, now: datetime) -> list[PublicCase]:
    return similar_reports(
        said["longitude"], said["latitude"], said.get("address", ""), category.catalogue_key, now=now
    )


def _send_code(request: OpenRequest, form: ReportForm, photos: Photos) -> HttpResponse:
    """The page without script: send the code and show the form as it was."""
    form.is_valid()
    phone, note = form.cleaned_data.get("phone", ""), ""
    wrong = {name: list(form.errors[name]) for name in ("phone",) if name in form.errors}
    form.errors.clear()
    for name, sentences in wrong.items():
        form.add_error(name, sentences)
    if not wrong:
        try:
            minutes = send_code(phone, actor=citizen(request), now=request.now)
            note = _("验证码已发到 %(phone)s，%(minutes)d 分钟内有效。收到后填在下面。") % {
                "phone": phone,
                "minutes": minutes,
            }
        except Invalid as error:
            _put(form, error)
        except TooOften as error:
            form.add_error("phone", error.message)
    return _again(request, form, photos, status=422 if form.errors else 200, code_note=note)


def shown_again(request: OpenRequest, *, said: str) -> HttpResponse:
    """The form as it was typed, under a sentence why it was not taken; nothing is written."""
    form = ReportForm(request.POST)
    form.errors.clear()
    form.add_error(None, said)
    photos = Photos(waiting_photos(request.POST.getlist("photo_tokens")))
    return _again(request, form, photos, status=403)


def _put(form: ReportForm, error: Invalid) -> None:
    for name, text in error.fields.items():
        shown = name if name in form.fields and name != "client_id" else None
        form.add_error(shown, text)
    if "client_id" in error.fields and isinstance(form.data, QueryDict):
        # What was changed after it was taken is another report, if it is sent again.
        form.data = form.data.copy()
        form.data["client_id"] = str(uuid.uuid4())


def _again(
    request: OpenRequest,
    form: ReportForm,
    photos: Photos,
    *,
    near: list[PublicCase] | None = None,
    status: int = 422,
    code_note: str = "",
) -> HttpResponse:
    question = proof.again(request.POST, now=request.now)
    return _page(request, form, photos, question, near=near or [], status=status, code_note=code_note)


def _page(
    request: OpenRequest,
    form: ReportForm,
    photos: Photos,
    question: Question,
    *,
    near: list[PublicCase] | None = None,
    status: int = 200,
    code_note: str = "",
) -> HttpResponse:
    said = {
        "form": form,
        "photos": photos,
        "question": question,
        "near": near or [],
        "still": bool(request.POST.get("still")),
        "code_note": code_note,
        "most_photos": rule(Name.MOST_PHOTOS, request.now),
        "wrong": bool(form.errors or photos.problems) and status not in (200, 403),
    }
    return page(request, "citizen/report.html", said, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def nearby(request: OpenRequest) -> HttpResponse:
    """The fragment of what is known near the place that is being chosen. Posted, so that no log keeps the place."""
    if request.method != "POST":
        return redirect("citizen:report")
    point = point_of(request.POST)
    chosen = PlainCategory.objects.filter(pk=_whole(request.POST.get("category", ""))).first()
    key = chosen.catalogue_key if chosen is not None else ""
    longitude, latitude = point if point is not None else (None, None)
    near = similar_reports(longitude, latitude, request.POST.get("address", "")[:200], key, now=request.now)
    said = {"near": near, "outside": lies_outside(longitude, latitude)}
    return page(request, "citizen/_near.html", said)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: OpenRequest) -> HttpResponse:
    """Send a code to the telephone that is typed; for the page with script."""
    if request.method != "POST":
        return redirect("citizen:report")
    try:
        phone = "".join(request.POST.get("phone", "")[:40].split()).replace("-", "")
        minutes = send_code(phone, actor=citizen(request), now=request.now)
    except (Invalid, TooOften) as error:
        return JsonResponse({"message": error.message}, status=error.status)
    return JsonResponse({"message": _("验证码已发出，%(minutes)d 分钟内有效。") % {"minutes": minutes}})


@public
@require_safe
def waiting_photo(request: OpenRequest, token: str) -> HttpResponseBase:
    """The small picture of a photo that waits for its form."""
    pk = photo_of(token)
    found = Attachment.objects.filter(pk=pk, case=None, uploaded_by=None).first() if pk else None
    if found is None or not found.is_image:
        raise NotThere(_("没有这张照片，或它已提交。"))
    return picture(request, found, "thumb")


def picture(request: OpenRequest, attachment: Attachment, variant: str) -> FileResponse:
    """A shown version of a photo: upright, without anything the camera wrote."""
    path = file_of(attachment, variant, citizen(request))
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=600"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
