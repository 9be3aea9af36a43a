"""One verb on many ticked rows: first what is said to all of them, then what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengyun.cases.naming import HANDLING
from chengyun.cases.process import LOOPS
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import people_holding, unit_tree
from chengyun.organisation.requests import StaffRequest
from chengyun.workbench.actions.bulk import BULK_VERBS, BulkVerb, Picked, move_many, picked_from
from chengyun.workbench.case_words import verb_word
from chengyun.workbench.columns import BRIEF
from chengyun.workbench.forms import BulkForm, Choices
from chengyun.workbench.queries.rows import rows_numbered


@needs(Post.DISPATCHER, Post.SHIFT_LEADER, Post.UNIT)
@require_POST
def bulk(request: StaffRequest, verb: str) -> HttpResponse:
    """Show the form for the ticked rows; with ``sure``, take the verb and show how each case fared."""
    known = BULK_VERBS.get(verb)
    if known is None:
        raise NotThere(_("没有这个批量操作"))
    if not request.actor.holds(*known.posts):
        posts = _("、").join(post.label for post in known.posts)
        raise NotAllowed(_("此操作需要岗位：%(posts)s。") % {"posts": posts})
    where = request.POST.get("next", "")
    back = where if url_has_allowed_host_and_scheme(where, allowed_hosts=None) else "/"
    context: dict[str, Any] = {"verb": known.name, "title": verb_word("hotline", verb), "back": back}
    try:
        picked = picked_from(request.POST.getlist("pick"))
    except Invalid as wrong:
        return render(
            request, "workbench/bulk.html", {**context, "problem": wrong.message}, status=wrong.status
        )
    return _answer(request, known, picked, context)


def _answer(
    request: StaffRequest, verb: BulkVerb, picked: list[Picked], context: dict[str, Any]
) -> HttpResponse:
    label, offered = _offered(request, verb)
    sure = request.POST.get("sure") == "1"
    form = BulkForm(request.POST if sure else None, label, offered)
    context |= {"form": form, "picked": picked, "asks": verb.asks, "nobody": verb.asks and not offered}
    if not sure or (verb.asks and not offered) or not form.is_valid():
        context["rows"] = rows_numbered([one.number for one in picked], request.actor, request.now)
        context |= {"columns": BRIEF, "now": request.now}
        return render(request, "workbench/bulk.html", context, status=422 if sure else 200)
    said: dict[str, Any] = {"note": form.cleaned_data["note"]}
    if verb.asks:
        said[verb.asks] = form.cleaned_data["target"]
    outcome = move_many(verb.name, picked, said, actor=request.actor, now=request.now)
    return render(request, "workbench/bulk_result.html", {**context, "outcome": outcome})


def _offered(request: StaffRequest, verb: BulkVerb) -> tuple[str, Choices]:
    """The label of what is chosen for all cases, and what there is to choose from."""
    if verb.asks == "unit":
        nodes = [node for node in unit_tree(request.actor) if node.active and node.kind in HANDLING]
        return _asked("unit"), [(node.id, "\u3000" * max(node.depth - 1, 0) + node.name) for node in nodes]
    if verb.asks == "handler":
        units = request.actor.units(Post.UNIT)
        people = people_holding(Post.HANDLER, None, local(request.now).date()).filter(
            postings__unit__in=units
        )
        return _asked("handler"), [
            (one.pk, _("%(name)s（%(more)s）") % {"name": one.name, "more": one.unit})
            for one in people.select_related("unit").distinct()
        ]
    return "", []


def _asked(name: str) -> str:
    """The label that the process tables give to a field."""
    for loop in LOOPS.values():
        for verb in loop.verbs:
            for ask in verb.asks:
                if ask.name == name:
                    return _(ask.label)
    return name
