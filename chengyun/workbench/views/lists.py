"""Work-lists, and the list of all cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengyun.cases.process import LOOPS, Kind
from chengyun.kernel.errors import NotAllowed, NotThere
from chengyun.organisation.access import needs, staff
from chengyun.organisation.posts import CENTRE, Post
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.actions.bulk import BULK_VERBS, BulkVerb
from chengyun.workbench.case_words import state_of, verb_word
from chengyun.workbench.columns import columns_for
from chengyun.workbench.filters import Filter
from chengyun.workbench.forms import FilterForm, SaveForm
from chengyun.workbench.models import SavedFilter
from chengyun.workbench.queries.lists import LOOKED_AT, MOST_COUNTED, ListPage, list_page, states_of
from chengyun.workbench.worklists import BY_NAME, WorkList, lists_of

FURTHER = ("kind", "channel", "appeal_type", "urgency", "flag", "since", "until")  # folded away in the bar
WITH_CASES = (*sorted(CENTRE), Post.UNIT, Post.HANDLER, Post.INSPECTOR)


@staff
@require_GET
def work_list(request: StaffRequest, name: str) -> HttpResponse:
    """One of the lists of one's posts."""
    worklist = BY_NAME.get(name)
    if worklist is None:
        raise NotThere(_("没有这个工作列表"))
    if worklist not in lists_of(request.actor):
        posts = _("、").join(post.label for post in worklist.posts)
        raise NotAllowed(_("此列表需要岗位：%(posts)s。") % {"posts": posts})
    return _page(request, worklist)


@needs(*(Post(post) for post in WITH_CASES))
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    """All cases that one may see."""
    return _page(request, None)


def _page(request: StaffRequest, worklist: WorkList | None) -> HttpResponse:
    form = FilterForm(request.GET, request.actor)
    chosen = form.chosen
    asked = request.GET.get("page", "1")
    found = list_page(
        worklist,
        chosen,
        request.actor,
        now=request.now,
        sort=request.GET.get("sort", ""),
        page=int(asked) if asked.isdigit() and len(asked) < 5 else 1,
    )
    name = str(worklist.name) if worklist is not None else ""
    context = {
        "worklist": worklist,
        "name": name,
        "form": form,
        "chosen": chosen,
        "page": found,
        "columns": columns_for(found.by_due),
        "chips": _chips(request, form),
        "states": _states(worklist, found, chosen),
        "bulk": _bulk(request, worklist),
        "saved": SavedFilter.objects.seen_by(request.actor),
        "save_form": SaveForm(initial={"list_name": name, "query": chosen.query}),
        "further_used": any(getattr(chosen, one) for one in FURTHER),
        "counted": counted(found),
        "most": most,
        "looked_at": LOOKED_AT,
        "here": request.path,
        "now": request.now,
        "rehearsal": any(row.rehearsal for row in found.rows),
        "lists": lists_of(request.actor),
        "export": f"{reverse('workbench:exports')}?list={name}&{chosen.query}",
    }
    return render(request, "workbench/lists.html", context)


def counted(found: ListPage) -> str:
    """The number of rows in words; where they were not counted to the end, that there are more."""
    if found.more_than_counted:
        return _("%(most)s 条以上") % {"most": f"{min(found.total, MOST_COUNTED):,}"}
    return _("共 %(total)s 条") % {"total": f"{found.total:,}"}


def most(number: int) -> str:
    """A number beside a state; beyond what is counted, with a plus."""
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"


def _chips(request: StaffRequest, form: FilterForm) -> list[tuple[str, str]]:
    """What the list is narrowed by, each with the address of the list without it."""
    found = []
    for name, label, value in form.labels():
        kept = request.GET.copy()
        for key in (name, "page"):
            kept.pop(key, None)
        said = _("%(label)s：%(value)s") % {"label": label, "value": value}
        found.append((said, f"{request.path}?{kept.urlencode()}"))
    return found


def _states(worklist: WorkList | None, found: ListPage, chosen: Filter) -> list[dict[str, Any]]:
    """The states to choose from with how many cases each holds, kind by kind."""
    groups = []
    for kind in LOOPS:
        lines = [
            {
                "label": state_of(one, state).label,
                "value": f"{one}.{state}",
                "number": found.by_state.get((one, state), 0),
                "current": chosen.state == f"{one}.{state}",
            }
            for one, state in states_of(worklist)
            if one == kind
        ]
        lines = [line for line in lines if line["number"] or line["current"] or worklist is not None]
        if lines:
            groups.append({"label": Kind(kind).label, "lines": lines})
    if worklist is not None and sum(len(group["lines"]) for group in groups) < 2:
        return []
    return groups


def _bulk(request: StaffRequest, worklist: WorkList | None) -> list[tuple[BulkVerb, str]]:
    """Verbs that this person may take on many rows of this list."""
    if worklist is None:
        return []
    verbs = [BULK_VERBS[name] for name in worklist.bulk]
    return [(verb, verb_word("hotline", verb.name)) for verb in verbs if request.actor.holds(*verb.posts)]
