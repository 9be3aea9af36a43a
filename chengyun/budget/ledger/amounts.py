"""Amounts as people type them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

_FORM = re.compile(r"(\d{1,3}(,\d{3})+|\d{1,16})(\.\d{1,2})?")
_CENT = Decimal("0.01")


def amount_of(text: str) -> Decimal:
    """Read an amount in 元: ``152,500`` or ``152500.00``; nothing at all is 0.

    Raises ``ValueError`` with a sentence for the reader. Commas must stand where thousands do: ``15,25`` is
    asked back, never guessed.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return Decimal("0.00")
    if said.startswith("-"):
        raise ValueError(_("金额不能为负。"))
    if not _FORM.fullmatch(said):
        raise ValueError(
            _("“%(text)s”不是金额，请写成 152500 或 152,500.00 的样子。") % {"text": text.strip()[:30]}
        )
    found = Decimal(said.replace(",", ""))
    if found >= Decimal(10) ** 16:
        raise ValueError(_("金额太大。"))
    return found.quantize(_CENT)


def plain(amount: Decimal) -> str:
    """As it is kept in the history: two decimals, no commas."""
    return f"{amount:.2f}"
