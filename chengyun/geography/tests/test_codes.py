from __future__ import annotations

import pytest

from chengyun.geography import codes
from chengyun.kernel.errors import Invalid


def test_a_unit_grid_code_is_taken_apart():
    code = codes.parse("310113103218007")
    assert (code.district, code.street, code.community, code.serial) == ("310113", "103", "218", "007")
    assert (code.street_code, code.community_code) == ("310113103", "310113103218")
    assert code.parent == "310113103218"
    assert str(code) == "310113103218007"
    assert code.is_village
    assert not codes.parse("310113003001").is_village
    assert codes.parse("310113").parent == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "数字"),
        ("31011310321800A", "数字"),
        ("３１０１１３", "数字"),  # full-width digits look right and match nothing
        ("3101131032180", "13 位"),
        ("010113", "0 开头"),
        ("310113000", "000"),
        ("310113103218000", "000"),
    ],
)
def test_bad_codes_say_why(text, word):
    with pytest.raises(Invalid) as refused:
        codes.parse(text)
    assert word in refused.value.fields["code"]


def test_each_length_has_its_question():
    assert codes.valid_district_code("310113")
    assert codes.valid_street_code("310113103")
    assert codes.valid_community_code("310113103218")
    assert codes.valid_grid_code("310113103218007")
    assert not codes.valid_grid_code("310113103218")
    assert not codes.valid_street_code("310113103218")


@pytest.mark.parametrize(
    ("text", "good"), [("310113103R01", True), ("R-1", True), ("r01", False), ("R" * 21, False)]
)
def test_grouping_grids_are_numbered_freely(text, good):
    assert codes.valid_group_code(text) is good
