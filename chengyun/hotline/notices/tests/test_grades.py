"""What an answer says, and what it leaves unclear."""

from __future__ import annotations

import pytest

from chengyun.hotline.notices.grades import BY_FIGURE, grade_of


@pytest.mark.parametrize(
    ("text", "figure", "said"),
    [
        ("5", "5", ""),
        (" ５。 ", "5", ""),
        ("4分", "4", ""),
        ("五", "5", ""),
        ("【3】", "3", ""),
        ("5 灯修好了，谢谢", "5", "灯修好了，谢谢"),
        ("2不满意，灯还是坏的", "2", "不满意，灯还是坏的"),
        ("非常满意", "5", ""),
        ("不满意。没人来过", "2", "没人来过"),
        ("1\n还是漏水", "1", "还是漏水"),
        ("非常不满意", "1", ""),
        ("基本满意", "3", ""),
    ],
)
def test_clear(text, figure, said):
    grade = grade_of(text)
    assert grade is not None
    assert (grade.satisfaction, grade.said) == (BY_FIGURE[figure], said)


@pytest.mark.parametrize(
    "text",
    [
        *("", "6", "0", "1号楼还漏水", "3楼灯不亮", "1-5", "1、5", "55", "10", "1 非常满意", "5 不满意"),
        *("谢谢", "满意度是什么", "😀", "15分钟到", "一直没人来", "x" * 5000),
    ],
)  # fmt: skip
def test_unclear(text):
    assert grade_of(text) is None
