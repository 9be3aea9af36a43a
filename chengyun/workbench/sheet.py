"""The XLSX file of a list. Every text is written as text: a title that begins with = is no formula.

Callers' data are masked exactly as on the page, and texts have their telephone and citizen numbers masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import contact_seen_by
from chengyun.cases.process import Kind
from chengyun.cases.process.kinds import Outcome, Satisfaction
from chengyun.cases.vocabulary import AppealType, Channel, Urgency
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import CENTRE
from chengyun.organisation.queries import unit_tree
from chengyun.workbench.case_text import Reading
from chengyun.workbench.case_words import state_word, timer_word
from chengyun.workbench.queries.names import area_names
from chengyun.workbench.queries.rows import label_of

_LONGEST = 32_767  # characters in one cell


def columns() -> list[tuple[str, int]]:
    """Heading and width of each column, in order."""
    return [
        (_("编号"), 24), (_("种类"), 10), (_("状态"), 12), (_("标题"), 40), (_("内容"), 60), (_("类别"), 30),
        (_("诉求类型"), 10), (_("来源"), 12), (_("紧急程度"), 10), (_("街镇"), 12), (_("居村"), 16),
        (_("地址"), 30), (_("来电人"), 10), (_("电话"), 16), (_("承办单位"), 20), (_("当前环节"), 12),
        (_("截止"), 17), (_("登记"), 17), (_("派遣"), 17), (_("答复"), 17), (_("结案"), 17), (_("退单次数"), 9),
        (_("重办次数"), 9), (_("超时环节"), 9), (_("处理结果"), 12), (_("满意度"), 12), (_("保密"), 6),
        (_("演练"), 6),
    ]  # fmt: skip


class Sheet:
    """One file being written; rows go to disk as they come."""

    def __init__(self, path: Path, actor: Actor, now: datetime) -> None:
        self.written = 0
        self._actor, self._now = actor, now
        self._units = {node.id: node.name for node in unit_tree(actor)}
        self._areas = area_names()
        self._book = xlsxwriter.Workbook(
            path,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd hh:mm",
            },
        )
        self._sheet = self._book.add_worksheet(_("案件"))
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._line = 0

    def head(self, title: str, labels: Iterable[tuple[str, str]], total: int, *, rehearsal: bool) -> None:
        """Say what this is: the list, its filter, who took it, when, how many; and if it is a rehearsal."""
        for place, (_heading, width) in enumerate(columns()):
            self._sheet.set_column(place, place, width)
        narrowed = "；".join(f"{label}：{value}" for label, value in labels) or _("无")
        lines = [
            (_("列表"), title),
            (_("筛选"), narrowed),
            (_("导出人"), self._actor.name),
            (_("导出时间"), f"{local(self._now):%Y-%m-%d %H:%M}"),
            (_("条数"), f"{total:,}"),
            (_("说明"), _("时间为北京时间；个人信息已按规定脱敏，请勿外传")),
        ]
        if rehearsal:
            lines.insert(0, (_("注意"), _("含演练数据，不是真实诉求")))
        for label, value in lines:
            self._sheet.write_string(self._line, 0, label, self._bold)
            self._sheet.write_string(self._line, 1, value)
            self._line += 1
        self._line += 1
        for place, (heading, _width) in enumerate(columns()):
            self._sheet.write_string(self._line, place, heading, self._bold)
        self._line += 1

    def write(self, cases: Sequence[Case]) -> None:
        """Append some cases (``contact`` selected with them)."""
        for case in cases:
            for place, value in enumerate(self._cells(case)):
                self._cell(place, value)
            self._line += 1
            self.written += 1

    def close(self) -> None:
        """Put the file together."""
        self._book.close()

    def _cell(self, place: int, value: Any) -> None:
        if value in (None, ""):
            return
        if isinstance(value, datetime):
            self._sheet.write_datetime(self._line, place, local(value).replace(tzinfo=None), self._moment)
        elif isinstance(value, int):
            self._sheet.write_number(self._line, place, value)
        else:
            self._sheet.write_string(self._line, place, str(value)[:_LONGEST])

    def _cells(self, case: Case) -> list[Any]:
        contact: Contact | None = getattr(case, "contact", None)
        caller = contact_seen_by(case, contact, self._actor)
        secret = case.secret and not self._actor.holds(*CENTRE)
        text = Reading(contact, secret=secret, now=self._now).text
        found = item(case.catalogue_key) if case.catalogue_key else None
        return [
            case.number,
            Kind(case.kind).label,
            state_word(case.kind, case.state),
            text(case.title),
            text(case.description),
            found.path if found else case.catalogue_key,
            label_of(AppealType, case.appeal_type),
            label_of(Channel, case.channel),
            label_of(Urgency, case.urgency),
            self._areas.get(case.street_id or 0, ""),
            self._areas.get(case.community_id or 0, ""),
            text(case.address),
            caller.name,
            caller.phone,
            self._units.get(case.lead_unit_id or 0, ""),
            timer_word(case.kind, case.stage) if case.stage else "",
            case.due_at,
            case.registered_at,
            case.dispatched_at,
            case.answered_at,
            case.closed_at,
            case.send_backs,
            case.rounds,
            case.overdue_stages,
            label_of(Outcome, case.outcome),
            label_of(Satisfaction, case.satisfaction),
            _("是") if case.secret else "",
            _("是") if case.rehearsal else "",
        ]
