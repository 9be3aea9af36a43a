"""Masks for personal data: what a page, export or message log shows until somebody asks with a reason.

Shapes follow common practice for 个人信息保护法 art. 51 (de-identification):
138****1234, 张*, 310113********1234.
"""

from __future__ import annotations

import re

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[- ]?(\d{3,4})(\d{4})(?!\d)")
_CITIZEN_ID = re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])")


def mask_phone(phone: str) -> str:
    """``13812341234`` -> ``138****1234``; short numbers keep the last two digits; empty stays empty."""
    digits = re.sub(r"\D", "", phone)
    if not digits:
        return "" if not phone.strip() else "****"
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 7:
        return f"****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) > 4 else "****"


def mask_name(name: str) -> str:
    """``张三`` -> ``张*``, ``欧阳小明`` -> ``欧*``: one character and a star, hiding the length too."""
    name = name.strip()
    return f"{name[0]}*" if name else ""


def mask_id_number(number: str) -> str:
    """``310113199001011234`` -> ``310113********1234``; other numbers keep their last four signs."""
    number = number.strip()
    if not number:
        return ""
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    return f"********{number[-4:]}" if len(number) > 8 else "********"


def mask_phones_in_text(text: str) -> str:
    """Mask every mobile, landline and citizen number inside free text; the rest stays as it is."""
    text = _CITIZEN_ID.sub(r"\1********\2", text)
    text = _MOBILE.sub(r"\1****\3", text)
    return _LANDLINE.sub(r"\1-****\3", text)


def personal_numbers(text: str) -> list[str]:
    """Mobile, landline and citizen numbers found in a text, each masked."""
    found = [f"{one[1]}********{one[2]}" for one in _CITIZEN_ID.finditer(text)]
    text = _CITIZEN_ID.sub("", text)
    found += [f"{one[1]}****{one[3]}" for one in _MOBILE.finditer(text)]
    return found + [f"{one[1]}-****{one[3]}" for one in _LANDLINE.finditer(_MOBILE.sub("", text))]
