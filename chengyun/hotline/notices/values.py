"""What stands in a message. Of a secret order it says nothing but its number."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.cases.models import Case, CaseClock, CaseEvent
from chengyun.hotline.notices.recipients import Recipient
from chengyun.kernel.clock import local
from chengyun.kernel.masking import mask_phones_in_text


def values_of(recipient: Recipient, event: CaseEvent) -> dict[str, str]:
    """The values of every place that a template about an order may have.

    ``event`` is of the order that is worked on; a merged order lends only its own number and title. A message
    may be read by others on the same phone: of an order to be kept secret it holds no detail.
    """
    case = event.case
    secret = case.secret or recipient.case.secret
    return {
        "number": recipient.case.number,
        "title": _("诉求") if secret else mask_phones_in_text(recipient.case.title),
        "unit": _("承办单位") if secret or case.lead_unit is None else case.lead_unit.name,
        "due": _due(case, "rehandle" if event.verb == "rehandle" else "disposal"),
        "result": _("办理结果请拨打 12345 查询") if secret else _result(case, event),
    }


def _due(case: Case, stage: str) -> str:
    clock = CaseClock.objects.filter(case=case, stage=stage).order_by("-no").first()
    return in_words(clock.due_at) if clock is not None else _("规定期限")


def in_words(moment: datetime) -> str:
    """``11月27日 17:00``, on a clock in Shanghai."""
    at = local(moment)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def _result(case: Case, event: CaseEvent) -> str:
    """What was answered in this event, or by the unit last before it, without line breaks and numbers of phones."""
    answer: CaseEvent | None = event
    if "reply" not in event.said:
        answer = (
            CaseEvent.objects.filter(case=case, verb="answer", seq__lt=event.seq).order_by("-seq").first()
        )
    said = str(answer.said.get("reply", "")) if answer is not None else ""
    return mask_phones_in_text(" ".join(said.split())).rstrip("。；;.") or _("详情请拨打 12345")
