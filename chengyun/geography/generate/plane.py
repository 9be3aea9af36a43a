"""Degrees to metres and back on a flat map of one district: good to 0.1 % over 30 km, enough for drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    Polygonal = shapely.Polygon | shapely.MultiPolygon
    Shape = TypeVar("Shape", bound=shapely.Geometry)

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Plane:
    """A local plane around an origin in degrees; x east and y north in metres."""

    lng: float
    lat: float

    @property
    def _scale(self) -> tuple[float, float]:
        return METRES_PER_DEGREE * math.cos(math.radians(self.lat)), METRES_PER_DEGREE

    def to_metres(self, shape: Shape) -> Shape:
        """Return the same shape in metres."""
        import shapely

        return shapely.transform(shape, self.metres)

    def to_degrees(self, shape: Shape) -> Shape:
        """Return the same shape in degrees."""
        import shapely

        return shapely.transform(shape, self.degrees)

    def metres(self, points: NDArray[Any]) -> NDArray[Any]:
        """Turn an array of (lng, lat) rows into (x, y) rows."""
        return (points - (self.lng, self.lat)) * self._scale

    def degrees(self, points: NDArray[Any]) -> NDArray[Any]:
        """Turn an array of (x, y) rows into (lng, lat) rows."""
        return points / self._scale + (self.lng, self.lat)
