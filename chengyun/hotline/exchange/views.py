"""平台对接: partners and the log; WeChat conversations for the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.cases.privacy import mask_text
from chengyun.cases.vocabulary import AppealType
from chengyun.hotline.exchange import partners, queries
from chengyun.hotline.exchange.policies import MANAGING, SEEING, TALKING
from chengyun.hotline.exchange.wechat import open_draft
from chengyun.hotline.models import ExchangeResult, Partner, PartnerKind, WechatTalk
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.queries.tree import unit_tree
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page

_PAGE = 50


class PartnerForm(forms.Form):
    """A new partner."""

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=lambda: [(k.value, k.label) for k in PartnerKind]
    )
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    code = forms.CharField(
        label=gettext_lazy("代码"),
        max_length=32,
        help_text=gettext_lazy("小写字母、数字、短横，会写在接口地址里"),
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("所在单位"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("街镇平台必选"),
    )
    signed = forms.BooleanField(
        label=gettext_lazy("每次请求须签名"), required=False, help_text=gettext_lazy("公众号总是签名，不用勾")
    )

    def __init__(self, *args: Any, request: StaffRequest, **said: Any) -> None:
        super().__init__(*args, **said)
        units = [(one.id, "　" * one.depth + one.name) for one in unit_tree(request.actor) if one.active]
        self.fields["unit"].choices = [("", _("不选")), *units]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写此项。")


@needs(*SEEING)
@require_safe
def exchange(request: StaffRequest) -> HttpResponse:
    """Partners with their last exchange and errors, and the log beneath."""
    partner, result = request.GET.get("partner", "")[:32], request.GET.get("result", "")
    rows = queries.log_lines(partner=partner, result=result)
    said = {
        "standings": queries.standings(request.now),
        "page": Paginator(rows, _PAGE).get_page(request.GET.get("page")),
        "partner": partner,
        "result": result,
        "results": list(ExchangeResult),
        "may_manage": request.actor.holds(*MANAGING),
    }
    return render(request, "hotline/exchange/log.html", said)


@needs(*MANAGING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_partner(request: StaffRequest) -> HttpResponse:
    """Let a platform in and show its key, once."""
    form = PartnerForm(posted(request), request=request)
    if request.method == "POST":
        done, partner = attempt(form, lambda said: _added(request, said))
        if done:
            return _key(request, partner)
    said = {
        "form": form,
        "title": _("新接入方"),
        "back": reverse("hotline:exchange"),
        "next": _("密钥只显示一次，请当场交给对方的技术人员。"),
        "danger": False,
    }
    return render(request, "organisation/verb.html", said, status=422 if form.errors else 200)


def _added(request: StaffRequest, said: dict[str, Any]) -> Partner:
    facts = {**said, "unit_id": said["unit"]}
    del facts["unit"]
    return partners.add_partner(**facts, actor=request.actor, now=request.now)


@needs(*MANAGING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: StaffRequest, partner_id: int) -> HttpResponse:
    """A new key; the old one ends at once."""
    partner = _partner(partner_id)
    form = forms.Form(posted(request))
    if request.method == "POST":
        return _key(request, partners.new_key(partner_id, actor=request.actor, now=request.now))
    said = {
        "form": form,
        "title": _("换发密钥：%(name)s") % {"name": partner.name},
        "back": reverse("hotline:exchange"),
        "next": _("旧密钥立即失效，对方换上新密钥之前不能再推送。"),
        "danger": True,
    }
    return render(request, "organisation/verb.html", said)


@needs(*MANAGING)
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: StaffRequest, partner_id: int) -> HttpResponse:
    """Stop a partner, or let it in again."""
    partner = _partner(partner_id)
    stops = partner.active
    return verb_page(
        request,
        forms.Form(posted(request)),
        lambda said: partners.switch(partner_id, active=not stops, actor=request.actor, now=request.now),
        title=(_("停止接入：%(name)s") if stops else _("恢复接入：%(name)s")) % {"name": partner.name},
        next_step=_("立即生效，已收的工单不受影响。"),
        back=reverse("hotline:exchange"),
        done=_("已停止接入。") if stops else _("已恢复接入。"),
        danger=stops,
    )


@needs(*TALKING)
@require_http_methods(["GET", "HEAD", "POST"])
def wechat(request: StaffRequest) -> HttpResponse:
    """Conversations, newest first; one that was left unfinished can be made an order here."""
    if request.method == "POST":
        return _from_talk(request)
    rows = WechatTalk.objects.select_related("partner", "case").order_by("-last_at")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    talks = [queries.talk_seen(one) for one in page.object_list]
    shown = [(one, [(line, mask_text(line.text)) for line in one.messages]) for one in talks]
    kinds = list(AppealType)
    return render(request, "hotline/exchange/wechat.html", {"page": page, "talks": shown, "kinds": kinds})


def _from_talk(request: StaffRequest) -> HttpResponse:
    value, kind = request.POST.get("talk", ""), request.POST.get("appeal_type", "")
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise NotThere(_("没有这个会话。"))
    if not WechatTalk.objects.filter(pk=int(value)).exists():
        raise NotThere(_("没有这个会话。"))
    try:
        case = open_draft(int(value), appeal_type=kind or AppealType.HELP, now=request.now)
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已生成工单 %(number)s。") % {"number": case.number})
    return redirect("hotline:wechat")


def _key(request: StaffRequest, partner: Partner) -> HttpResponse:
    said = {"partner": partner, "secret": partners.secret_shown(partner)}
    return render(request, "hotline/exchange/key.html", said)


def _partner(partner_id: int) -> Partner:
    partner = Partner.objects.filter(pk=partner_id).first()
    if partner is None:
        raise NotThere(_("没有这个接入方。"))
    return partner
