"""Who looked at callers' data, for the auditor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chengyun.organisation.models import AccessLog

FIELD_LABELS = {
    "name": _("姓名"),
    "phone": _("电话"),
    "other_phone": _("备用电话"),
    "id_number": _("证件号码"),
    "address_detail": _("住址"),
    "channel_identity": _("渠道账号"),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: words in number, person or reason; first and last day, as their beginnings."""

    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


def case_accesses(sought: Sought) -> QuerySet[AccessLog]:
    """Rows of the access log that concern cases, newest first."""
    rows = AccessLog.objects.filter(subject="case").order_by("-id")
    for word in sought.text.split():
        rows = rows.filter(
            Q(subject_ref__icontains=word) | Q(by_name__icontains=word) | Q(reason__icontains=word)
        )
    if sought.since is not None:
        rows = rows.filter(at__gte=sought.since)
    if sought.until is not None:
        rows = rows.filter(at__lt=sought.until + timedelta(days=1))
    return rows
