"""The structure of area and grid codes. Pure.

District 6 digits (GB/T 2260), street or town + 3, community + 3, unit grid + 3: 15 in all for a unit grid
(GB/T 47678 series as reported by public repositories; check against the purchased standard before claiming
conformity). Only the structure is judged here, not whether the place exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chengyun.kernel.errors import Invalid

DISTRICT, STREET, COMMUNITY, UNIT_GRID = 6, 9, 12, 15
_DIGITS = re.compile(r"[0-9]+\Z", re.ASCII)
_GROUP = re.compile(r"[0-9A-Z][0-9A-Z-]{2,19}\Z", re.ASCII)
_VILLAGE_FROM = 200  # villagers' committees are numbered from 201, residents' committees from 001


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart; parts beyond its length are empty."""

    district: str
    street: str = ""
    community: str = ""
    serial: str = ""

    def __str__(self) -> str:
        return self.district + self.street + self.community + self.serial

    @property
    def street_code(self) -> str:
        """The 9 digits of the street, or nothing for a district."""
        return self.district + self.street if self.street else ""

    @property
    def community_code(self) -> str:
        """The 12 digits of the community, or nothing above it."""
        return self.street_code + self.community if self.community else ""

    @property
    def parent(self) -> str:
        """The code one level up; nothing for a district."""
        return str(self)[:-3] if self.street else ""

    @property
    def is_village(self) -> bool:
        """Whether the community is a villagers' committee (村委会) by its number."""
        return bool(self.community) and int(self.community) > _VILLAGE_FROM


def parse(text: str) -> Code:
    """Take a 6-, 9-, 12- or 15-digit code apart; raise ``Invalid`` on ``code`` saying what is wrong."""
    code = text.strip()
    if not _DIGITS.match(code):
        raise Invalid({"code": _("代码“%(code)s”只能由数字组成") % {"code": text}})
    if len(code) not in (DISTRICT, STREET, COMMUNITY, UNIT_GRID):
        raise Invalid(
            {
                "code": _(
                    "代码“%(code)s”有 %(length)d 位；应为 6（区）、9（街镇）、12（居村）或 15（单元网格）位"
                )
                % {"code": text, "length": len(code)}
            }
        )
    if code[0] == "0":
        raise Invalid({"code": _("代码“%(code)s”的区划部分不能以 0 开头") % {"code": text}})
    parts = Code(code[:6], code[6:9], code[9:12], code[12:15])
    if "000" in (parts.street, parts.community, parts.serial):
        raise Invalid({"code": _("代码“%(code)s”中某一级是 000，顺序号应从 001 起") % {"code": text}})
    return parts


def _is(text: str, length: int) -> bool:
    try:
        parse(text)
    except Invalid:
        return False
    return len(text) == length


def valid_district_code(text: str) -> bool:
    """6 digits."""
    return _is(text, DISTRICT)


def valid_street_code(text: str) -> bool:
    """9 digits."""
    return _is(text, STREET)


def valid_community_code(text: str) -> bool:
    """12 digits."""
    return _is(text, COMMUNITY)


def valid_grid_code(text: str) -> bool:
    """15 digits: the code of a unit grid."""
    return _is(text, UNIT_GRID)


def valid_group_code(text: str) -> bool:
    """Grouping grids are numbered by the city itself: 3 to 20 capital letters, digits and hyphens."""
    return bool(_GROUP.match(text))
