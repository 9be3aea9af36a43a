"""Take an order from a call to its number: case, elements, decision, call and draft, at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases import ledger
from chengyun.cases.actions import move
from chengyun.cases.facts import CaseFacts
from chengyun.hotline.actions.register import Registered, register_order
from chengyun.hotline.desk.actions.calls import end_call_of_desk
from chengyun.hotline.desk.actions.decide import apply_line, checked_decision
from chengyun.hotline.desk.elements import Elements, elements_of
from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.knowledge.actions.using import note_used
from chengyun.hotline.models import Call, CallBack, DecisionUse, OrderDraft, OrderElements
from chengyun.hotline.suggestions.actions import MERGE, tie_repeat
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the form. ``fresh`` is False where the same form was taken before."""

    case: CaseFacts
    fresh: bool
    use: DecisionUse | None = None


def take_order(
    said: Mapping[str, Any],
    *,
    attachments: Sequence[int] = (),
    resolve: bool = False,
    actor: Actor,
    now: datetime,
) -> Taken:
    """Register an order as the intake form has cleaned it.

    1. The decision is checked against the line in force, before anything is written.
    2. In one transaction: the order with its caller and files, its elements as they were told, the line of
       the decision table with what it requires, the call it came from; the draft goes.
    3. A form that was taken before gives the same case back and writes nothing.

    Raises ``NotAllowed`` or ``Invalid``; nothing is then written.
    """
    elements = elements_of(said)
    decision = checked_decision(said, resolve=resolve, now=now, actor=actor)
    whole = {**said, "description": elements.described()}
    merged = decision is not None and decision.treatment is Treatment.MERGE
    if resolve and not said.get("reply", "").strip():
        raise Invalid({"reply": _("当场办结须写明答复内容。")})
    with writing():
        done = register_order(whole, attachments=attachments, actor=actor, now=now)
        use = None
        if done.fresh:
            _keep_elements(done, elements)
            case = done.case
            case = _suggest_unit(case, said.get("suggested_unit"), actor, now)
            if decision is not None:
                case, use = apply_line(case, decision, resolve=resolve, actor=actor, now=now)
            elif resolve:
                reply = {"reply": said["reply"]}
                case = move(
                    case.pk, "resolve_at_once", actor=actor, seen=case["version"], now=now, said=reply
                )
            case = _tie_others(case, said, merged=merged, actor=actor, now=now)
            _tie_call(said.get("call"), case, actor, now)
            done = Registered(case, fresh=True)
        OrderDraft.objects.filter(client_id=said["client_id"], owner=actor.person_id).delete()
    return Taken(done.case, done.fresh, use)


def _keep_elements(done: Registered, told: Elements) -> None:
    OrderElements.objects.create(
        case_id=done.case.pk,
        who=told.who,
        when=told.when,
        where=told.where,
        cause=told.cause,
        course=told.course,
    )


def _suggest_unit(case: CaseFacts, unit_id: int | None, actor: Actor, now: datetime) -> CaseFacts:
    """Whom the operator thinks responsible goes to the dispatcher as a note; nothing is dispatched by it."""
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    if unit is None:
        return case
    said = {"note": _("受理员建议的主办单位：%(unit)s") % {"unit": unit.name}}
    return move(case.pk, "note", actor=actor, seen=case["version"], now=now, said=said)


def _tie_others(
    case: CaseFacts, said: Mapping[str, Any], *, merged: bool, actor: Actor, now: datetime
) -> CaseFacts:
    """The repeat that the operator named, and the article of which the answer was taken."""
    number, how = said.get("repeat_of", "").strip(), said.get("repeat_how", "")
    if number and how and not merged:
        if how == MERGE and case["closed_at"] is not None:
            raise Invalid({"repeat_how": _("就此结案的工单不能并单，请改为“只作关联”。")})
        tie_repeat(case.pk, number, how, actor=actor, now=now)
        case = ledger.load(case.pk, actor)
    if said.get("article_version") and case["closed_at"] is not None:
        note_used(said["article_version"], case_id=case.pk, actor=actor, now=now)
    return case


def _tie_call(call_id: int | None, case: CaseFacts, actor: Actor, now: datetime) -> None:
    """A call belongs to one order; a second order of the same call leaves the first where it is."""
    if call_id is None:
        return
    Call.objects.filter(pk=call_id, case=None).update(case_id=case.pk)
    CallBack.objects.filter(last_call=call_id, case=None).update(case_id=case.pk)
    end_call_of_desk(call_id, actor=actor, now=now)
