"""What the citizen says of an order beside the callback, as lines of its history.

A rating that became the callback is an event already; one that came later, by text message or web page, is a
row of the hotline only and would be missing from the story.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.cases.process import Kind
from chengyun.cases.process.kinds import DISSATISFIED, Outcome, Satisfaction, Way
from chengyun.hotline.models import Rating
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.case_text import Reading
from chengyun.workbench.timeline import Happening, SaidLine


def rating_lines(record: CaseRecord, reading: Reading) -> list[Happening]:
    """The ratings that are no event, in the shape of the timeline; one query."""
    if record.case.kind != Kind.HOTLINE or record.case.answered_at is None:
        return []
    rows = Rating.objects.filter(case_id=record.case.pk, event_seq=None).order_by("id")
    return [_line(row, reading) for row in rows]


def _line(row: Rating, reading: Reading) -> Happening:
    satisfaction = Satisfaction(row.satisfaction)
    said = [
        SaidLine(_("评价方式"), str(Way(row.way).label)),
        SaidLine(_("满意度"), str(satisfaction.label)),
        SaidLine(_("市民认为"), str(Outcome(row.outcome).label) if row.outcome else ""),
        SaidLine(_("市民反馈"), reading.text(row.said), long=True),
    ]
    return Happening(
        seq=row.pk,
        moment=row.at,
        what=_("市民评价"),
        who=_("市民"),
        behalf="",
        unit="",
        moved="",
        system=False,
        meaning="overdue" if satisfaction in DISSATISFIED else "",
        said=tuple(line for line in said if line.value),
        changes=(),
        attachments=(),
        source="rating",
    )
