"""Who answers for which class and which grid."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.geography.models import Grid
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation import actions
from chengyun.organisation.access import needs
from chengyun.organisation.forms.staff import ClassDutyForm, GridDutyForm
from chengyun.organisation.models import ClassDuty, GridDuty
from chengyun.organisation.models.dated import valid_on
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import people_holding
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_PAGE = 50  # rows
_READERS = (Post.ADMIN, Post.SHIFT_LEADER, Post.DISPATCHER)
_WRITERS = (Post.ADMIN, Post.SHIFT_LEADER)


@needs(*_READERS)
@require_safe
def class_duties(request: StaffRequest) -> HttpResponse:
    """Class duties that hold today."""
    today = local(request.now).date()
    rows = ClassDuty.objects.filter(valid_on(today)).select_related("unit", "area")
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(unit__name__icontains=words) | rows.filter(branch__startswith=words)
    page = Paginator(rows.order_by("catalogue", "branch", "pk"), _PAGE).get_page(request.GET.get("page"))
    said = {"page": page, "may_edit": request.actor.holds(*_WRITERS)}
    return render(request, "organisation/class_duties.html", said)


@needs(*_WRITERS)
@require_http_methods(["GET", "POST"])
def set_class_duty(request: StaffRequest) -> HttpResponse:
    """Say who answers for a branch from a day on."""
    initial = {
        "catalogue": request.GET.get("catalogue", ""),
        "branch": request.GET.get("branch", ""),
        "valid_from": local(request.now).date(),
    }
    form = ClassDutyForm(posted(request), actor=request.actor, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.set_class_duty(actor=request.actor, now=request.now, **said),
        title=_("设置类别职责"),
        next_step=_("从所填日期起替换同一类别原来的责任单位，派遣时据此推荐。"),
        back=reverse("organisation:class-duties"),
        done=_("类别职责已设置。"),
    )


@needs(*_READERS)
@require_safe
def grid_duties(request: StaffRequest) -> HttpResponse:
    """Grid duties that hold today."""
    today = local(request.now).date()
    rows = GridDuty.objects.filter(valid_on(today)).select_related(
        "grid", "grid__street", "unit", "inspector"
    )
    if words := request.GET.get("q", "").strip():
        rows = (
            rows.filter(grid__code__startswith=words)
            | rows.filter(grid__name__icontains=words)
            | rows.filter(inspector__name__icontains=words)
        )
    page = Paginator(rows.order_by("grid__code", "pk"), _PAGE).get_page(request.GET.get("page"))
    said = {"page": page, "may_edit": request.actor.holds(*_WRITERS)}
    return render(request, "organisation/grid_duties.html", said)


@needs(*_WRITERS)
@require_http_methods(["GET", "POST"])
def set_grid_duty(request: StaffRequest, grid_id: int) -> HttpResponse:
    """Say who handles and who walks a grid from a day on."""
    grid = Grid.objects.filter(pk=grid_id).first()
    if grid is None:
        raise NotThere(_("没有这个网格。"))
    today = local(request.now).date()
    holds = GridDuty.objects.filter(valid_on(today), grid=grid).first()
    initial = {
        "unit_id": holds.unit_id if holds else None,
        "inspector_id": holds.inspector_id if holds else None,
        "valid_from": today,
    }
    inspectors = people_holding(Post.INSPECTOR, None, today)
    form = GridDutyForm(posted(request), actor=request.actor, inspectors=inspectors, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.set_duty(grid_id=grid_id, actor=request.actor, now=request.now, **said),
        title=_("设置网格职责：%(grid)s") % {"grid": grid},
        next_step=_("从所填日期起替换原来的责任单位和监督员。"),
        back=reverse("organisation:grid-duties"),
        done=_("网格职责已设置。"),
    )
