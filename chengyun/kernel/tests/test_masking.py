"""Masks of personal data."""

import pytest

from chengyun.kernel.masking import mask_id_number, mask_name, mask_phone, mask_phones_in_text


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("021-56123456", "021****3456"),
        ("56123456", "****3456"),
        ("12345", "****45"),
        ("110", "****"),
        ("", ""),
        ("unknown", "****"),
    ],
)
def test_phones(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳小明", "欧*"), (" 李 ", "李*"), ("", "")])
def test_names(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("310113199001011234", "310113********1234"),
        ("31011319900101123X", "310113********123X"),
        ("E12345678", "********5678"),
        ("1234", "********"),
        ("", ""),
    ],
)
def test_id_numbers(number, shown):
    assert mask_id_number(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请回电13812341234或021-56123456。", "请回电138****1234或021-****3456。"),
        ("身份证310113199001011234，", "身份证310113********1234，"),
        ("订单20261123000123456789不变", "订单20261123000123456789不变"),
        ("138 1234 1234", "138****1234"),
        ("3号楼201室，11月23日", "3号楼201室，11月23日"),
    ],
)
def test_free_text(text, shown):
    assert mask_phones_in_text(text) == shown
