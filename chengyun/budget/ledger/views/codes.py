"""科目: the classification of a year with how sure each row is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.ledger.actions import add_code
from chengyun.budget.ledger.codes import version_of
from chengyun.budget.ledger.forms import CodeForm
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.models.codes import Code, CodeKind
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


def _year(request: StaffRequest) -> int:
    text = request.GET.get("year", "")
    if not text:
        return local(request.now).year
    if not text.isdigit() or len(text) != 4:
        raise NotThere(_("年度请写成四位数字。"))
    return int(text)


@needs(*READING)
@require_safe
def codes_page(request: StaffRequest) -> HttpResponse:
    """One classification (``?kind=function``) of a year (``?year=2024``), narrowed by ``?q=``."""
    asked = request.GET.get("kind", CodeKind.FUNCTION)
    if asked not in set(CodeKind):
        raise NotThere(_("没有这种分类。"))
    year, kind, words = _year(request), CodeKind(asked), request.GET.get("q", "").strip()
    version = version_of(kind, year)
    rows = Code.objects.filter(version=version)
    if words:
        rows = rows.filter(code__startswith=words) if words.isdigit() else rows.filter(name__contains=words)
    said = {
        "kind": kind,
        "kinds": list(CodeKind),
        "year": year,
        "version": version,
        "rows": list(rows),
        "words": words,
        "may_write": request.actor.holds(*WRITING),
    }
    return render(request, "budget/ledger/codes.html", said)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: StaffRequest) -> HttpResponse:
    """A code that the year's table lacks."""
    year = _year(request)
    return verb_page(
        request,
        CodeForm(posted(request), initial={"kind": request.GET.get("kind", "")}),
        lambda said: add_code(fiscal_year=year, actor=request.actor, now=request.now, **said),
        title=_("新增 %(year)s 年科目") % {"year": year},
        next_step=_("新增后即可用于编制，并标明是本单位新增。"),
        back=reverse("budget:codes"),
        done=_("科目已新增。"),
    )
