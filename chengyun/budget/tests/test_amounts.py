"""How an amount cell is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chengyun.budget.check.amounts import Lex, money, read_amount


@pytest.mark.parametrize(
    ("raw", "lex", "value"),
    [
        ("8,759,561.13", Lex.OK, "8759561.13"),
        ("164,978,640", Lex.OK, "164978640"),
        ("337324.00", Lex.PLAIN, "337324.00"),
        ("0", Lex.OK, "0"),
        ("25", Lex.OK, "25"),
        ("", Lex.BLANK, "0"),
        ("—", Lex.DASH, "0"),
        ("８，７５９．１３", Lex.OK, "8759.13"),
        (" 1,200,486.48　", Lex.OK, "1200486.48"),
        ("(1,000.00)", Lex.OK, "-1000.00"),
    ],
)
def test_well_formed(raw: str, lex: Lex, value: str) -> None:
    amount = read_amount(raw)
    assert (amount.lex, amount.value) == (lex, Decimal(value))


@pytest.mark.parametrize(
    ("raw", "naive"),
    [
        ("6,34695.92", "634695.92"),
        ("8,422237.13", "8422237.13"),
        ("1,23,456.00", "123456.00"),
        ("12.345.67", "12345.67"),
    ],
)
def test_malformed_keeps_its_digits_and_has_no_value(raw: str, naive: str) -> None:
    amount = read_amount(raw)
    assert (amount.lex, amount.value, amount.naive) == (Lex.MALFORMED, None, Decimal(naive))


def test_text_is_no_amount() -> None:
    assert read_amount("详见附件").lex is Lex.TEXT
    assert read_amount("2024年").lex is Lex.TEXT


def test_money_for_people() -> None:
    assert money(Decimal("6346395.92")) == "6,346,395.92"
    assert money(Decimal("-20000")) == "-20,000.00"
