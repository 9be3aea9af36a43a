"""What a project note says of its contracts: prices, quantities, terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.check.projects import Note

_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


@dataclass(slots=True)
class Terms:
    """Prices in 元 as the note gives them."""

    per_unit: tuple[tuple[Decimal, str, Decimal], ...] = ()  # quantity, counted in, price a month
    fixed: tuple[Decimal, ...] = ()  # a month
    included: Decimal | None = None  # pieces a month
    overage: Decimal | None = None
    piece: str = "条"

    @property
    def year(self) -> Decimal:
        """Cost of twelve months without overage."""
        monthly = sum((quantity * price for quantity, _, price in self.per_unit), Decimal(0))
        return 12 * (monthly + sum(self.fixed, Decimal(0)))


def terms(note: Note) -> Terms:
    """Read the prices of a note; each is counted once however often the text repeats it."""
    text = note.text()
    units = dict.fromkeys(
        (Decimal(count), word, Decimal(price))
        for count, word, price in re.findall(
            r"(\d+)(张|部|台|套|条|路|个|名)[^，。；、\d]{0,10}?(\d+(?:\.\d+)?)元/月", text
        )
    )
    fixed = dict.fromkeys(Decimal(price) for price in re.findall(r"固定费用为?(\d+(?:\.\d+)?)元/月", text))
    included = re.search(r"含[^，。；\d]{0,6}(\d+)(条|次|分钟|件)/月", text)
    overage = re.search(r"超出部分按?(\d+(?:\.\d+)?)元/(条|次|分钟|件)", text)
    return Terms(
        tuple(units),
        tuple(fixed),
        Decimal(included[1]) if included else None,
        Decimal(overage[1]) if overage else None,
        overage[2] if overage else "条",
    )


def ends(note: Note) -> list[tuple[int, int, int]]:
    """(year signed, month signed, years) of every contract whose term is told."""
    found = re.finditer(
        r"(\d{4})年(\d{1,2})月(?:\d{1,2}日)?签[订署][^。]{0,12}?(?:合同)?(?:期限|有效期)为?([一二两三四五\d])年",
        note.text(),
    )
    return [(int(m[1]), int(m[2]), _NUMBERS.get(m[3]) or int(m[3])) for m in found]


def prices(note: Note) -> dict[str, list[str]]:
    """Every price a month with the units in which it is written."""
    found: dict[str, list[str]] = {}
    for number, unit in re.findall(r"(\d+(?:\.\d+)?)(元/[月年](?:/[张卡部人台])?)", note.text()):
        found.setdefault(number, []).append(unit)
    return found
