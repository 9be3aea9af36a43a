"""Show a caller in full, once, to somebody who says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.cases import privacy
from chengyun.cases.models.case import Case
from chengyun.cases.models.contact import Contact
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.access import note_access

SHORTEST_REASON = 4  # characters


def reveal(
    case_id: int, fields: Iterable[str], reason: str, *, actor: Actor, now: datetime
) -> dict[str, str]:
    """Hand out fields of a caller in full and log it; the log is on disk before anything is shown.

    1. The person may see the case, and may see its caller in full.
    2. The fields are ones there are; the reason has at least four characters.
    3. One row of the access log per field is written, then the values are returned: field -> value.

    Raises ``NotThere``, ``NotAllowed``, ``Invalid`` (fields, reason).
    """
    wanted = list(dict.fromkeys(fields))
    case = Case.objects.seen_by(actor).filter(pk=case_id).first()
    if case is None:
        raise NotThere(_("没有这个案件，或您无权查看"))
    if not privacy.may_reveal(case, actor):
        raise NotAllowed(_("您不能查看来电人的完整信息"))
    _check(wanted, reason)
    with writing():
        # Read again inside the transaction: the caller may have asked for secrecy, or the case moved on.
        case = Case.objects.seen_by(actor).get(pk=case_id)
        if not privacy.may_reveal(case, actor):
            raise NotAllowed(_("您不能查看来电人的完整信息"))
        contact = Contact.objects.filter(case_id=case_id).first()
        if contact is None and wanted != ["description"]:
            raise NotThere(_("这个案件没有登记来电人"))
        for field in wanted:
            note_access(
                subject="case",
                subject_ref=case.number,
                field=field,
                reason=reason.strip(),
                actor=actor,
                now=now,
            )
    return {field: str(getattr(case if field == "description" else contact, field)) for field in wanted}


def _check(wanted: list[str], reason: str) -> None:
    wrong: dict[str, str] = {}
    if not wanted or not set(wanted) <= set(privacy.REVEALABLE):
        wrong["fields"] = _("请选择要查看的信息项")
    if len(reason.strip()) < SHORTEST_REASON:
        wrong["reason"] = _("请写明查看理由，至少 %(least)s 个字") % {"least": SHORTEST_REASON}
    elif len(reason.strip()) > 200:
        wrong["reason"] = _("理由最多 200 个字")
    if wrong:
        raise Invalid(wrong)
