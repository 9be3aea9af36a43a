"""The tokens of programmes: which there are, a new one, and an end to one."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.kernel.errors import NotThere
from chengyun.organisation import actions
from chengyun.organisation.access import needs
from chengyun.organisation.models import ApiToken
from chengyun.organisation.posts import SEPARATED, Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page

_PAGE = 50


class TokenForm(forms.Form):
    """A new token: what the programme may do, and what it is for."""

    post = forms.ChoiceField(
        label=gettext_lazy("岗位"), choices=lambda: [(p.value, p.label) for p in Post if p not in SEPARATED]
    )
    note = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        help_text=gettext_lazy("写明哪个系统、谁负责，如“电话平台，王工”"),
    )


@needs(Post.SECURITY_ADMIN, Post.AUDITOR)
@require_safe
def tokens(request: StaffRequest) -> HttpResponse:
    """All tokens, newest first; of a token itself only its note is known."""
    rows = ApiToken.objects.select_related("account__person").order_by("-pk")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    may_edit = request.actor.holds(Post.SECURITY_ADMIN)
    return render(
        request, "organisation/tokens.html", {"page": page, "may_edit": may_edit, "now": request.now}
    )


@needs(Post.SECURITY_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def new_token(request: StaffRequest) -> HttpResponse:
    """Make a token and show it, once."""
    form = TokenForm(posted(request))
    if request.method == "POST":
        done, token = attempt(form, lambda said: _made(request, said["post"], said["note"]))
        if done:
            return render(request, "organisation/token_once.html", {"token": token})
    said = {
        "form": form,
        "title": _("发放接口令牌"),
        "back": reverse("organisation:tokens"),
        "next": _("令牌只显示一次，请当场交给使用它的系统。"),
        "danger": False,
    }
    return render(request, "organisation/verb.html", said, status=422 if form.errors else 200)


def _made(request: StaffRequest, post: str, note: str) -> str:
    return actions.programme_token(Post(post), note, actor=request.actor, now=request.now)


@needs(Post.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def revoke_token(request: StaffRequest, token_id: int) -> HttpResponse:
    """End a token."""
    token = ApiToken.objects.filter(pk=token_id).first()
    if token is None:
        raise NotThere(_("没有这个令牌。"))
    return verb_page(
        request,
        forms.Form(posted(request)),
        lambda said: actions.revoke_token(token_id, actor=request.actor, now=request.now),
        title=_("吊销接口令牌：%(note)s") % {"note": token.note},
        next_step=_("两秒内失效，使用它的系统将无法再办理；不能恢复，只能重新发放。"),
        back=reverse("organisation:tokens"),
        done=_("令牌已吊销。"),
        danger=True,
    )
