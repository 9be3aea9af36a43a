from __future__ import annotations

import random
import time
from datetime import date

import pytest
import shapely

from chengyun.geography import freshness
from chengyun.geography.models import Area, AreaKind, Grid, GridKind, GridMember
from chengyun.geography.places import places_sample
from chengyun.geography.queries import locate
from chengyun.geography.spatial import OUTSIDE

pytestmark = pytest.mark.usefixtures("baoshan")


def some_points(count: int, seed: int) -> list[tuple[float, float]]:
    chance = random.Random(seed)
    return [(chance.uniform(121.29, 121.53), chance.uniform(31.26, 31.52)) for _ in range(count)]


def test_the_same_as_asking_every_grid():
    grids = list(Grid.objects.filter(kind=GridKind.UNIT))
    shapes = shapely.from_geojson([grid.boundary for grid in grids])
    shapely.prepare(shapes)
    groups = dict(
        GridMember.objects.filter(group__kind=GridKind.RESPONSIBILITY).values_list("unit_grid_id", "group_id")
    )
    met = 0
    for lng, lat in some_points(1500, seed=7):
        hits = [grids[number] for number in shapely.intersects_xy(shapes, lng, lat).nonzero()[0]]
        place = locate(lng, lat)
        if not hits:
            assert place == OUTSIDE
            continue
        grid = next(grid for grid in hits if grid.pk == place.grid_id)
        assert (place.community_id, place.street_id) == (grid.community_id, grid.street_id)
        assert place.responsibility_grid_id == groups[grid.pk]
        assert place.inside
        met += 1
    assert met > 500


def test_far_away_is_outside():
    for lng, lat in ((-71.06, 42.36), (0.0, 0.0), (121.2999, 31.2672), (180.0, 90.0)):
        assert locate(lng, lat) == OUTSIDE


def test_the_middle_of_every_community_lies_in_it():
    for area in Area.objects.filter(kind=AreaKind.COMMUNITY):
        assert locate(area.longitude, area.latitude).community_id == area.pk


def test_before_the_first_version_there_is_nothing():
    grid = Grid.objects.filter(kind=GridKind.UNIT).first()
    assert locate(grid.longitude, grid.latitude, on=date(1999, 1, 1)) == OUTSIDE
    assert locate(grid.longitude, grid.latitude, on=date(2015, 1, 1)).grid_id == grid.pk


def test_a_surveyed_community_outweighs_an_illustrative_grid():
    grid = Grid.objects.filter(kind=GridKind.UNIT).first()
    other = Area.objects.filter(kind=AreaKind.COMMUNITY).exclude(pk=grid.community_id).last()
    Area.objects.filter(pk=other.pk).update(boundary=grid.boundary, illustrative=False)
    freshness.changed()
    place = locate(grid.longitude, grid.latitude)
    assert (place.community_id, place.street_id, place.grid_id) == (other.pk, other.parent_id, None)


def test_a_write_of_another_process_is_noticed(monkeypatch):
    grid = Grid.objects.filter(kind=GridKind.UNIT).first()
    assert locate(grid.longitude, grid.latitude).grid_id == grid.pk
    Grid.objects.filter(pk=grid.pk).update(boundary="")
    freshness.GeographyVersion.objects.update(token="written elsewhere")
    assert locate(grid.longitude, grid.latitude).grid_id == grid.pk  # not asked again yet
    later = time.monotonic() + freshness.CHECK_SECONDS + 1
    monkeypatch.setattr(freshness.time, "monotonic", lambda: later)
    place = locate(grid.longitude, grid.latitude)
    assert (place.grid_id, place.community_id) == (None, grid.community_id)


def test_sample_places_lie_where_their_address_says():
    places = places_sample(60, seed=11)
    assert places == places_sample(60, seed=11)
    assert places != places_sample(60, seed=12)
    for place in places:
        found = locate(place.lng, place.lat)
        assert found.grid_id == place.grid_id
        area = Area.objects.select_related("parent").get(pk=place.community_id)
        assert place.address.startswith(f"宝山区{area.parent.name}{area.name} ")
        assert place.address.endswith("弄")
