"""Apply a line of the decision table to an order, and write down which one, by whom and what was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions import move
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.process.kinds import EmergencyLine
from chengyun.hotline.desk.lines import line_in_force
from chengyun.hotline.desk.vocabulary import CLOSING, EXPLAINING, Treatment
from chengyun.hotline.models import DecisionLine, DecisionUse
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Decision:
    """A line with what it needs. ``told`` is what the caller was told, or how the emergency was handed over."""

    line: DecisionLine
    route: str = ""
    told: str = ""
    emergency_line: str = ""
    remains: bool = False
    repeat_of: str = ""
    reply: str = ""

    @property
    def treatment(self) -> Treatment:
        """What the line requires."""
        return Treatment(self.line.treatment)


def checked_decision(
    said: Mapping[str, Any], *, resolve: bool, now: datetime, actor: Actor
) -> Decision | None:
    """The decision of a form, or None where none was taken. Raises ``Invalid`` naming each wrong field."""
    if not said.get("decision"):
        return None
    line = line_in_force(said["decision"], now)
    if line is None:
        raise Invalid({"decision": _("判定表里没有这一条，或已停用，请重新选择。")})
    names = ("told", "emergency_line", "repeat_of", "reply")
    decision = Decision(
        line,
        route=said.get("decision_route", ""),
        remains=bool(said.get("remains")),
        **{name: said.get(name, "") for name in names},
    )
    wrong = _lacking(decision, actor)
    if resolve and decision.treatment in (*CLOSING, Treatment.MERGE):
        wrong["decision"] = _("按“%(line)s”办理的工单不计入首呼解决，请用“登记”。") % {"line": line.situation}
    if wrong:
        raise Invalid(wrong)
    return decision


def apply_line(
    case: CaseFacts, decision: Decision, *, resolve: bool, actor: Actor, now: datetime
) -> tuple[CaseFacts, DecisionUse]:
    """Take the step that the line requires and note which line it was. Call it inside the order's transaction.

    An emergency is handed over, what is only explained is closed as explained, a repeat is merged; the other
    treatments leave the order to its dispatcher, who reads the line in the history and on the case's page.
    """
    verb, said = _step_of(decision)
    case = move(case.pk, verb, actor=actor, seen=case["version"], now=now, said=said)
    use = DecisionUse.objects.create(
        case_id=case.pk,
        line=decision.line,
        event_seq=case["version"],
        at=now,
        by_id=actor.person_id,
        route=decision.route or decision.emergency_line,
        told=decision.told,
    )
    if resolve:
        reply = {"reply": decision.reply}
        case = move(case.pk, "resolve_at_once", actor=actor, seen=case["version"], now=now, said=reply)
    return case, use


def _lacking(decision: Decision, actor: Actor) -> dict[str, str]:
    wrong: dict[str, str] = {}
    treatment, told = decision.treatment, decision.told.strip()
    if treatment == Treatment.EMERGENCY:
        if decision.emergency_line not in set(EmergencyLine):
            wrong["emergency_line"] = _("请选择移交给哪条紧急线路。")
        if not told:
            wrong["told"] = _("请写移交情况：何时转接或代报，对方如何答复。")
    elif treatment in EXPLAINING and not told:
        wrong["told"] = _("请写向来电人作的解释。")
    if treatment == Treatment.EXPLAIN_ROUTE and not decision.route.strip():
        wrong["decision_route"] = _("请写明告知的渠道。")
    if treatment == Treatment.MERGE:
        others = Case.objects.seen_by(actor).filter(kind="hotline", number=decision.repeat_of.strip())
        if not decision.repeat_of.strip():
            wrong["repeat_of"] = _("请填要并入的工单编号；不并单的，改选别的情形。")
        elif not others.exists():
            wrong["repeat_of"] = _("没有编号为 %(number)s 的工单") % {"number": decision.repeat_of[:40]}
    return wrong


def _step_of(decision: Decision) -> tuple[str, dict[str, Any]]:
    line, treatment = decision.line, decision.treatment
    if treatment == Treatment.EMERGENCY:
        said = {"line": decision.emergency_line, "handed": decision.told, "remains": decision.remains}
        return "hand_over", said
    if treatment in EXPLAINING:
        return "explain", {"basis": line.situation, "route": decision.route, "reply": decision.told}
    words = _("适用判定表“%(line)s”：%(required)s") % {"line": line.situation, "required": line.required}
    if decision.told.strip():
        words += _("。已告知来电人：%(told)s") % {"told": decision.told.strip()}
    if treatment == Treatment.MERGE:
        return "merge", {"into": decision.repeat_of.strip(), "note": words}
    return "note", {"note": words}
