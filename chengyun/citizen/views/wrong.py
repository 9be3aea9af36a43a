"""What a citizen reads when something went wrong before or behind a page: their own pages, with a way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from chengyun.citizen.doors import page, public, wants_json
from chengyun.citizen.views import cases, follow, report

_MOST_FORGOTTEN = 64 * 1024 * 1024
# Pages with a form that can be drawn again from what was posted.
_AGAIN: dict[str, Callable[..., HttpResponseBase]] = {
    "report": public(report.shown_again),
    "add": public(follow.added_again),
    "rate": public(follow.rated_again),
    "reopen": public(follow.asked_again),
    "find": public(follow.sought_again),
    "support": public(cases.supported_again),
}


def is_public(request: HttpRequest) -> bool:
    """Whether a request is a citizen's: by its address, or by the page that the language button stands on."""
    back = str(request.POST.get("next", "")) if request.path.startswith("/ui/") else ""
    return request.path.startswith("/citizen/") or back.startswith("/citizen/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too much, or what cannot be read."""
    _read_to_the_end(request)
    said = _("发来的内容太多或者读不出来，没有保存。请返回上一页，把文字删短、照片减少几张后再提交。")
    return _wrong(request, 400, _("没有收下"), said)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _wrong(request, 403, _("这一页不对外开放"), _("您可以从首页找到能用的功能。"))


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    said = _("这个地址下没有内容，可能是链接抄漏了几个字。可以从首页重新进入，或凭编号查办理进度。")
    return _wrong(request, 404, _("没有找到这一页"), said)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    said = _(
        "系统出了差错，这一次没有办成，已记入日志。请返回上一页稍后再试，填好的内容还在；急事请拨打 12345。"
    )
    return _wrong(request, 500, _("系统出错"), said)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The page stood open too long, or its cookie is gone: the same form again, with everything that was typed."""
    match: ResolverMatch | None = request.resolver_match
    said = _(
        "页面打开得太久，还没有提交。填好的内容都在下面，请再按一次提交；照片不在了的，请重新选。"
        "如果总是这样，请允许浏览器保存 Cookie，或拨打 12345。"
    )
    again = _AGAIN.get(match.url_name or "") if match is not None and "citizen" in match.namespaces else None
    if again is None or match is None or wants_json(request):
        return _wrong(request, 403, _("页面已过期"), _("页面打开得太久，没有办成。请刷新页面后再试。"))
    return again(request, **match.kwargs, said=said)


def _read_to_the_end(request: HttpRequest) -> None:
    """A browser that is still sending hears no answer: what was too much is read and forgotten, up to a bound."""
    body = request.META.get("wsgi.input")
    left = min(int(request.META.get("CONTENT_LENGTH") or 0), _MOST_FORGOTTEN)
    while body is not None and left > 0 and (piece := body.read(min(left, 1 << 20))):
        left -= len(piece)


def _wrong(request: Any, status: int, title: str, what: str) -> HttpResponse:
    if wants_json(request):
        said = {"error": "wrong", "message": what}
        return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    return page(request, "citizen/wrong.html", {"title": title, "what": what}, status=status)
