"""The words of this room that are kept in rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chengyun.kernel.labelled import Labelled


class CitizenRuleName(Labelled):
    """Numbers of the public's pages that the centre may set."""

    MOST_PHOTOS = "most_photos", "一次最多照片数", "Most photos at once"
    NEARBY_METRES = "nearby_metres", "附近相同问题的距离（米）", "Distance of similar reports (m)"
    PUBLIC_DAYS = "public_days", "公开最近天数", "Days shown to the public"
    COARSE_METRES = "coarse_metres", "公开位置的模糊程度（米）", "Coarseness of public positions (m)"
    CODE_MINUTES = "code_minutes", "短信验证码有效分钟", "Minutes an SMS code is good for"
    CODE_TRIES = "code_tries", "短信验证码可试次数", "Tries of an SMS code"
    PROOF_SECONDS = "proof_seconds", "填表最短秒数", "Least seconds of filling in"
    PROOF_MINUTES = "proof_minutes", "验证题有效分钟", "Minutes a question is good for"
    FOUND_HOURS = "found_hours", "查到的进度页有效小时", "Hours a found order stays open"
    REPORTS_PER_ADDRESS = "reports_per_address", "同一网络每小时上报数", "Reports an hour per network address"
    REPORTS_PER_PHONE = "reports_per_phone", "同一电话每天上报数", "Reports a day per telephone"
    CODES_PER_ADDRESS = "codes_per_address", "同一网络每小时验证码数", "Codes an hour per network address"
    CODES_PER_PHONE = "codes_per_phone", "同一电话每天验证码数", "Codes a day per telephone"
    FINDS_PER_ADDRESS = "finds_per_address", "同一网络每小时查询数", "Look-ups an hour per network address"
    FINDS_PER_ORDER = "finds_per_order", "同一编号每小时查询数", "Look-ups an hour per order"
    WORDS_PER_ADDRESS = (
        "words_per_address",
        "同一网络每小时补充、评价数",
        "Additions an hour per network address",
    )
    PHOTOS_PER_ADDRESS = "photos_per_address", "同一网络每小时照片数", "Photos an hour per network address"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a rule may be set to, and what holds where the table has no row."""

    least: int
    most: int
    usual: int

    def holds(self, value: Decimal) -> bool:
        """Whether the value is a whole number between the two."""
        return value.is_finite() and value == value.to_integral_value() and self.least <= value <= self.most


N = CitizenRuleName
BOUNDS: dict[str, Bounds] = {
    N.MOST_PHOTOS: Bounds(1, 12, 6),
    N.NEARBY_METRES: Bounds(10, 100, 100),
    N.PUBLIC_DAYS: Bounds(1, 365, 90),
    N.COARSE_METRES: Bounds(50, 2000, 200),
    N.CODE_MINUTES: Bounds(1, 30, 5),
    N.CODE_TRIES: Bounds(1, 10, 5),
    N.PROOF_SECONDS: Bounds(0, 30, 3),
    N.PROOF_MINUTES: Bounds(5, 1440, 120),
    N.FOUND_HOURS: Bounds(1, 168, 24),
    N.REPORTS_PER_ADDRESS: Bounds(1, 10000, 30),
    N.REPORTS_PER_PHONE: Bounds(1, 100, 10),
    N.CODES_PER_ADDRESS: Bounds(1, 10000, 20),
    N.CODES_PER_PHONE: Bounds(1, 50, 5),
    N.FINDS_PER_ADDRESS: Bounds(1, 10000, 30),
    N.FINDS_PER_ORDER: Bounds(1, 100, 5),
    N.WORDS_PER_ADDRESS: Bounds(1, 10000, 60),
    N.PHOTOS_PER_ADDRESS: Bounds(1, 10000, 120),
}


class WordOf(Labelled):
    """What a plain word stands for."""

    STATE = "state", "状态", "State"
    VERB = "verb", "进展", "Progress"


class LinkWay(Labelled):
    """How somebody came by the address of an order's page."""

    REPORTED = "reported", "上报时取得", "Given when reported"
    FOUND = "found", "凭编号和电话查到", "Found by number and telephone"
