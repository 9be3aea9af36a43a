"""网关: how they stand, their settings, and what waits for them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as said_to_user
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.messaging import log, policies
from chengyun.messaging.actions.gateways import add_gateway, probe_now, set_gateway
from chengyun.messaging.dispatch.standing import serving
from chengyun.messaging.forms import GatewayForm, NewGatewayForm, start_of
from chengyun.messaging.gateways.kinds import KINDS
from chengyun.messaging.gateways.secrets import secret_of, variable_of
from chengyun.messaging.models import GatewayRow
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page


@needs(*policies.READERS)
@require_safe
def gateways_page(request: StaffRequest) -> HttpResponse:
    """Each gateway with its state, last error and what it has in hand; the length of the queue."""
    midnight = local(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    now_serving = {row.pk for row in serving(request.now)}
    rows = [
        {
            "row": row,
            "kind": kind,
            "state": _state(row, kind, row.pk in now_serving),
            "in_hand": in_hand,
            "today": today,
        }
        for row, kind, in_hand, today in log.gateway_lines(midnight)
    ]
    said = {
        "rows": rows,
        "waiting": log.waiting(),
        "only_local": all(one["kind"] is None or one["kind"].local for one in rows if one["row"].enabled),
        "may_edit": request.actor.holds(Post.ADMIN),
    }
    return render(request, "messaging/gateways.html", said)


def _state(row: GatewayRow, kind: Any, serves: bool) -> tuple[str, str]:
    """In words, with its meaning."""
    if kind is None:
        return _("类型不明"), "overdue"
    if not row.enabled:
        return _("已停用"), "stopped"
    if row.down_since is not None:
        return _("不通"), "overdue"
    if not serves:
        return _("备用"), "calm"
    return (_("正常"), "good") if row.up_since else (_("尚未用过"), "calm")


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_gateway(request: StaffRequest) -> HttpResponse:
    """Enter a gateway; its settings come next."""
    name = request.POST.get("name", "").strip()
    return verb_page(
        request,
        NewGatewayForm(posted(request)),
        lambda said: add_gateway(actor=request.actor, now=request.now, **said),
        title=_("新增网关"),
        next_step=_("先建立，再填设置并启用。"),
        back=reverse("messaging:gateways"),
        done=_("网关已建立，请填写设置。"),
        then=f"{reverse('messaging:gateways')}{name}/",
    )


@needs(Post.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_gateway(request: StaffRequest, name: str) -> HttpResponse:
    """The settings of one gateway."""
    row = GatewayRow.objects.filter(name=name).first()
    if row is None or row.kind not in KINDS:
        raise NotThere(_("没有这个网关。"))
    kind = KINDS[row.kind]
    form = GatewayForm(posted(request), kind=kind, initial=start_of(row))

    def save(_said: dict[str, Any]) -> GatewayRow:
        return set_gateway(name, actor=request.actor, now=request.now, **form.said(kind))

    if request.method == "POST" and attempt(form, save)[0]:
        said_to_user.success(request, _("网关已修改，几秒钟内生效。"))
        return redirect("messaging:gateways")
    said = {
        "row": row,
        "kind": kind,
        "form": form,
        "has_secret": bool(secret_of(name)),
        "variable": variable_of(name),
        "callbacks": [
            request.build_absolute_uri(reverse(f"messaging:{one}", args=[name]))
            for one in ("reports-callback", "inbound-callback")
        ]
        if row.kind == "http"
        else [],
    }
    return render(request, "messaging/gateway.html", said, status=422 if form.errors else 200)


@needs(Post.ADMIN)
@require_POST
def probe(request: StaffRequest, name: str) -> HttpResponse:
    """Try a dead gateway at once."""
    probe_now(name, actor=request.actor, now=request.now)
    said_to_user.success(request, _("几秒钟内重新连接。"))
    return redirect("messaging:gateways")
