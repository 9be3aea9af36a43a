"""知识库: search and browse, what waits, what is due, what is missing; and answers while a call is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.hotline.knowledge import actions, queries
from chengyun.hotline.knowledge.forms import SettleForm
from chengyun.hotline.knowledge.policies import CENTRE_WRITING, EDITING, WRITING
from chengyun.hotline.models import KnowledgeCategory
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused
from chengyun.organisation.access import needs, staff
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page

_PAGE, _HITS, _OFFERED, _LONGEST = 50, 30, 4, 500
_TABS = ("articles", "waiting", "reviews", "gaps")


@staff
@require_safe
def knowledge(request: StaffRequest) -> HttpResponse:
    """Articles in force, by words or by shelf; other tabs for those who write and edit."""
    actor, on = request.actor, local(request.now).date()
    tabs = _tabs(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in {name for name, *_rest in tabs} else "articles"
    said: dict[str, Any] = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "href": f"{reverse('hotline:knowledge')}?tab={name}",
                "count": count,
                "current": name == tab,
            }
            for name, label, count in tabs
        ],
        "may_write": actor.holds(*WRITING),
        "may_edit": actor.holds(*EDITING),
        "today": on,
    }
    return render(request, "hotline/knowledge/list.html", said | _rows(request, tab))


def _tabs(request: StaffRequest) -> list[tuple[str, str, int | None]]:
    actor, on = request.actor, local(request.now).date()
    tabs: list[tuple[str, str, int | None]] = [("articles", _("在用知识"), None)]
    if actor.holds(*WRITING):
        tabs.append(("waiting", _("草稿与待审"), queries.waiting(actor).count()))
        tabs.append(("reviews", _("到期复核"), queries.due_reviews(actor, on).count()))
    if actor.holds(*CENTRE_WRITING):
        tabs.append(("gaps", _("没有答案的搜索"), queries.gaps().count()))
    return tabs


def _rows(request: StaffRequest, tab: str) -> dict[str, Any]:
    actor, on = request.actor, local(request.now).date()
    if tab == "waiting":
        return {"page": _page(request, queries.waiting(actor))}
    if tab == "reviews":
        return {"page": _page(request, queries.due_reviews(actor, on))}
    if tab == "gaps":
        return {"page": _page(request, queries.gaps())}
    text = request.GET.get("q", "").strip()[:_LONGEST]
    chosen = request.GET.get("category", "")
    category = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
    any_time = request.GET.get("all") == "1"
    said: dict[str, Any] = {
        "text": text,
        "category": category,
        "any_time": any_time,
        "categories": KnowledgeCategory.objects.filter(active=True),
    }
    if not text:
        page = _page(request, queries.browse(on=on, category_id=category, any_time=any_time))
        return said | {"page": page, "uses": queries.uses_of(row.pk for row in page.object_list)}
    hits = queries.search(
        text, actor=actor, on=on, limit=_HITS, category_id=category, any_time=any_time, least_share=0.15
    )
    if not hits and category is None:
        actions.note_unanswered(text, actor=actor, now=request.now)
    return said | {"hits": hits, "uses": queries.uses_of(hit.article_id for hit in hits)}


def _page(request: StaffRequest, rows: Any) -> Any:
    return Paginator(rows, _PAGE).get_page(request.GET.get("page"))


@needs(*REGISTERING)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: StaffRequest) -> HttpResponse:
    """Ready answers to what is being typed, for the page on which orders are taken in.

    ``text`` may be asked for or posted; posted, no log keeps a caller's words.
    """
    text = (request.POST.get("text") or request.GET.get("text") or "").strip()[:_LONGEST]
    on = local(request.now).date()
    hits = queries.search(text, actor=request.actor, on=on, limit=_OFFERED, least_share=queries.LEAST_SHARE)
    return render(request, "hotline/knowledge/_answers.html", {"hits": hits, "text": text})


@needs(*WRITING)
@require_POST
def unanswered(request: StaffRequest) -> HttpResponse:
    """Nothing that was found helps: tell the editors."""
    actions.note_unanswered(request.POST.get("text", ""), actor=request.actor, now=request.now)
    if request.headers.get("HX-Request"):
        return render(request, "hotline/knowledge/_noted.html")
    messages.success(request, _("已记下，编辑会看到这条没有答案的搜索。"))
    return redirect("hotline:knowledge")


@needs(*EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: StaffRequest, search_id: int) -> HttpResponse:
    """Close a gap."""
    back = f"{reverse('hotline:knowledge')}?tab=gaps"
    return verb_page(
        request,
        SettleForm(posted(request)),
        lambda said: actions.settle(
            search_id, article_id=said["article"], actor=request.actor, now=request.now
        ),
        title=_("处理没有答案的搜索"),
        next_step=_("从清单中去掉；以后再有人搜不到，会重新出现。"),
        back=back,
        done=_("已处理。"),
    )


@needs(*EDITING)
@require_POST
def publish_many(request: StaffRequest) -> HttpResponse:
    """Let out the versions that were ticked; each one that cannot go is named."""
    done = 0
    for value in request.POST.getlist("version")[:500]:
        if not value.isascii() or not value.isdigit() or len(value) > 15:
            continue
        try:
            version = actions.publish(int(value), actor=request.actor, now=request.now)
        except Refused as error:
            messages.error(request, _("第 %(id)s 版没有发布：%(why)s") % {"id": value, "why": error.message})
        else:
            done += bool(version)
    messages.success(request, _("已发布 %(count)d 篇。") % {"count": done})
    return redirect(f"{reverse('hotline:knowledge')}?tab=waiting")
