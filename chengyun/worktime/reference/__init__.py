"""Starting rows of the calendar, office hours and limits; ``loading`` reads the tables beside this file."""

from chengyun.worktime.loading import Loaded, load_reference

__all__ = ["Loaded", "load_reference"]
