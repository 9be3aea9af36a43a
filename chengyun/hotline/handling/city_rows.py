"""From a row of one of the city's lists to what it says of an order. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chengyun.cases.process.kinds import Outcome, Satisfaction
from chengyun.hotline.handling.words import CityList, Contacted
from chengyun.kernel.errors import Invalid

# Headings met in the lists of Shanghai platforms (secondary sources); the first that is there is read.
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": (
        "工单编号",
        "工单号",
        "市工单号",
        "市平台工单号",
        "12345工单号",
        "热线工单号",
        "HOTLINESN",
        "TASKID",
    ),
    "contacted": ("是否先行联系", "先行联系", "先行联系情况", "ISFIRSTCONTACT"),
    "outcome": ("解决情况", "是否解决", "实际解决情况", "诉求解决"),
    "satisfaction": ("综合满意度", "满意度", "市民满意度", "满意情况", "是否满意"),
    "called_on": ("回访日期", "回访时间", "市回访时间"),
    "said": ("回访内容", "市民反馈", "市民反馈说明", "不满意原因", "备注"),
}
_CONTACTED = {
    "是": Contacted.YES, "1": Contacted.YES, "已先行联系": Contacted.YES, "已联系": Contacted.YES,
    "否": Contacted.NO, "0": Contacted.NO, "未先行联系": Contacted.NO, "未联系": Contacted.NO,
    "2": Contacted.NOT_JUDGED, "不考核": Contacted.NOT_JUDGED,
}  # fmt: skip
_OUTCOMES = {
    "实际解决": Outcome.SOLVED, "已解决": Outcome.SOLVED, "是": Outcome.SOLVED, "解决": Outcome.SOLVED,
    "解释说明": Outcome.EXPLAINED, "未解决": Outcome.UNSOLVED, "否": Outcome.UNSOLVED,
}  # fmt: skip
_GRADES = {one.zh: one for one in Satisfaction} | {
    "是": Satisfaction.SATISFIED, "否": Satisfaction.DISSATISFIED, "未接听": Satisfaction.UNREACHED,
}  # fmt: skip
_BY_LIST: dict[CityList, tuple[str, str]] = {
    CityList.UNSATISFIED: ("satisfaction", Satisfaction.DISSATISFIED.value),
    CityList.UNSOLVED: ("outcome", Outcome.UNSOLVED.value),
    CityList.UNCONTACTED: ("contacted", Contacted.NO.value),
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True, slots=True)
class CityRow:
    """What one row says; empty where it says nothing."""

    number: str
    contacted: str = ""
    outcome: str = ""
    satisfaction: str = ""
    called_on: date | None = None
    said: str = ""

    @property
    def digest(self) -> str:
        """The same for the same words, whichever list they came with."""
        parts = (self.contacted, self.outcome, self.satisfaction, str(self.called_on or ""), self.said)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def columns_of(header: Mapping[str, Any]) -> dict[str, str]:
    """Which heading holds what; without ``number`` the file cannot be used."""
    found = {}
    for name, headings in COLUMNS.items():
        heading = next((one for one in headings if one in header), "")
        if heading:
            found[name] = heading
    return found


def city_row(kind: CityList, columns: Mapping[str, str], values: Mapping[str, Any], today: date) -> CityRow:
    """Read a row. Raises ``Invalid`` naming heading and reason."""
    said = {name: _text(values.get(heading)) for name, heading in columns.items()}
    wrong: dict[str, str] = {}
    facts: dict[str, Any] = {"number": said.get("number", "").replace(" ", "")[:60]}
    if not facts["number"]:
        wrong["number"] = f"{columns.get('number', '')}：为空"
    words: tuple[tuple[str, dict[str, Any]], ...] = (
        ("contacted", _CONTACTED),
        ("outcome", _OUTCOMES),
        ("satisfaction", _GRADES),
    )
    for name, known in words:
        text = said.get(name, "")
        if text and text not in known:
            wrong[name] = f"{columns[name]}：“{text[:40]}”不认识，可以是 {'、'.join(known)}"
        elif text:
            facts[name] = str(known[text])
    if kind in _BY_LIST:
        name, value = _BY_LIST[kind]
        facts.setdefault(name, value)
    _day(said.get("called_on", ""), columns, today, facts, wrong)
    facts["said"] = said.get("said", "")[:2000]
    if not wrong and not any(facts.get(name) for name in ("contacted", "outcome", "satisfaction")):
        wrong["satisfaction"] = "先行联系、解决情况、满意度都是空的"
    if wrong:
        raise Invalid(wrong)
    return CityRow(**facts)


def _day(
    text: str, columns: Mapping[str, str], today: date, facts: dict[str, Any], wrong: dict[str, str]
) -> None:
    if not text:
        return
    found = _DAY.match(text)
    try:
        if found is None:
            raise ValueError
        facts["called_on"] = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        wrong["called_on"] = f"{columns['called_on']}：“{text[:40]}”应写成 2026-11-23 的样子"
        return
    if facts["called_on"] > today:
        wrong["called_on"] = f"{columns['called_on']}：“{text[:40]}”在将来"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "").strip()
