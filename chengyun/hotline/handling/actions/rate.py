"""What the citizen says of an order: kept as a row of its own, and where it is due, as the callback."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions.move import move
from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process import HotlineState
from chengyun.cases.process.kinds import GRADES, Outcome, Way
from chengyun.hotline.models import Rating
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.errors import Invalid, NotThere, Refused, Stale
from chengyun.kernel.writing import writing

_RATED_IN = frozenset({HotlineState.AUDITED, HotlineState.CALLED_BACK, HotlineState.CLOSED})
_MOST = 4000  # characters


def rate(
    case_id: int,
    *,
    satisfaction: str,
    outcome: str = "",
    said: str = "",
    way: str,
    actor: Actor,
    now: datetime,
    key: str,
) -> Rating:
    """Keep what the citizen says by text message or web page (``way``: phone, sms, web).

    1. The same ``key`` again returns the same rating and does nothing.
    2. The order must be audited, called back or closed; of several ratings by one way in a round the latest counts.
    3. On an order that waits for its callback the rating is the callback: the order goes on, by the system.

    Raises ``NotThere``, ``Invalid`` (satisfaction, outcome, way, said) or ``Refused`` (not yet answered).
    """
    _check(satisfaction, outcome, way, said)
    with writing():
        known = Rating.objects.filter(key=key).first()
        if known is not None:
            return known
        case = Case.objects.seen_by(actor).filter(pk=case_id, kind="hotline").first()
        if case is None:
            raise NotThere(_("没有这个工单，或您无权查看"))
        if case.state not in _RATED_IN:
            raise Refused(_("工单还没有办完，办结答复后再评价"))
        facts: dict[str, Any] = {"satisfaction": satisfaction, "outcome": outcome, "said": said.strip()}
        seq = None
        if case.state == HotlineState.AUDITED:
            seq = _call_back(case, {**facts, "way": way}, actor, now)
        return Rating.objects.create(
            case=case, round=case.rounds, way=way, at=now, by_id=actor.person_id, event_seq=seq, key=key, **facts
        )  # fmt: skip


def _check(satisfaction: str, outcome: str, way: str, said: str) -> None:
    wrong = {}
    if satisfaction not in GRADES:
        offered = _("、").join(one.label for one in GRADES)
        wrong["satisfaction"] = _("请从 %(offered)s 中选一个") % {"offered": offered}
    if outcome and outcome not in set(Outcome):
        wrong["outcome"] = _("请从列出的结果中选")
    if way not in set(Way):
        wrong["way"] = _("请从列出的评价方式中选")
    if len(said) > _MOST:
        wrong["said"] = _("最多 %(most)d 字，现在 %(now)d 字") % {"most": _MOST, "now": len(said)}
    elif "\x00" in said:
        wrong["said"] = _("含有不可见的控制字符，请重新输入")
    if wrong:
        raise Invalid(wrong)


def _call_back(case: Case, said: dict[str, Any], actor: Actor, now: datetime) -> int:
    """The rating as the callback; returns the number of its event. A citizen holds no post, so the system moves."""
    mover = actor if said["way"] == Way.PHONE else SYSTEM
    try:
        moved = move(case.pk, "call_back", actor=mover, seen=case.version, now=now, said=said)
    except Stale:
        # Somebody wrote a note meanwhile; what the citizen says does not depend on it.
        version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
        moved = move(case.pk, "call_back", actor=mover, seen=version, now=now, said=said)
    return int(moved["version"])


def keep_callback(event: CaseEvent, *, now: datetime) -> None:
    """Keep a callback that a clerk noted as a rating, too, unless it came from one. Safe to repeat."""
    if event.verb != "call_back" or event.case.kind != "hotline":
        return
    if Rating.objects.filter(case_id=event.case_id, event_seq=event.seq).exists():
        return
    said = event.said
    # The round in which it was said: later rehandlings have raised the count.
    rounds = CaseEvent.objects.filter(case_id=event.case_id, verb="rehandle", seq__lt=event.seq).count()
    Rating.objects.get_or_create(
        key=f"event:{event.pk}",
        defaults={
            "case_id": event.case_id,
            "round": rounds,
            "way": said.get("way", Way.PHONE.value),
            "satisfaction": said["satisfaction"],
            "outcome": said.get("outcome", ""),
            "said": said.get("said", ""),
            "at": event.at,
            "by_id": event.actor_id,
            "event_seq": event.seq,
        },
    )
