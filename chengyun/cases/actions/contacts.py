"""Keep who called, apart from the case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.models.contact import Contact
from chengyun.kernel.errors import Invalid
from chengyun.kernel.rows import Table

_COLUMNS = (
    "name",
    "phone",
    "phone_tail",
    "other_phone",
    "id_number",
    "address_detail",
    "channel_identity",
)
CONTACTS = Table(Contact, ("case_id", *_COLUMNS))
_PHONE = re.compile(r"\+?\d[\d\- ]{4,18}")
_MOST = {"name": 60, "id_number": 32, "address_detail": 200, "channel_identity": 80}
_NAMES = frozenset(_COLUMNS) - {"phone_tail"}


def contact_row(case_id: int, said: Mapping[str, Any]) -> list[Any]:
    """One row for the table, from checked values."""
    phone = str(said.get("phone", ""))
    values = {**said, "phone_tail": phone[-4:] if len(phone) >= 7 else ""}
    return [case_id, *(values.get(name, "") for name in _COLUMNS)]


def checked_contact(said: Mapping[str, Any]) -> dict[str, str]:
    """Trim and check what was said of the caller. Raises ``Invalid`` naming each wrong field."""
    wrong: dict[str, str] = {}
    cleaned: dict[str, str] = {}
    for name, value in said.items():
        if name not in _NAMES:
            wrong[name] = _("来电人信息里没有“%(name)s”这一项") % {"name": name}
            continue
        text = str(value or "").strip()
        if name in {"phone", "other_phone"}:
            if text and not _PHONE.fullmatch(text):
                wrong[name] = _("电话应为数字，可带区号和短横，如 021-56100000 或 13800001234")
            text = re.sub(r"[\- ]", "", text)
        elif len(text) > _MOST[name] or "\x00" in text:
            wrong[name] = _("最多 %(most)d 字") % {"most": _MOST[name]}
        cleaned[name] = text
    if wrong:
        raise Invalid(wrong)
    return cleaned
