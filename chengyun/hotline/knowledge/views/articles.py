"""One article: read, write, let out, compare, take back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.hotline.knowledge import actions, comparing, policies, queries
from chengyun.hotline.knowledge.forms import ArticleForm, WhyForm, initial_of
from chengyun.hotline.models import Article, ArticleVersion
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import attempt, posted, verb_page


@staff
@require_safe
def article(request: StaffRequest, article_id: int) -> HttpResponse:
    """The version in force (or the one asked for with ``version``), its history and what may be done."""
    found, versions = _versions(request, article_id)
    shown = _asked(request.GET.get("version", ""), versions) or found.current or versions[0]
    actor, on = request.actor, local(request.now).date()
    said: dict[str, Any] = {
        "article": found,
        "shown": shown,
        "versions": versions,
        "steps": found.steps.select_related("version").order_by("-id"),
        "uses": queries.uses_of([article_id])[article_id],
        "in_force": found.current_id == shown.pk
        and shown.valid_from <= on
        and (shown.valid_until is None or on <= shown.valid_until),
        "may_write": policies.may_see(actor, found, versions[0]) and actor.holds(*policies.WRITING),
        "may_edit": actor.holds(*policies.EDITING),
        "may_review": policies.may_review(actor, found),
        "own": shown.written_by_id == actor.person_id,
        "today": on,
        "click": uuid.uuid4(),
        "rehearsal": found.rehearsal,
    }
    return render(request, "hotline/knowledge/article.html", said)


@needs(*policies.WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, article_id: int | None = None) -> HttpResponse:
    """Write a new article or the next version; ``then=submit`` hands it to the editors at once."""
    before = _versions(request, article_id)[1][0] if article_id is not None else None
    initial = initial_of(before, local(request.now).date())
    if before is None and request.GET.get("title"):
        initial["title"] = request.GET["title"][:100]
    form = ArticleForm(posted(request), initial=initial, first=before is None, actor=request.actor)
    if request.method == "POST":
        done, version = attempt(form, lambda said: _written(request, form, article_id))
        if done:
            return _afterwards(request, version)
    said = {"form": form, "before": before, "article_id": article_id}
    return render(request, "hotline/knowledge/write.html", said, status=422 if form.errors else 200)


def _written(request: StaffRequest, form: ArticleForm, article_id: int | None) -> ArticleVersion:
    why = form.cleaned_data.get("why", "")
    return actions.write_version(
        form.words(), article_id=article_id, why=why, actor=request.actor, now=request.now
    )


def _afterwards(request: StaffRequest, version: ArticleVersion) -> HttpResponse:
    shown = f"{reverse('hotline:knowledge-article', args=[version.article_id])}?version={version.no}"
    if request.POST.get("then") == "submit":
        try:
            actions.submit(version.pk, actor=request.actor, now=request.now)
        except Invalid as error:
            messages.error(request, _("草稿已存，但没有送审：%(why)s") % {"why": error.message})
            return redirect(shown)
        messages.success(request, _("第 %(no)d 版已送审，等编辑发布。") % {"no": version.no})
    else:
        messages.success(request, _("第 %(no)d 版已存为草稿。") % {"no": version.no})
    return redirect(shown)


@needs(*policies.WRITING)
@require_POST
def step(request: StaffRequest, version_id: int, verb: str) -> HttpResponse:
    """Submit or publish a version."""
    run = {"submit": actions.submit, "publish": actions.publish}.get(verb)
    if run is None:
        raise NotThere(_("没有这个操作。"))
    version = run(version_id, actor=request.actor, now=request.now)
    done = (
        _("第 %(no)d 版已送审，等编辑发布。")
        if verb == "submit"
        else _("第 %(no)d 版已发布，检索马上能找到。")
    )
    messages.success(request, done % {"no": version.no})
    return redirect("hotline:knowledge-article", version.article_id)


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: StaffRequest, version_id: int) -> HttpResponse:
    """Send a version back to its writer."""
    version = ArticleVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise NotThere(_("没有这一版。"))
    return verb_page(
        request,
        WhyForm(posted(request)),
        lambda said: actions.refuse(version_id, why=said["why"], actor=request.actor, now=request.now),
        title=_("退回修改：%(title)s") % {"title": version.title},
        next_step=_("退给起草人，由其另写一版。"),
        back=reverse("hotline:knowledge-article", args=[version.article_id]),
        done=_("已退回修改。"),
    )


@needs(*policies.EDITING)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, article_id: int) -> HttpResponse:
    """Take an article out of use."""
    found = _article(article_id)
    return verb_page(
        request,
        WhyForm(posted(request)),
        lambda said: actions.withdraw(article_id, why=said["why"], actor=request.actor, now=request.now),
        title=_("撤下：%(title)s") % {"title": found.title},
        next_step=_("检索不再找到它；各版和记录保留，以后可以再发布新版。"),
        back=reverse("hotline:knowledge-article", args=[article_id]),
        done=_("已撤下。"),
        danger=True,
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, article_id: int) -> HttpResponse:
    """Confirm that an article still holds."""
    found = _article(article_id)
    return verb_page(
        request,
        WhyForm(posted(request), initial={"why": _("内容仍然有效")}),
        lambda said: actions.review(article_id, why=said["why"], actor=request.actor, now=request.now),
        title=_("复核：%(title)s") % {"title": found.title},
        next_step=_("内容不变，下次复核日期按间隔顺延。内容要改的，请写新版。"),
        back=reverse("hotline:knowledge-article", args=[article_id]),
        done=_("已复核。"),
    )


@staff
@require_POST
def mark(request: StaffRequest, version_id: int) -> HttpResponse:
    """Say whether a version helped."""
    try:
        click = uuid.UUID(request.POST.get("click", ""))
    except ValueError:
        click = uuid.uuid4()
    helped = request.POST.get("helped") == "1"
    actions.mark(version_id, helped=helped, client_id=click, actor=request.actor, now=request.now)
    if request.headers.get("HX-Request"):
        return render(request, "hotline/knowledge/_noted.html")
    messages.success(request, _("谢谢，已记下。"))
    version = ArticleVersion.objects.get(pk=version_id)
    return redirect("hotline:knowledge-article", version.article_id)


@staff
@require_safe
def compare(request: StaffRequest, article_id: int) -> HttpResponse:
    """Two versions, ``a`` the older and ``b`` the newer: what was taken out and put in."""
    found, versions = _versions(request, article_id)
    newer = _asked(request.GET.get("b", ""), versions) or versions[0]
    older = _asked(request.GET.get("a", ""), versions) or next(
        (one for one in versions if one.no < newer.no), versions[-1]
    )
    if older.no > newer.no:
        older, newer = newer, older
    said = {
        "article": found,
        "versions": versions,
        "older": older,
        "newer": newer,
        "changes": comparing.changes(older, newer),
        "facts": comparing.facts_changed(older, newer),
        "words": {name: field.label for name, field in ArticleForm.base_fields.items()},
    }
    return render(request, "hotline/knowledge/compare.html", said)


def _article(article_id: int) -> Article:
    rows = Article.objects.select_related("current__category", "current__owner_unit", "owner_unit")
    found = rows.filter(pk=article_id).first()
    if found is None:
        raise NotThere(_("没有这篇知识。"))
    return found


def _versions(request: StaffRequest, article_id: int) -> tuple[Article, list[ArticleVersion]]:
    """The article and the versions that this person may read, newest first."""
    found = _article(article_id)
    rows = found.versions.select_related("category", "owner_unit").order_by("-no")
    seen = [one for one in rows if policies.may_see(request.actor, found, one)]
    if not seen:
        raise NotThere(_("没有这篇知识。"))
    return found, seen


def _asked(no: str, versions: list[ArticleVersion]) -> ArticleVersion | None:
    return next((one for one in versions if str(one.no) == no), None)
