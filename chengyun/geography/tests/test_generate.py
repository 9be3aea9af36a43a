"""The illustrative district: complete, contiguous, without overlaps, inside the outline, always the same."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
import shapely

from chengyun.geography import codes, reference_data
from chengyun.geography.generate.district import Drawing, draw
from chengyun.geography.generate.outline import district_outline

LEVELS = ["streets", "communities", "grids"]


@pytest.fixture(scope="module")
def outline():
    return district_outline("310113")


@pytest.fixture(scope="module")
def drawing(outline) -> Drawing:
    return draw(outline, reference_data.street_plans())


def test_the_outline_is_baoshans(outline):
    assert len(outline.exterior.coords) == 51
    assert outline.bounds == pytest.approx((121.298551, 31.267113, 121.521014, 31.510864))


def test_an_unknown_district_has_no_outline():
    with pytest.raises(LookupError):
        district_outline("999999")


def test_counts(drawing):
    assert len(drawing.streets) == 13
    assert len(drawing.communities) == 567
    assert 1500 <= len(drawing.grids) <= 2500
    assert set(drawing.communities) == set(reference_data.communities())
    sizes = Counter(code[:9] for code in drawing.communities)
    assert (sizes["310113102"], sizes["310113501"]) == (89, 2)


def test_every_grid_has_a_valid_code_in_its_community(drawing):
    assert all(codes.valid_grid_code(code) for code in drawing.grids)
    assert {code[:12] for code in drawing.grids} == set(drawing.communities)


@pytest.mark.parametrize("level", LEVELS)
def test_every_shape_is_one_valid_piece(drawing, level):
    shapes = list(getattr(drawing, level).values())
    assert {shape.geom_type for shape in shapes} == {"Polygon"}
    assert shapely.is_valid(shapes).all()
    assert not any(shape.interiors for shape in shapes)


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_overlaps_and_nothing_is_left_out(drawing, outline, level):
    shapes = list(getattr(drawing, level).values())
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.union_all(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=1e-9)
    assert whole.within(outline.buffer(2e-5))  # rounding moves a corner by half a step of 1e-5 degrees
    assert outline.within(whole.buffer(2e-5))


def test_a_part_lies_in_its_whole(drawing):
    for part in (*drawing.communities.items(), *drawing.grids.items()):
        code, shape = part
        whole = drawing.streets[code[:9]] if len(code) == 12 else drawing.communities[code[:12]]
        assert shapely.difference(shape, whole).area < 1e-12


def test_streets_lie_about_where_they_are(drawing):
    middle = {name: drawing.streets[code].centroid for code, name in reference_data.streets().items()}
    assert (
        middle["罗泾镇"].y
        > middle["月浦镇"].y
        > middle["杨行镇"].y
        > middle["张庙街道"].y
        > middle["大场镇"].y
    )
    assert middle["顾村镇"].x < middle["杨行镇"].x < middle["吴淞街道"].x


def test_the_same_input_gives_the_same_drawing(drawing, outline):
    again = draw(outline, reference_data.street_plans())
    assert fingerprint(again) == fingerprint(drawing)


def fingerprint(drawing: Drawing) -> str:
    return hashlib.sha256(b"".join(shapely.to_wkb(list(drawing.grids.values())))).hexdigest()
