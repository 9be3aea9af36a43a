"""The page a person sees when a verb refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chengyun.kernel.errors import Refused


def refusal_page(request: Any, error: Refused) -> HttpResponse:
    """A page in the product's frame with the sentence of the refusal; a fragment if htmx asked."""
    titles = {403: _("没有权限"), 404: _("没有找到"), 409: _("内容已被更新")}
    said = {
        "status": error.status,
        "title": titles.get(error.status, _("没有办成")),
        "what": error.message,
        "then": _("什么都没有保存。请返回上一页核对后重试。"),
    }
    name = "ui/_wrong.html" if getattr(request, "htmx", False) else "ui/wrong.html"
    return render(request, name, said, status=error.status)
