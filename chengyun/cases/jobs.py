"""What this room does by the clock."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chengyun.cases.actions.move import move
from chengyun.cases.models import Attachment, CaseClock
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing

logger = logging.getLogger(__name__)

# A form that was left lying for longer is not taken up again; its draft lives for twelve hours.
UPLOADS_WAIT = timedelta(days=2)


def resume_suspended(*, now: datetime) -> int:
    """Resume every case whose suspension (挂起, 挂账) has come to its end; return how many."""
    ended = CaseClock.objects.filter(stage="suspension", ended_at__isnull=True, due_at__lte=now)
    resumed = 0
    for case_id, version in ended.values_list("case_id", "case__version").order_by("due_at")[:500]:
        try:
            move(case_id, "resume", actor=SYSTEM, seen=version, now=now, said={"note": "挂起期满，自动恢复"})
        except Refused as error:  # somebody was quicker; the next run sees how it stands
            logger.info("case %s was not resumed: %s", case_id, error)
        else:
            resumed += 1
    return resumed


def forget_abandoned_uploads(*, now: datetime) -> int:
    """Forget uploads that no verb took up within two days, so that they do not count as waiting; return how many.

    Their contents stay in the store: another attachment may point at the same one.
    """
    with writing():
        abandoned = Attachment.objects.filter(case=None, uploaded_at__lt=now - UPLOADS_WAIT)
        return abandoned.delete()[0]
