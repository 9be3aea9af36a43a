"""The text messages about a case as lines of its history: which, to whom (masked), what became of it."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengyun.cases.process import Kind
from chengyun.messaging.models import Message
from chengyun.messaging.policies import may_read
from chengyun.messaging.queries import messages_about
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.timeline import Happening, SaidLine


def message_lines(record: CaseRecord) -> list[Happening]:
    """The messages that this reader may see, in the shape of the timeline; one query, none for who may not."""
    if record.case.kind != Kind.HOTLINE or not may_read(record.actor):
        return []
    return [_line(message) for message in messages_about(record.case.number, record.actor)]


def woven(happenings: list[Happening], *others: list[Happening]) -> list[Happening]:
    """All, newest first; what happened at the same moment stays in the order of the events."""
    beside = [one for lines in others for one in lines]
    return sorted([*beside, *happenings], key=lambda one: one.moment, reverse=True)


def _line(message: Message) -> Happening:
    template = message.version.template
    english = (get_language() or "").startswith("en") and template.label_en
    state = message.state_seen
    became = _("%(state)s：%(why)s") % {"state": state.label, "why": message.why_label}
    said = [SaidLine(_("发往"), message.masked_phone), SaidLine(_("内容"), message.masked_text, long=True)]
    if message.possibly_twice:
        said.append(SaidLine(_("提示"), _("链路中断过，对方可能收到两遍")))
    return Happening(
        seq=message.pk,
        moment=message.written_at,
        what=_("短信：%(label)s") % {"label": english or template.label},
        who=_("系统"),
        behalf="",
        unit="",
        moved=became if message.why else state.label,
        system=True,
        meaning="" if state.meaning == "calm" else state.meaning,
        said=tuple(line for line in said if line.value),
        changes=(),
        attachments=(),
        source="message",
    )
