"""公开的事: the public list and map, one order, 我也遇到, and the same as GeoJSON for other sites."""

from __future__ import annotations

import math

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.models import Attachment, Case
from chengyun.citizen.actions.codes import send_code
from chengyun.citizen.actions.support import support as add_support
from chengyun.citizen.browsers import browser_hash
from chengyun.citizen.doors import citizen, page, public
from chengyun.citizen.forms import SupportForm
from chengyun.citizen.models import Supporter
from chengyun.citizen.progress import progress_of
from chengyun.citizen.public_cases import cleared, public_case
from chengyun.citizen.public_map import clusters, feature_of
from chengyun.citizen.queries import class_choices, public_page, shown
from chengyun.citizen.views.report import picture
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.organisation.requests import OpenRequest

_STATES = ("open", "closed")


def _asked(request: OpenRequest) -> tuple[str, str]:
    """The filter in an address: a row of classes, and open or closed; anything else is no filter."""
    classes, state = request.GET.get("class", ""), request.GET.get("state", "")
    return (
        classes if classes.isascii() and classes.isdigit() and len(classes) < 10 else "",
        state if state in _STATES else "",
    )


def _page_of(request: OpenRequest) -> Page[Case]:
    classes, state = _asked(request)
    return public_page(request.GET.get("page", "1"), now=request.now, classes=classes, state=state)


@public
@require_safe
def cases(request: OpenRequest) -> HttpResponse:
    """The list, with the map above it where there is script."""
    found = _page_of(request)
    classes, state = _asked(request)
    said = {
        "found": found,
        "cases": shown(found.object_list, now=request.now),
        "classes": class_choices(request.now),
        "chosen": classes,
        "state": state,
    }
    return page(request, "citizen/cases.html", said)


@public
@require_safe
def case(request: OpenRequest, case_id: int) -> HttpResponse:
    """One public order."""
    return _case(request, case_id, SupportForm())


def _case(
    request: OpenRequest, case_id: int, form: SupportForm, status: int = 200, note: str = ""
) -> HttpResponse:
    row = public_case(case_id, now=request.now)
    (seen,) = shown([row], now=request.now)
    let = cleared([row.pk]).get(row.pk)
    said = {
        "seen": seen,
        "form": form,
        "progress": progress_of(row),
        "photos": _photos(row) if let is not None and let.photos else [],
        "mine": Supporter.objects.filter(case=row, browser_hash=browser_hash(request)).exists(),
        "code_note": note,
        "wrong": status not in (200, 403),
    }
    return page(request, "citizen/case.html", said, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: OpenRequest, case_id: int) -> HttpResponse:
    """我也遇到. ``then=code`` sends a code first, for whoever wants messages."""
    if request.method != "POST":  # the address of a form that came back with faults, opened anew
        return redirect("citizen:case", case_id)
    form = SupportForm(request.POST)
    actor = citizen(request)
    if not form.is_valid():
        return _case(request, case_id, form, 422)
    phone, code = form.cleaned_data["phone"], form.cleaned_data["code"]
    if request.POST.get("then") == "met":  # from the form of a report, whose telephone is for the report
        phone = code = ""
    try:
        if request.POST.get("then") == "code":
            minutes = send_code(phone, actor=actor, now=request.now)
            note = _("验证码已发出，%(minutes)d 分钟内有效。") % {"minutes": minutes}
            return _case(request, case_id, form, 200, note)
        fresh = add_support(
            case_id,
            browser_hash=browser_hash(request),
            phone=phone,
            code=code,
            actor=actor,
            now=request.now,
        )
    except NotThere:
        raise
    except Invalid as error:
        for name, text in error.fields.items():
            form.add_error(name if name in form.fields else None, text)
        return _case(request, case_id, form, 422)
    except Refused as error:
        form.add_error(None, error.message)
        return _case(request, case_id, form, error.status)
    messages.success(
        request, _("已记下：您也遇到了这个问题。") if fresh else _("您之前已经记过了，人数没有重复计算。")
    )
    return redirect("citizen:case", case_id)


def supported_again(request: OpenRequest, case_id: int, *, said: str) -> HttpResponse:
    """The page with what was typed, under a sentence why it was not taken; nothing is written."""
    form = SupportForm(request.POST)
    form.errors.clear()
    form.add_error(None, said)
    return _case(request, case_id, form, 403)


def _photos(row: Case) -> list[Attachment]:
    found = Attachment.objects.filter(case=row, event_seq=1)
    return [one for one in found if one.is_image]


@public
@require_safe
def photo(request: OpenRequest, case_id: int, photo_id: int) -> HttpResponseBase:
    """A photo that an editor let through."""
    row = public_case(case_id, now=request.now)
    let = cleared([row.pk]).get(row.pk)
    found = next((one for one in _photos(row) if one.pk == photo_id), None)
    if let is None or not let.photos or found is None:
        raise NotThere(_("没有这张照片，或它不对外公开。"))
    return picture(request, found, "display")


@public
@require_safe
def geojson(request: OpenRequest) -> JsonResponse:
    """The public orders for other sites. With ``bbox`` and ``zoom`` gathered for a map, else a page of them."""
    classes, state = _asked(request)
    if "zoom" in request.GET or "bbox" in request.GET:
        box, zoom = _box(request)
        made = clusters(box, zoom, now=request.now, classes=classes, state=state)
    else:
        found = _page_of(request)
        features = [feature_of(one) for one in shown(found.object_list, now=request.now)]
        following = found.next_page_number() if found.has_next() else None
        made = {
            "type": "FeatureCollection",
            "features": features,
            "page": found.number,
            "next_page": following,
        }
        made["total"] = found.paginator.count
    answer = JsonResponse(made, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = "application/geo+json"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # nothing in it depends on who asks
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = "public, max-age=30"
    return answer


def _box(request: OpenRequest) -> tuple[tuple[float, float, float, float], int]:
    try:
        sides = [float(side) for side in request.GET.get("bbox", "").split(",")]
        zoom = round(float(request.GET.get("zoom", "12")))
    except (ValueError, OverflowError):
        sides, zoom = [], 0
    fits = len(sides) == 4 and all(math.isfinite(side) and abs(side) <= 180 for side in sides)
    if not fits or sides[0] >= sides[2] or sides[1] >= sides[3]:
        raise Invalid(
            {"bbox": _("bbox 应是“西,南,东,北”四个经纬度，例如 121.3,31.2,121.6,31.5，zoom 应是 0 到 19。")}
        )
    west, south, east, north = sides
    return (west, south, east, north), min(19, max(0, zoom))
