"""Reading one amount cell: what was typed is kept, a malformed number is named and never mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

GROUPED = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?")
PLAIN = re.compile(r"-?\d+(\.\d+)?")
_DASHES = {"-", "--", "—", "——", "–", "/", "―", "一"}
_NOTHING = {"无", "无数据", "空"}


class Lex(StrEnum):
    """How an amount cell is written."""

    OK = "ok"
    PLAIN = "plain"
    MALFORMED = "malformed"
    TEXT = "text"
    BLANK = "blank"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` is set where the cell is well formed; ``naive`` is what its digits say if one must guess."""

    raw: str
    lex: Lex
    value: Decimal | None
    naive: Decimal | None
    decimals: int = 0


def folded(text: str) -> str:
    """Full-width digits, letters and spaces as half-width, all white space taken out."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_amount(raw: str) -> Amount:
    """Read a cell. Blank and dash mean nought; brackets round a number mean a negative one."""
    text = folded(raw)
    if not text:
        return Amount(raw, Lex.BLANK, Decimal(0), Decimal(0))
    if text in _DASHES or text in _NOTHING:
        return Amount(raw, Lex.DASH, Decimal(0), Decimal(0))
    text = re.sub(r"^[(（](.+)[)）]$", r"-\1", text).replace("−", "-").replace("¥", "")
    if not re.search(r"\d", text):
        return Amount(raw, Lex.TEXT, None, None)
    decimals = len(text.partition(".")[2])
    if GROUPED.fullmatch(text) or PLAIN.fullmatch(text):
        value = Decimal(text.replace(",", ""))
        bare = abs(value) >= 1000 and "," not in text
        return Amount(raw, Lex.PLAIN if bare else Lex.OK, value, value, decimals)
    if not re.fullmatch(r"[-\d,.，。、;:oOlI万元]+", text):
        return Amount(raw, Lex.TEXT, None, None)
    return Amount(raw, Lex.MALFORMED, None, _naive(text), decimals)


def _naive(text: str) -> Decimal | None:
    """The digits as they stand: the last point followed by at most two digits is the decimal point."""
    sign = -1 if text.startswith("-") else 1
    whole, _, cents = re.sub(r"[^\d.]", "", text).rpartition(".")
    if not whole or len(cents) > 2:
        whole, cents = re.sub(r"\D", "", text), ""
    digits = re.sub(r"\D", "", whole)
    return sign * Decimal(f"{digits}.{cents or '0'}") if digits else None


def money(value: Decimal, decimals: int = 2) -> str:
    """An amount for people: ``6,346,395.92``."""
    return f"{value:,.{max(decimals, -int(value.normalize().as_tuple().exponent))}f}"
