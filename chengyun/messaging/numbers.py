"""Mobile numbers as messages need them: eleven digits of the mainland. Pure."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"1[3-9]\d{9}")
_WIDE = str.maketrans("０１２３４５６７８９＋－（）", "0123456789+-()")


def mobile(text: str) -> str:
    """The eleven digits of a mobile number, however it was typed; "" if it is none.

    ``+86 138-1234-5678``, ``0086 13812345678`` and full-width digits are understood; a landline is no number
    for messages.
    """
    digits = re.sub(r"[\s()\-+.]", "", text.translate(_WIDE))
    digits = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    return digits if _MOBILE.fullmatch(digits) else ""
