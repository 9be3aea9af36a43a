"""来电提示: warnings on numbers, with reason, date and who said so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.hotline.desk import actions
from chengyun.hotline.desk.forms import EndForm, FlagForm
from chengyun.hotline.desk.vocabulary import FlagKind
from chengyun.hotline.models import CallerFlag
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.errors import NotThere
from chengyun.kernel.masking import mask_phone
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_SHOWN = 200


@needs(*REGISTERING)
@require_safe
def flags(request: StaffRequest) -> HttpResponse:
    """Warnings that stand, then those that were taken back."""
    rows = CallerFlag.objects.select_related("made_by", "ended_by").order_by("-made_at")
    shown = [(row, FlagKind(row.kind), mask_phone(row.number)) for row in rows[:_SHOWN]]
    said = {
        "standing": [one for one in shown if one[0].ended_at is None],
        "ended": [one for one in shown if one[0].ended_at is not None],
        "may_end": request.actor.holds(Post.SHIFT_LEADER),
    }
    return render(request, "hotline/desk/flags.html", said)


@needs(*REGISTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Warn whoever speaks with a number next."""
    kinds = tuple(FlagKind) if request.actor.holds(Post.SHIFT_LEADER) else (FlagKind.SECRET,)
    return verb_page(
        request,
        FlagForm(posted(request), kinds=kinds),
        lambda said: actions.flag_caller(actor=request.actor, now=request.now, **said),
        title=_("登记来电提示"),
        next_step=_("此号码再来电时，受理员在接听前就看到。"),
        back=reverse("hotline:flags"),
        done=_("来电提示已登记。"),
    )


@needs(Post.SHIFT_LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, flag_id: int) -> HttpResponse:
    """Take a warning back."""
    flag = CallerFlag.objects.filter(pk=flag_id).first()
    if flag is None:
        raise NotThere(_("没有这条提示。"))
    return verb_page(
        request,
        EndForm(posted(request)),
        lambda said: actions.end_flag(flag_id, actor=request.actor, now=request.now, **said),
        title=_("撤销来电提示：%(number)s %(kind)s")
        % {"number": mask_phone(flag.number), "kind": FlagKind(flag.kind).label},
        next_step=_("提示不再出现，登记和撤销都留痕。"),
        back=reverse("hotline:flags"),
        done=_("来电提示已撤销。"),
    )
