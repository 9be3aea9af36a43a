"""Smaller parts of the case page: sub-tasks, requests, files, facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengyun.cases.attachments.access import may_have_original
from chengyun.cases.models import Attachment, Case
from chengyun.cases.process import Kind
from chengyun.cases.process.kinds import Decision, Outcome, Satisfaction
from chengyun.cases.vocabulary import AttachmentKind, Channel
from chengyun.hotline.desk.lines import uses_of
from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.kernel.words import N_
from chengyun.ui import formats
from chengyun.workbench.case_head import class_words
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.case_words import request_word

_RESULTS = {
    "done": (N_("已完成"), "good"),
    "declined": (N_("已退回"), "due-soon"),
    "sent_back": (N_("已退单"), "due-soon"),
    "recalled": (N_("已撤回"), "stopped"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A unit's part in the case: leading or helping, and where that stands."""

    unit: str
    role: str
    lead: bool
    task: str
    given_at: datetime
    given_by: str
    ended_at: datetime | None
    state: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """Something that was asked for, and the answer."""

    what: str
    reason: str
    until: datetime | None
    asked_at: datetime
    asked_by: str
    decision: str
    meaning: str
    decided_at: datetime | None
    decided_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with the addresses at which this reader may have it."""

    pk: int
    name: str
    kind: str
    size: int
    by: str
    at: datetime
    taken_at: datetime | None
    image: bool
    thumb: str
    display: str
    original: str


def tasks_of(record: CaseRecord) -> list[Task]:
    """Every assignment, open ones first, the leading unit before its helpers."""
    tasks = []
    for one in sorted(
        record.assignments, key=lambda row: (row.ended_at is not None, row.role != "lead", row.pk)
    ):
        state, meaning = _RESULTS.get(one.result, (N_("办理中"), "calm"))
        lead = one.role == "lead"
        tasks.append(
            Task(
                record.names.unit(one.unit_id), _("主办") if lead else _("协办"), lead, one.task, one.given_at,
                record.names.person(one.given_by_id) or _("系统"), one.ended_at, _(state), meaning,
            )
        )  # fmt: skip
    return tasks


def requests_of(record: CaseRecord) -> list[RequestView]:
    """Every request, newest first."""
    return [
        RequestView(
            what=request_word(one.kind),
            reason=one.reason,
            until=one.until,
            asked_at=one.asked_at,
            asked_by=record.names.person(one.asked_by_id) or _("系统"),
            decision=Decision(one.decision).label if one.decision else _undecided(record, one.kind),
            meaning={"grant": "good", "refuse": "overdue"}.get(one.decision, "due-soon"),
            decided_at=one.decided_at,
            decided_by=record.names.person(one.decided_by_id),
            answer=one.answer,
        )
        for one in reversed(record.requests)
    ]


def _undecided(record: CaseRecord, kind: str) -> str:
    return _("待审批") if record.case.pending == kind else _("未审批即失效")


def files_of(record: CaseRecord) -> list[tuple[str, list[FileView]]]:
    """The files, grouped by what they show."""
    groups: dict[str, list[FileView]] = {}
    by_kind = {row.pk: row for row in record.attachments}
    order = [str(kind) for kind in AttachmentKind]
    for row in sorted(by_kind.values(), key=lambda one: (order.index(one.kind), one.pk)):
        row.case = record.case
        groups.setdefault(AttachmentKind(row.kind).label, []).append(file_view(row, record))
    return list(groups.items())


def file_view(row: Attachment, record: CaseRecord) -> FileView:
    """One file; a reader who may not have the original gets no address of it."""
    original = may_have_original(row, record.actor)
    image = row.is_image
    return FileView(
        pk=row.pk,
        name=row.original_name,
        kind=AttachmentKind(row.kind).label,
        size=row.size,
        by=record.names.person(row.uploaded_by_id) or _("系统"),
        at=row.uploaded_at,
        taken_at=row.taken_at,
        image=image,
        thumb=reverse("cases:attachment", args=[row.pk, "thumb"]) if image else "",
        display=reverse("cases:attachment", args=[row.pk, "display"]) if image else "",
        original=reverse("cases:attachment", args=[row.pk, "original"]) if original else "",
    )


def facts_of_case(record: CaseRecord) -> list[tuple[str, str]]:
    """What was registered, as label and value; empty values are left out by the template."""
    case = record.case
    first = record.events[0] if record.events else None
    unit = record.names.unit(first.unit_id) if first else ""
    registered = formats.moment(case.registered_at, record.now)
    return [
        (_("登记"), _joined([first.actor_name if first else "", unit, registered])),
        (_("来源"), _joined([Channel(case.channel).label, case.source_system, case.source_number])),
        (_("类型"), class_words(case)),
        (_("上报人"), case.reporter.name if case.reporter else ""),
        (_("要求回复"), _wants_reply(case)),
        (_("适用判定"), _decisions(case)),
        (_("地址"), case.address),
        (_("街镇"), case.street.name if case.street else ""),
        (_("居村"), case.community.name if case.community else ""),
        (_("单元网格"), str(case.grid) if case.grid else ""),
        (_("坐标"), _coordinates(case.longitude, case.latitude, case.accuracy)),
        (_("处理结果"), Outcome(case.outcome).label if case.outcome else ""),
        (_("满意度"), Satisfaction(case.satisfaction).label if case.satisfaction else ""),
        (_("首次派遣"), formats.moment(case.dispatched_at, record.now)),
        (_("答复（处置）"), formats.moment(case.answered_at, record.now)),
        (_("结案"), formats.moment(case.closed_at, record.now)),
    ]


def _wants_reply(case: Case) -> str:
    """Only callers of the hotline are asked whether they want one."""
    if case.kind != Kind.HOTLINE:
        return ""
    return _("是") if case.wants_reply else _("否")


def _decisions(case: Case) -> str:
    """Lines of the decision table that were applied at the desk, with the route that was named."""
    if case.kind != Kind.HOTLINE:
        return ""
    found = []
    for use in uses_of(case.pk):
        words = _joined([use.line.situation, Treatment(use.line.treatment).label, use.route])
        found.append(words)
    return _("；").join(found)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _coordinates(longitude: float | None, latitude: float | None, accuracy: float | None) -> str:
    if longitude is None or latitude is None:
        return ""
    said = _("%(name)s（%(more)s）") % {"name": f"{longitude:.6f}, {latitude:.6f}", "more": "WGS-84"}
    return said + (_("，误差约 %(metres)d 米") % {"metres": accuracy} if accuracy else "")
