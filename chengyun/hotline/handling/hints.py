"""Hints for the auditor: what may be wrong with an answer, why we think so, and the evidence. They decide nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.cases.models import Case, CaseEvent, Contact
from chengyun.cases.process.kinds import Outcome, Reached
from chengyun.hotline.handling.rows import bound_on
from chengyun.hotline.handling.texts import addressed, alike, bands, shingles
from chengyun.hotline.models import Reply, ReplyBand
from chengyun.kernel.clock import local
from chengyun.kernel.masking import mask_name, personal_numbers

_CANDIDATES = 30  # earlier replies that are read in full
_PROMISES = re.compile(
    r"将于|将在|尽快|近期|预计|计划|下一步|拟于|力争|待.{1,12}后|正在(?:协调|推进|研究)|后续"
)
_DATE = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}|\d{4}[-/年.]\d{1,2}|\d+\s*(?:个)?(?:日|天|周|月|小时|工作日)内|(?:今|明|后)天|本周|下周|月底|年底|[一二两三四五六七八九十]+(?:个)?(?:日|天|周|月|小时|工作日)内"
)
_SHOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint. ``name`` is its kind, ``why`` a sentence, ``evidence`` what to look at, ``number`` another order."""

    name: str
    label: str
    why: str
    evidence: tuple[str, ...] = ()
    number: str = ""


def hints_of(case: Case, answer: CaseEvent, contact: Contact | None, now: datetime) -> list[Hint]:
    """Everything that may be wrong with this answer; an empty list if nothing was noticed."""
    day = local(now).date()
    found = (
        _no_contact(answer),
        _off_topic(case, answer, day),
        _copied(case, answer, day),
        _personal(case, answer, contact),
        _no_promise(answer),
    )
    return [hint for hint in found if hint is not None]


def _no_contact(answer: CaseEvent) -> Hint | None:
    """By what the answer says, else by the first contact on record in this round or before."""
    said = dict(answer.said)
    if "contacted" not in said:
        contacts = CaseEvent.objects.filter(case_id=answer.case_id, verb="contact", seq__lt=answer.seq)
        last = contacts.order_by("-seq").first()
        said = (
            {"contacted": last.said.get("reached", ""), "contact_why_not": last.said.get("why_not", "")}
            if last is not None
            else {"contacted": ""}
        )
    if said["contacted"] == Reached.YES:
        return None
    label = _("没有先行联系市民")
    if not said["contacted"]:
        return Hint("no_contact", label, _("记录里没有先行联系。"))
    why = said.get("contact_why_not", "")
    words = _("承办单位填的是“%(what)s”。") % {"what": Reached(said["contacted"]).label}
    return Hint("no_contact", label, words, (why,) if why else ())


def _off_topic(case: Case, answer: CaseEvent, day: date) -> Hint | None:
    reply = answer.said.get("reply", "")
    least = float(bound_on("addressed_share", day))
    share, missing = addressed(_without_place(case.title, case), reply)
    told, also = addressed(_without_place(case.description, case), reply)
    if max(share, told) >= least:
        return None
    words = list(dict.fromkeys([*missing, *also]))[:_SHOWN_WORDS]
    why = _("诉求的要词在答复里只出现了 %(share)d%%，低于 %(least)d%%；没有提到的有：") % {
        "share": round(max(share, told) * 100),
        "least": round(least * 100),
    }
    return Hint("off_topic", _("答复可能没有回应诉求"), why, tuple(words))


def _without_place(text: str, case: Case) -> str:
    """Where it happened is no part of what is asked for."""
    return text.replace(case.address, " ") if case.address else text


def _copied(case: Case, answer: CaseEvent, day: date) -> Hint | None:
    pieces = shingles(answer.said.get("reply", ""))
    unit_id = case.lead_unit_id or answer.unit_id
    wanted = bands(pieces, unit_id)
    if not wanted:
        return None
    ids: list[int] = []
    for band in wanted:  # each by its index, the newest first; together they would be sorted
        rows = ReplyBand.objects.filter(band=band).order_by("-reply_id")
        ids += rows.values_list("reply_id", flat=True)[:_CANDIDATES]
    replies = Reply.objects.filter(pk__in=set(ids), at__lt=answer.at).exclude(case_id=case.pk)
    best, number = 0.0, ""
    for reply in replies.select_related("case").order_by("-id")[:_CANDIDATES]:
        event = CaseEvent.objects.filter(case_id=reply.case_id, seq=reply.event_seq).first()
        likeness = alike(pieces, shingles(event.said.get("reply", ""))) if event is not None else 0.0
        if likeness > best:
            best, number = likeness, reply.case.number
    if best < float(bound_on("copied_share", day)):
        return None
    why = _("与本单位对 %(number)s 的答复有 %(share)d%% 相同，请核对是否照抄。") % {
        "number": number,
        "share": int(best * 100),
    }
    return Hint("copied", _("答复可能照抄以前的"), why, number=number)


def _personal(case: Case, answer: CaseEvent, contact: Contact | None) -> Hint | None:
    if not (answer.said.get("public") or case.secret):
        return None
    reply = answer.said.get("reply", "")
    found = personal_numbers(reply)
    if contact is not None:
        name = contact.name.strip()
        if len(name) > 1 and name in reply:
            found.append(mask_name(name))
        if len(contact.address_detail.strip()) > 3 and contact.address_detail.strip() in reply:
            found.append(_("来电人住址"))
    if not found:
        return None
    why = _("答复要公开，里面有：") if answer.said.get("public") else _("来电人要求保密，答复里有：")
    return Hint("personal", _("答复里有个人信息"), why, tuple(dict.fromkeys(found)))


def _no_promise(answer: CaseEvent) -> Hint | None:
    said = answer.said
    if said.get("promised_on"):
        return None
    label = _("没有承诺完成日期")
    if said.get("outcome") == Outcome.UNSOLVED:
        return Hint("no_promise", label, _("处理结果是“未解决”，没有填承诺完成日期。"))
    reply = said.get("reply", "")
    vague = [found[0] for found in _PROMISES.finditer(reply)]
    if not vague or _DATE.search(reply):
        return None
    return Hint("no_promise", label, _("答复说以后再办，却没有写哪天办完："), tuple(dict.fromkeys(vague)))
