"""One order as audit and callback read it: appeal, first contact, answer, what was said on the way. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.models import Attachment, Case, CaseClock, CaseEvent, Contact
from chengyun.cases.privacy import mask_text
from chengyun.cases.process import HOTLINE
from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import NotThere
from chengyun.kernel.loop import Ask
from chengyun.ui import formats

_SHOWN_APART = ("reply", "public", "visited")


@dataclass(frozen=True, slots=True)
class Order:
    """One order with what is read of it. Texts are masked."""

    case: Case
    contact: Contact | None
    title: str
    description: str
    facts: tuple[tuple[str, str], ...]
    answer: CaseEvent | None
    reply: str
    said: tuple[tuple[str, str], ...]
    interim: tuple[tuple[datetime, str, str], ...]  # when, who, what
    files: tuple[Attachment, ...]
    unit: str
    due_at: datetime | None


def order_of(number: str, actor: Actor, now: datetime) -> Order:
    """Read an order for audit or callback. Raises ``NotThere``."""
    seen = Case.objects.seen_by(actor).select_related("lead_unit", "contact", "street", "community")
    case = seen.defer("street__boundary", "community__boundary").filter(number=number, kind="hotline").first()
    if case is None:
        raise NotThere(_("没有编号为 %(number)s 的工单，或您无权查看") % {"number": number})
    contact = getattr(case, "contact", None)
    events = list(CaseEvent.objects.filter(case_id=case.pk).order_by("seq"))
    answer = next((event for event in reversed(events) if event.verb == "answer"), None)
    files = Attachment.objects.filter(case_id=case.pk).order_by("id")
    clock = (
        CaseClock.objects.filter(case_id=case.pk, ended_at=None, paused_at=None).order_by("due_at").first()
    )
    return Order(
        case=case,
        contact=contact,
        title=mask_text(case.title, contact),
        description=mask_text(case.description, contact),
        facts=tuple(_facts(case, now)),
        answer=answer,
        reply=mask_text(answer.said.get("reply", ""), contact) if answer is not None else "",
        said=tuple(_said(answer, contact, now)) if answer is not None else (),
        interim=tuple(_interim(events, contact)),
        files=tuple(files),
        unit=case.lead_unit.name if case.lead_unit else "",
        due_at=clock.due_at if clock is not None else None,
    )


def _facts(case: Case, now: datetime) -> list[tuple[str, str]]:
    found = item(case.catalogue_key) if case.catalogue_key else None
    place = " / ".join(area.name for area in (case.street, case.community) if area is not None)
    return [
        (_("类型"), AppealType(case.appeal_type).label if case.appeal_type else ""),
        (_("分类"), found.path if found is not None else case.catalogue_key),
        (_("来源"), Channel(case.channel).label),
        (_("登记"), formats.moment(case.registered_at, now)),
        (_("地址"), case.address),
        (_("街镇"), place),
        (_("返工"), _("%(n)d 次") % {"n": case.reworks} if case.reworks else ""),
        (_("重办"), _("%(n)d 次") % {"n": case.rounds} if case.rounds else ""),
    ]


def _said(answer: CaseEvent, contact: Contact | None, now: datetime) -> list[tuple[str, str]]:
    """What the unit filled in beside the words of the reply, under the labels of its form."""
    lines = []
    for ask in HOTLINE.verb_named["answer"].asks:
        value = answer.said.get(ask.name)
        if ask.name not in _SHOWN_APART and value not in (None, ""):
            lines.append((_(ask.label), mask_text(value_words(ask, value, now), contact)))
    flags = (("visited", _("现场")), ("public", _("公开")))
    words = {"visited": (_("已查看"), _("未查看")), "public": (_("可以公开"), _("不公开"))}
    lines += [(label, words[name][0 if answer.said.get(name) else 1]) for name, label in flags]
    return lines


def value_words(ask: Ask, value: Any, now: datetime) -> str:
    """What was filled in, in words."""
    if ask.choices is not None:
        try:
            return ask.choices(value).label
        except ValueError:
            return str(value)
    if ask.kind == "moment":
        return formats.moment(datetime.fromisoformat(value), now)
    if ask.kind == "date":
        return formats.day(datetime.fromisoformat(value).replace(tzinfo=SHANGHAI), now)
    return str(value)


def _interim(events: list[CaseEvent], contact: Contact | None) -> list[tuple[datetime, str, str]]:
    found = []
    for event in events:
        text = event.said.get("report") or event.said.get("reason") or event.said.get("note") or ""
        if event.verb in ("report_interim", "help_report", "fail_audit", "rehandle") and text:
            found.append((event.at, event.actor_name, mask_text(text, contact)))
    return found
