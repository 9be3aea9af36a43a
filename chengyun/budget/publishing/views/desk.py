"""The clerk's pages: which budgets are due, one publication with its findings and files, the verbs."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.publishing import actions, policies
from chengyun.budget.publishing.forms import DropForm, ExplainForm, PrepareForm, ReleaseForm, TermForm
from chengyun.budget.publishing.queries import (
    difference_of,
    explained,
    file_of,
    latest_of,
    open_failures,
    publication_of,
    standings,
)
from chengyun.budget.publishing.term import clock_of, term_on
from chengyun.budget.publishing.views.shown import download, drawn
from chengyun.budget.publishing.words import PublicationState
from chengyun.budget.queries import budget_of
from chengyun.kernel.clock import local
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest
from chengyun.organisation.views.verb import posted, verb_page


@needs(*policies.READING)
@require_safe
def publications_page(request: StaffRequest) -> HttpResponse:
    """Approved budgets with the clock, the version in force, the one that waits."""
    said = {
        "rows": standings(actor=request.actor, now=request.now),
        "term": term_on(local(request.now).date()),
        "may": request.actor.holds(*policies.PUBLISHING),
    }
    return render(request, "budget/publishing/publications.html", said)


@needs(*policies.PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Compile, render and check; the result is the publication's page."""
    budget = budget_of(budget_id, actor=request.actor)
    made: list[int] = []

    def run(said: dict[str, Any]) -> None:
        made.append(actions.prepare(budget_id, actor=request.actor, now=request.now, **said).pk)

    form = PrepareForm(posted(request))
    if latest_of(budget) is None:
        form.fields["correction_note"].widget = form.fields["correction_note"].hidden_widget()
    page = verb_page(
        request,
        form,
        run,
        title=_("生成发布件：%(budget)s") % {"budget": budget},
        next_step=_(
            "将生成网页、PDF、DOCX、XLSX、纯文本和财政数据包，并逐一核对，需要几秒钟。此时还不会公开。"
        ),
        back=reverse("budget:publications"),
        done=_("发布件已生成并核对。"),
    )
    if made:
        page["Location"] = reverse("budget:publication", args=[made[0]])
    return page


@needs(*policies.READING)
@require_safe
def publication_page(request: StaffRequest, publication_id: int) -> HttpResponse:
    """Findings, files, what was corrected, and the button that publishes."""
    publication = publication_of(publication_id, actor=request.actor)
    said = explained(publication)
    failures = open_failures(publication)
    waiting = publication.state == PublicationState.PREPARED
    first = publication if publication.state == PublicationState.RELEASED else None
    others = [line for line in publication.findings if not line["blocking"]]
    about = {
        "publication": publication,
        "files": list(publication.files.all()),
        "blocking": [{**line, "explanation": said.get(line["key"])} for line in publication.failures],
        "others": others,
        "open": failures,
        "difference": difference_of(publication),
        "clock": clock_of(publication.budget, first, request.now),
        "events": list(publication.events.all()),
        "waiting": waiting,
        "may": waiting and request.actor.holds(*policies.PUBLISHING),
    }
    return render(request, "budget/publishing/publication.html", about)


@needs(*policies.READING)
@require_safe
def publication_preview(request: StaffRequest, publication_id: int) -> HttpResponse:
    """The document as everybody will see it."""
    publication = publication_of(publication_id, actor=request.actor)
    said = {"publication": publication, "document": drawn(publication)}
    return render(request, "budget/publishing/preview.html", said)


@needs(*policies.READING)
@require_safe
def publication_file(request: StaffRequest, publication_id: int, kind: str) -> FileResponse:
    """A file before it is published, too."""
    publication = publication_of(publication_id, actor=request.actor)
    return download(*file_of(publication, kind))


@needs(*policies.PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def release_page(request: StaffRequest, publication_id: int) -> HttpResponse:
    """Publish."""
    publication = publication_of(publication_id, actor=request.actor)
    late = publication.due_on is not None and local(request.now).date() > publication.due_on
    form = ReleaseForm(posted(request), initial={"seen": publication.version})
    if not late or publication.number > 1:
        form.fields["late_reason"].widget = form.fields["late_reason"].hidden_widget()
    return verb_page(
        request,
        form,
        lambda said: actions.release(publication_id, actor=request.actor, now=request.now, **said),
        title=_("公开：%(title)s") % {"title": publication.title},
        next_step=_("公开后任何人都能查看和下载，不能收回；有错只能发布更正版本，并公开两版的差异。"),
        back=reverse("budget:publication", args=[publication_id]),
        done=_("已公开。"),
    )


@needs(*policies.PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def explain_page(request: StaffRequest, publication_id: int, finding: str) -> HttpResponse:
    """Explain an error of the check."""
    publication = publication_of(publication_id, actor=request.actor)
    line = next((one for one in publication.failures if one["key"] == finding), None)
    return verb_page(
        request,
        ExplainForm(posted(request), initial={"seen": publication.version}),
        lambda said: actions.explain(publication_id, finding, actor=request.actor, now=request.now, **said),
        title=_("说明错误"),
        next_step=line["message_zh"] if line else "",
        back=reverse("budget:publication", args=[publication_id]),
        done=_("说明已记录。"),
    )


@needs(*policies.PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def drop_page(request: StaffRequest, publication_id: int) -> HttpResponse:
    """Give a version up that was not published."""
    publication = publication_of(publication_id, actor=request.actor)
    return verb_page(
        request,
        DropForm(posted(request), initial={"seen": publication.version}),
        lambda said: actions.drop(publication_id, actor=request.actor, now=request.now, **said),
        title=_("作废发布件"),
        next_step=_("只作废这份没有公开的发布件，台账不变，可以重新生成。"),
        back=reverse("budget:publication", args=[publication_id]),
        done=_("发布件已作废。"),
        then=reverse("budget:publications"),
        danger=True,
    )


@needs(*policies.PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def term_page(request: StaffRequest) -> HttpResponse:
    """Another number of days, from a day on."""
    return verb_page(
        request,
        TermForm(posted(request)),
        lambda said: actions.set_term(actor=request.actor, now=request.now, **said),
        title=_("修改公开期限"),
        next_step=_("从生效日期起批复的预算按新期限计算，原来的期限保留。"),
        back=reverse("budget:publications"),
        done=_("公开期限已修改。"),
    )
