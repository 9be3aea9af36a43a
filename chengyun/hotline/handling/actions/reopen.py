"""A citizen asks for a closed order to be taken up again; the callback clerk or the shift leader decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.cases.actions.move import move
from chengyun.cases.models import Case
from chengyun.cases.process import HotlineState
from chengyun.cases.process.kinds import Decision
from chengyun.cases.world import surroundings
from chengyun.hotline.handling.policies import CALLING, require
from chengyun.hotline.models import ReopenAsk
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.worktime.queries import current_calendar
from chengyun.worktime.units import Unit

SHORTEST, LONGEST = 4, 2000  # characters of a reason


def reopen_until(case: Case, now: datetime) -> datetime | None:
    """Until when a closed order may be asked to be reopened; None if it is not closed."""
    if case.state != HotlineState.CLOSED or case.closed_at is None:
        return None
    days = int(surroundings(now).rule("hotline", "reopen_days"))
    return case.closed_at + timedelta(days=days)


def ask_reopen(case_id: int, *, reason: str, actor: Actor, now: datetime, key: str) -> ReopenAsk:
    """Ask for a closed order to be reopened.

    1. The same ``key`` again, or a wish that waits already, is returned and nothing is written.
    2. The order is closed, has had a unit, and the time for asking is not over.
    3. The wish gets a day by which it is answered, and stands in the order's history.

    Raises ``NotThere``, ``Invalid`` (reason) or ``Refused`` (not closed, too late).
    """
    reason = reason.strip()
    with writing():
        known = ReopenAsk.objects.filter(key=key).first()
        waiting = known or ReopenAsk.objects.filter(case_id=case_id, decision="").first()
        case = Case.objects.seen_by(actor).filter(pk=case_id, kind="hotline").first()
        if case is None:
            raise NotThere(_("没有这个工单，或您无权查看"))
        if waiting is not None:
            return waiting
        _check(case, reason, now)
        days = surroundings(now).rule("hotline", "reopen_answer_days")
        due = current_calendar().due(now, Decimal(days), Unit.WORKDAY)
        note = {"note": _("市民申请重开：%(reason)s") % {"reason": reason}}
        move(case.pk, "note", actor=SYSTEM, seen=case.version, now=now, said=note)
        return ReopenAsk.objects.create(
            case=case, reason=reason, asked_at=now, asked_by=actor.name[:60], due_at=due, key=key
        )


def _check(case: Case, reason: str, now: datetime) -> None:
    until = reopen_until(case, now)
    if until is None or case.lead_unit_id is None:
        raise Refused(_("只有已结案、由单位办理过的工单可以申请重开"))
    if now > until:
        words = _("申请重开的期限 %(day)s 已过，请再拨 12345 反映")
        raise Refused(words % {"day": f"{local(until):%Y-%m-%d}"})
    if not SHORTEST <= len(reason) <= LONGEST or "\x00" in reason:
        words = _("请写明哪里没有解决，%(least)d 到 %(most)d 字")
        raise Invalid({"reason": words % {"least": SHORTEST, "most": LONGEST}})


def decide_reopen(ask_id: int, *, decision: str, answer: str = "", actor: Actor, now: datetime) -> ReopenAsk:
    """Grant: the order is handled again, on a clock of its own. Refuse: with a reason, kept in its history.

    Raises ``NotAllowed``, ``NotThere``, ``Invalid`` (decision, answer), ``Refused`` (decided already).
    """
    require(actor, CALLING)
    answer = answer.strip()
    wrong = {}
    if decision not in set(Decision):
        wrong["decision"] = _("请选择同意或不同意")
    if decision == Decision.REFUSE and len(answer) < SHORTEST:
        wrong["answer"] = _("不同意须写明理由，会告知市民")
    if wrong:
        raise Invalid(wrong)
    with writing():
        ask = ReopenAsk.objects.select_related("case").filter(pk=ask_id).first()
        if ask is None or not Case.objects.seen_by(actor).filter(pk=ask.case_id).exists():
            raise NotThere(_("没有这项申请"))
        done = ReopenAsk.objects.filter(pk=ask_id, decision="").update(
            decision=decision, decided_at=now, decided_by_id=actor.person_id, answer=answer
        )
        if not done:
            raise Refused(_("这项申请已经答复过了"))
        _tell(ask, decision, answer, actor, now)
    ask.refresh_from_db()
    return ask


def _tell(ask: ReopenAsk, decision: str, answer: str, actor: Actor, now: datetime) -> None:
    """Write the decision into the order: it goes on, or a note says why not."""
    case = ask.case
    if decision == Decision.REFUSE:
        said = {"note": _("不同意重开：%(why)s") % {"why": answer}}
        move(case.pk, "note", actor=actor, seen=case.version, now=now, said=said)
        return
    said = {
        "reason": _("市民申请重开：%(reason)s") % {"reason": ask.reason} + (f"\n{answer}" if answer else "")
    }
    move(case.pk, "rehandle", actor=actor, seen=case.version, now=now, said=said)
