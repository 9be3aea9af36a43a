"""A person's own page: posts, who stands in for them, for whom they stand in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.masking import mask_phone
from chengyun.organisation import actions
from chengyun.organisation.access import staff
from chengyun.organisation.forms.staff import SubstituteForm
from chengyun.organisation.models import LogIn, Posting
from chengyun.organisation.queries.people import substitutions_of
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@staff
@require_safe
def me(request: StaffRequest) -> HttpResponse:
    """Who I am, what I hold, my substitutes, my last log-ins."""
    person = request.user.person
    said = {
        "person": person,
        "phone": mask_phone(person.phone),
        "postings": Posting.objects.filter(person=person).select_related("unit").order_by("-valid_from"),
        "substitutions": substitutions_of(person.pk, request.now),
        "log_ins": LogIn.objects.filter(account=request.user).order_by("-at", "-pk")[:10],
        "now": request.now,
    }
    return render(request, "organisation/me.html", said)


@staff
@require_http_methods(["GET", "POST"])
def my_substitute(request: StaffRequest) -> HttpResponse:
    """Name somebody who stands in for me."""
    person = request.user.person
    form = SubstituteForm(posted(request), actor=request.actor, absent=person, now=request.now)
    return verb_page(
        request,
        form,
        lambda said: actions.substitute(absent_id=person.pk, actor=request.actor, now=request.now, **said),
        title=_("设置代岗"),
        next_step=_("在这段时间内，代岗人可以办理您岗位上的事项；记录中会写明代谁办理。"),
        back=reverse("organisation:me"),
        done=_("代岗已设置。"),
    )
