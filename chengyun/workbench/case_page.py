"""What the templates of one case get: the page, and its head alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from chengyun.cases.models import CaseClock, Contact
from chengyun.cases.privacy import REVEALABLE, contact_seen_by
from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.hotline.handling.results import results_of
from chengyun.kernel.actor import Actor
from chengyun.workbench.case_clocks import clocks_of
from chengyun.workbench.case_head import Head, head_of
from chengyun.workbench.case_messages import message_lines, woven
from chengyun.workbench.case_parts import facts_of_case, files_of, requests_of, tasks_of
from chengyun.workbench.case_ratings import rating_lines
from chengyun.workbench.case_record import CaseRecord, case_seen
from chengyun.workbench.case_text import reading_of
from chengyun.workbench.case_verbs import offers_of
from chengyun.workbench.related import related_to
from chengyun.workbench.timeline import timeline_of

HEAD_EVERY = 8  # seconds between two looks at the head while the page is open


def page_of(record: CaseRecord) -> dict[str, Any]:
    """Everything of the page of one case, and of its sheet."""
    case = record.case
    reading = reading_of(case, record.contact, record.actor, record.now)
    return {
        "case": case,
        "head": head_of(case, record.clocks, reading, record.actor),
        "description": reading.text(case.description),
        "facts": facts_of_case(record),
        "contact": contact_seen_by(case, record.contact, record.actor),
        "contact_labels": REVEALABLE,
        "offers": offers_of(record.facts, record.actor, record.now),
        "happenings": woven(
            timeline_of(record, reading), message_lines(record), rating_lines(record, reading)
        ),
        "clocks": clocks_of(record),
        "tasks": tasks_of(record),
        "requests": requests_of(record),
        "files": files_of(record),
        "file_kinds": tuple(AttachmentKind),
        "upload_id": str(uuid.uuid4()),
        "results": results_of(case) if case.kind == Kind.HOTLINE and case.answered_at is not None else None,
        "related": related_to(case, record.actor),
        "rehearsal": case.rehearsal,
        "head_every": HEAD_EVERY,
    }


def head_alone(number: str, actor: Actor, now: datetime) -> Head:
    """The head as it is now; two queries besides those of every page."""
    case = case_seen(number, actor)
    clocks = list(CaseClock.objects.filter(case_id=case.pk, ended_at__isnull=True).order_by("no"))
    contact = Contact.objects.filter(case_id=case.pk).first()
    return head_of(case, clocks, reading_of(case, contact, actor, now), actor)
