"""The tree of units."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation import actions
from chengyun.organisation.access import needs
from chengyun.organisation.forms.staff import MoveUnitForm, UnitForm
from chengyun.organisation.models import Person, Posting, Unit, UnitKind
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import unit_tree, units_beneath
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

READERS = (Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR, Post.SHIFT_LEADER)


def _unit(request: StaffRequest, unit_id: int) -> Unit:
    unit = Unit.objects.seen_by(request.actor).select_related("parent", "area").filter(pk=unit_id).first()
    if unit is None:
        raise NotThere(_("没有这个单位。"))
    return unit


@needs(*READERS)
@require_safe
def units(request: StaffRequest) -> HttpResponse:
    """The whole tree; communities only where asked for, for they are hundreds."""
    everything = request.GET.get("communities") == "1"
    words = request.GET.get("q", "").strip()
    nodes = [
        node
        for node in unit_tree(request.actor)
        if (everything or words or node.kind != UnitKind.COMMUNITY) and words.lower() in node.name.lower()
    ]
    said = {
        "nodes": [(node, UnitKind(node.kind)) for node in nodes],
        "words": words,
        "everything": everything,
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "organisation/units.html", said)


@needs(*READERS)
@require_safe
def unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    """One unit: what it is, what is beneath it, who belongs to it, who holds which post there."""
    found = _unit(request, unit_id)
    said = {
        "unit": found,
        "children": found.children.order_by("code"),
        "people": Person.objects.seen_by(request.actor).filter(unit=found).order_by("-active", "name")[:200],
        "postings": Posting.objects.held_on(local(request.now).date())
        .filter(unit=found, person__in=Person.objects.seen_by(request.actor))
        .select_related("person")
        .order_by("post", "person__name")[:200],
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "organisation/unit.html", said)


@needs(Post.ADMIN)
@require_http_methods(["GET", "POST"])
def new_unit(request: StaffRequest) -> HttpResponse:
    """Add a unit."""
    initial = {"parent_id": request.GET.get("parent", "")}
    form = UnitForm(posted(request), actor=request.actor, new=True, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.create_unit(actor=request.actor, now=request.now, **said),
        title=_("新建单位"),
        back=reverse("organisation:units"),
        done=_("单位已建立。"),
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "POST"])
def change_unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    """Change what a unit is called."""
    found = _unit(request, unit_id)
    names = ("name", "name_en", "kind", "source", "active")
    initial = {name: getattr(found, name) for name in names}
    form = UnitForm(posted(request), actor=request.actor, new=False, initial=initial)
    return verb_page(
        request,
        form,
        lambda said: actions.change_unit(
            unit_id, area_id=found.area_id, actor=request.actor, now=request.now, **said
        ),
        title=_("修改单位：%(name)s") % {"name": found.name},
        back=reverse("organisation:unit", args=[unit_id]),
        done=_("单位已修改。"),
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "POST"])
def move_unit(request: StaffRequest, unit_id: int) -> HttpResponse:
    """Hang a unit under another."""
    found = _unit(request, unit_id)
    form = MoveUnitForm(
        posted(request),
        actor=request.actor,
        without=units_beneath(unit_id),
        initial={"parent_id": found.parent_id},
    )
    return verb_page(
        request,
        form,
        lambda said: actions.move_unit(unit_id, actor=request.actor, now=request.now, **said),
        title=_("移动单位：%(name)s") % {"name": found.name},
        next_step=_("下级单位一起移动；任岗人员可办理的范围随之改变。"),
        back=reverse("organisation:unit", args=[unit_id]),
        done=_("单位已移动。"),
    )
