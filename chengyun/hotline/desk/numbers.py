"""Telephone numbers as telephone systems and people write them. Pure."""

from __future__ import annotations

import re

LEAST_DIGITS, MOST = 7, 20
_NUMBER = re.compile(r"\+?\d{3,19}")
_HIDDEN = frozenset({"", "anonymous", "unknown", "private", "restricted", "unavailable"})


def plain(number: str) -> str:
    """Without blanks, hyphens, brackets and the country code: ``+86 138-1234-5678`` -> ``13812345678``."""
    digits = re.sub(r"[\s\-()（）]", "", number)
    for country in ("+86", "0086"):
        if digits.startswith(country) and len(digits) > len(country) + LEAST_DIGITS:
            return digits.removeprefix(country)
    return digits


def is_hidden(number: str) -> bool:
    """Whether the telephone system says that the caller's number is not known."""
    return number.strip().lower() in _HIDDEN


def is_number(number: str) -> bool:
    """Whether a plain number can be one: 3 to 19 digits, so that 110 is one."""
    return bool(_NUMBER.fullmatch(number))


def is_whole(number: str) -> bool:
    """Whether enough is there to look a caller up by."""
    return is_number(number) and len(number) >= LEAST_DIGITS
