"""Personal data has no place in an article: found before it is let out. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CITIZEN_ID = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
_BANK_CARD = re.compile(r"(?<!\d)(?:62|4|5)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")


def personal_data_in(texts: Iterable[str]) -> list[str]:
    """What looks like a mobile, citizen or card number, shortened. An office's landline is no personal data."""
    found: list[str] = []
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        for pattern in (_CITIZEN_ID, _BANK_CARD, _MOBILE):
            found += [f"{hit[:4]}…{hit[-2:]}" for hit in pattern.findall(plain)]
            plain = pattern.sub(" ", plain)
    return list(dict.fromkeys(found))
