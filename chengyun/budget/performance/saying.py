"""Sentences of this part in the reader's language, from codes that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.kernel.measures import measure
from chengyun.ui.formats import english


def reason_words(said: Mapping[str, str]) -> str:
    """Why a light of the monitoring is not green."""
    words = {
        "no_execution": _("没有录入执行数，无法评判执行进度"),
        "behind": _("执行率落后时间进度 %(value)s 个百分点"),
        "ahead": _("执行率超前时间进度 %(value)s 个百分点"),
        "no_data": _("%(name)s：没有数据，不评分"),
        "short": _("%(name)s：只达到进度要求的 %(value)s%%"),
    }
    return words[said["code"]] % {"value": said.get("value", ""), "name": said.get("name", "")}


def measure_words(name: str) -> str:
    """What a measure is called; its bare name where nobody offers it."""
    found = measure(name) if name else None
    if found is None:
        return name
    return found.en if english() else found.label


def number_words(value: Decimal | float | None, places: int = 2) -> str:
    """A number with separators and without idle noughts; "" where there is none."""
    if value is None:
        return ""
    said = f"{value:,.{places}f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
