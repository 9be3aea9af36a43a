"""Reference data of the district. The files beside this one are read by ``reference_data``."""

from chengyun.geography.actions.load_reference import Loaded, load_reference

__all__ = ["Loaded", "load_reference"]
