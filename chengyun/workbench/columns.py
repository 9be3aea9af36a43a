"""Columns of the lists of cases. The cells are drawn by ``_rows.html`` in the same order."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

Column = dict[str, Any]

_NUMBER: Column = {"key": "number", "label": _("编号"), "narrow": True, "fixed": True}
_TITLE: Column = {"key": "title", "label": _("标题与类别"), "fixed": True}
_STATE: Column = {"key": "state", "label": _("状态"), "narrow": True}
_CLOCK: Column = {"key": "clock", "label": _("剩余时间"), "narrow": True}

WHOLE: tuple[Column, ...] = (
    _NUMBER,
    _TITLE,
    _STATE,
    {**_CLOCK, "sort": "due"},
    {"key": "place", "label": _("地点")},
    {"key": "unit", "label": _("承办")},
    {"key": "registered", "label": _("登记与来源"), "sort": "registered", "narrow": True},
)
BRIEF: tuple[Column, ...] = (
    _NUMBER,
    _TITLE,
    _STATE,
    _CLOCK,
    {"key": "place", "label": _("地点")},
    {"key": "unit", "label": _("承办")},
)


def columns_for(by_due: bool) -> list[Column]:
    """All columns; by due time can be sorted only what has a clock."""
    return [
        {**column, "sort": ""} if column.get("sort") == "due" and not by_due else column for column in WHOLE
    ]
