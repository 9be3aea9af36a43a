"""What an item of a contract costs in a month. Pure: quantities in, yuan and the formula out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chengyun.budget.contracts.months import days_in
from chengyun.budget.contracts.words import ItemKind, PartMonth

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """The price of an item, in yuan.

    ``price`` is that of one unit a month, the monthly fee of a package, or the whole of a one-off item.
    ``quantity`` is what was agreed; ``included`` and ``above`` (the price of each unit beyond) belong to a
    package; ``cap`` is the most that a month may cost; ``due`` is the month of a one-off item.
    """

    kind: ItemKind
    price: Decimal
    unit: str = ""
    quantity: Decimal = Decimal(1)
    included: Decimal = ZERO
    above: Decimal = ZERO
    cap: Decimal | None = None
    part_month: PartMonth = PartMonth.WHOLE
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A month's cost with the formula that gave it. ``assumed``: no usage was known, the agreed stands for it."""

    amount: Decimal
    formula: str
    used: Decimal | None = None
    assumed: bool = False


def charge(terms: Terms, month: date, used: Decimal | None, days: int | None = None) -> Charge:
    """What ``month`` costs when so much was used and the contract holds on ``days`` of its days.

    ``used`` None: not known; then the agreed quantity counts, of a package nothing beyond what is included.
    ``days`` None: the whole month. No day, no cost; a one-off item costs in its month alone. Rounded half up
    to the cent, once, at the end.
    """
    whole = days_in(month)
    held = whole if days is None else min(days, whole)
    if terms.kind is ItemKind.ONE_OFF:
        if terms.due != month:
            return Charge(Decimal("0.00"), "0")
        return Charge(_cents(terms.price), f"{plain(terms.price)} 元")
    if held <= 0:
        return Charge(Decimal("0.00"), "0")
    part = Decimal(held) / whole if terms.part_month is PartMonth.DAYS else Decimal(1)
    shown = f" × {held}/{whole}" if part != 1 else ""
    if terms.kind is ItemKind.PER_UNIT:
        quantity = terms.quantity if used is None else used
        raw = quantity * terms.price * part
        formula = f"{plain(quantity)} {terms.unit} × {plain(terms.price)} 元{shown}"
        return _capped(terms, raw, formula, quantity, used is None)
    return _package(terms, used, part, shown)


def _package(terms: Terms, used: Decimal | None, part: Decimal, shown: str) -> Charge:
    included = terms.included * part
    quantity = ZERO if used is None else used
    beyond = max(quantity - included, ZERO)
    fee = f"{plain(terms.price)} 元{shown}"
    if not beyond:
        return _capped(terms, terms.price * part, fee, quantity, used is None)
    formula = (
        f"{fee} + ({plain(quantity)} − {plain(terms.included)}{shown}) {terms.unit} × {plain(terms.above)} 元"
    )
    return _capped(terms, terms.price * part + beyond * terms.above, formula, quantity, False)


def _capped(terms: Terms, raw: Decimal, formula: str, used: Decimal, assumed: bool) -> Charge:
    if terms.cap is not None and raw > terms.cap:
        return Charge(_cents(terms.cap), f"min({formula}, {plain(terms.cap)} 元)", used, assumed)
    return Charge(_cents(raw), formula, used, assumed)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """A number without needless noughts: ``3,250``, ``0.1``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
