"""回访: the queue, and one call with its script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengyun.cases.actions.move import move
from chengyun.cases.actions.reveal import reveal
from chengyun.cases.process import HotlineState
from chengyun.cases.process.kinds import DISSATISFIED, GRADES, NoAnswer, Outcome, Satisfaction, Way
from chengyun.hotline.handling.policies import CALLING
from chengyun.hotline.handling.queues import SHOWN, after, call_queue, to_call, tries_made
from chengyun.hotline.handling.reading import order_of
from chengyun.hotline.handling.results import results_of
from chengyun.hotline.handling.script import script_of
from chengyun.hotline.models import ReopenAsk
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.posts import Post
from chengyun.organisation.requests import StaffRequest

_VERBS = ("call_back", "try_call", "unreached", "close", "rehandle")


@needs(*CALLING)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Orders to call, those that may be called now first; and what else waits for the clerk."""
    said = {
        "rows": call_queue(request.actor, request.now),
        "total": to_call(request.actor).count(),
        "shown": SHOWN,
        "wishes": ReopenAsk.objects.filter(decision="").count(),
        "now": request.now,
    }
    return render(request, "hotline/handling/callbacks.html", said)


@needs(Post.CALLBACK, Post.SHIFT_LEADER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest, number: str) -> HttpResponse:
    """One call: who, what it was about, what to say, what came of it."""
    order = order_of(number, request.actor, request.now)
    typed: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    notice, status = "", 200
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        try:
            said = _said(verb, request)
            taken = "call_back" if verb == "unreached" else verb
            moved = move(
                order.case.pk, taken, actor=request.actor, seen=_seen(request), now=request.now, said=said
            )
        except Refused as error:
            wrong = error.fields if isinstance(error, Invalid) else {}
            notice = "" if wrong and verb == "call_back" else error.message
            typed, status = dict(request.POST.items()), error.status
            order = order_of(number, request.actor, request.now)
        else:
            return _onward(request, number, verb, moved["satisfaction"])
    said_page = _page(request, order.case.number)
    return render(
        request,
        "hotline/handling/callback.html",
        {**said_page, "typed": typed, "wrong": wrong, "notice": notice},
        status=status,
    )


def _page(request: StaffRequest, number: str) -> dict[str, Any]:
    order = order_of(number, request.actor, request.now)
    case, waiting = order.case, to_call(request.actor)
    may_call = case.state == HotlineState.AUDITED and request.actor.holds(Post.CALLBACK)
    return {
        "order": order,
        "may_call": may_call,
        "may_end": case.state == HotlineState.CALLED_BACK,
        "unhappy": case.satisfaction in DISSATISFIED,
        "tries": tries_made(case, request.now),
        "script": script_of(order, request.actor, request.now),
        "results": results_of(case),
        "outcomes": list(Outcome),
        "grades": list(GRADES),
        "reasons": list(NoAnswer),
        "next": after(waiting, case),
        "left": waiting.count(),
        "now": request.now,
        "rehearsal": case.rehearsal,
    }


def _seen(request: StaffRequest) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isdigit() and len(said) < 10 else 0


def _said(verb: str, request: StaffRequest) -> dict[str, Any]:
    """What the verb is told. Raises ``Refused`` for a verb that this page does not have."""
    if verb not in _VERBS:
        raise Refused(_("没有“%(verb)s”这个操作") % {"verb": verb[:40]})
    post = request.POST
    if verb == "call_back":
        return {
            "way": Way.PHONE.value,
            "outcome": post.get("outcome", ""),
            "satisfaction": post.get("satisfaction", ""),
            "said": post.get("said", ""),
        }
    if verb == "try_call":
        return {"result": post.get("result", ""), "note": post.get("note", "")}
    if verb == "unreached":
        return {"way": Way.PHONE.value, "satisfaction": Satisfaction.UNREACHED.value}
    if verb == "rehandle":
        return {"reason": post.get("reason", "")}
    return {"opinion": post.get("opinion", "")}


def _onward(request: StaffRequest, number: str, verb: str, satisfaction: str) -> HttpResponse:
    """After a callback stay, because closing or handling again comes next; else go on to the next order."""
    words = {
        "call_back": _("%(number)s 已登记回访。"),
        "unreached": _("%(number)s 已登记为未接通，不计入满意率。"),
        "try_call": _("%(number)s 已记一次未接通。"),
        "close": _("%(number)s 已结案。"),
        "rehandle": _("%(number)s 已退承办单位重办，重办时限开始计时。"),
    }
    messages.success(request, words[verb] % {"number": number})
    if verb in ("call_back", "unreached"):
        return redirect("hotline:callback", number)
    following = next((one.case.number for one in call_queue(request.actor, request.now)), "")
    return redirect("hotline:callback", following) if following else redirect("hotline:callbacks")


@needs(Post.CALLBACK, Post.SHIFT_LEADER)
@never_cache
@require_POST
def dial(request: StaffRequest, number: str) -> HttpResponse:
    """The number to dial, in full; written into the access log with the callback as its reason."""
    order = order_of(number, request.actor, request.now)
    reason = _("回访拨打 %(number)s") % {"number": number}
    shown = reveal(order.case.pk, ["phone", "other_phone"], reason, actor=request.actor, now=request.now)
    return render(request, "hotline/handling/_dial.html", {"order": order, "numbers": _numbers(shown)})


def _numbers(shown: dict[str, str]) -> list[str]:
    return [value for value in shown.values() if value]
