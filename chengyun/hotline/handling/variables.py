"""Variables of reply templates: ``{标题}`` and so on. What a person must still write stands in 【】. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

NAMES = ("编号", "标题", "地址", "承办单位", "登记日期", "先行联系日期", "经办负责人", "今天")
_VARIABLE = re.compile(r"\{([^{}]{1,20})\}")


def unknown_in(body: str) -> list[str]:
    """Variables in a template that do not exist."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(body)) if name not in NAMES]


def filled(body: str, values: Mapping[str, str]) -> str:
    """The words of a template with its variables; one without a value becomes a gap to fill in: 【标题】."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or f"【{found[1]}】", body)
