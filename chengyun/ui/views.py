"""Pages of the shell itself: errors and the living page of the parts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chengyun.kernel import clock
from chengyun.ui.style import sample


def _wrong(request: HttpRequest, status: int, title: str, what: str, then: str) -> HttpResponse:
    """Say what is wrong and what to do next; a fragment if htmx asked, else a whole page."""
    context = {"status": status, "title": title, "what": what, "then": then}
    name = "ui/_wrong.html" if getattr(request, "htmx", False) else "ui/wrong.html"
    response = render(request, name, context)
    response.status_code = status
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the data cannot be read."""
    return _wrong(
        request,
        400,
        _("请求有误"),
        _("系统看不懂这次请求，什么都没有保存。"),
        _("请返回上一页检查填写的内容后重试。"),
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not do this."""
    said = str(exception or "")
    return _wrong(
        request,
        403,
        _("没有权限"),
        said or _("您的岗位不能查看或办理这一项。"),
        _("如工作需要，请联系本单位的系统管理员调整岗位。"),
    )


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page or row, or not for this person."""
    return _wrong(
        request,
        404,
        _("没有找到"),
        _("这个地址下没有内容，或者不在您的查看范围内。"),
        _("请核对地址或编号，也可以按 / 键搜索编号、电话或地址。"),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _wrong(
        request,
        500,
        _("系统出错"),
        _("这次操作没有完成，也没有保存一半。错误已记入日志。"),
        _("请稍后重试；如反复出现，请把时间和页面地址告诉系统管理员。"),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of Django's guard against forged forms: most often a page that stood open across a log-in."""
    return _wrong(
        request,
        403,
        _("页面已过期"),
        _("这个页面打开得太久，或者期间重新登录过，所以没有提交。填写的内容保留在本机草稿里。"),
        _("请返回上一页刷新后再提交。"),
    )


@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when the network is away."""
    context: dict[str, Any] = {
        "status": "",
        "title": _("网络不通"),
        "what": _("现在连不上服务器，已填写的内容保留在本机草稿里。"),
        "then": _("请检查网络后刷新本页。"),
    }
    return render(request, "ui/wrong.html", context)


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Show every part with made-up data: to administrators, and to everybody while DEBUG is on."""
    actor = getattr(request, "actor", None)
    if not settings.DEBUG and not (actor and actor.holds("admin")):
        raise Http404
    now = getattr(request, "now", None) or clock.now()
    form_data = request.GET if request.GET.get("check") else None
    return render(request, "ui/style.html", {"now": now, "rehearsal": True, **sample(now, form_data)})
