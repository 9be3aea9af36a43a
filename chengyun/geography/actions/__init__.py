"""Every write of areas and grids."""

from chengyun.geography.actions.import_areas import import_areas
from chengyun.geography.actions.import_grids import import_grids
from chengyun.geography.actions.load_reference import Loaded, load_reference
from chengyun.geography.actions.report import ImportReport

__all__ = ["ImportReport", "Loaded", "import_areas", "import_grids", "load_reference"]
