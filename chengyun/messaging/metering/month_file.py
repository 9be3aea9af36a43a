"""The month as CSV, row by row, to be held against the operator's bill. Numbers are masked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chengyun.kernel.clock import local
from chengyun.kernel.masking import mask_phone
from chengyun.messaging.codes import in_words
from chengyun.messaging.metering.usage import billed
from chengyun.messaging.states import MessageState

BATCH = 2000
BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet program takes the file for GBK
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(month: date) -> Iterator[str]:
    """One line a billed hand-over: when, number, template, reference, segments, gateway and its own number."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield _written(writer, [
        _("提交时间"), _("短信编号"), _("接收号码"), _("模板"), _("关联编号"), _("段"), _("条数"),
        _("网关"), _("网关消息号"), _("状态"), _("回执"), _("可能重发"),
    ])  # fmt: skip
    last = 0
    while True:
        rows = list(billed(month).filter(pk__gt=last).select_related("message").order_by("pk")[:BATCH])
        for row in rows:
            yield _written(writer, _cells(row))
        if len(rows) < BATCH:
            return
        last = rows[-1].pk


def _cells(row: Any) -> list[Any]:
    message = row.message
    return [
        f"{local(row.at):%Y-%m-%d %H:%M:%S}",
        message.pk,
        mask_phone(message.phone),
        message.template_name,
        message.about,
        row.number or _("整条"),
        row.segments,
        row.gateway,
        row.gateway_id,
        MessageState(message.state).label,
        in_words(message.code),
        _("是") if message.possibly_twice else "",
    ]


def _written(writer: Any, cells: list[Any]) -> str:
    line: str = writer.writerow([_harmless(cell) for cell in cells])
    return line


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet program would take for a formula gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
