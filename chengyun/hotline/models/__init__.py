"""Tables of this room, one file for each part of its work."""

from chengyun.hotline.models.imports import ImportRun, RunState, folder

__all__ = ["ImportRun", "RunState", "folder"]
