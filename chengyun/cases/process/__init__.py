"""The two processes of the closed loop, as tables. Pure Python."""

from chengyun.cases.process.grid import GRID, GridState
from chengyun.cases.process.hotline import HOTLINE, HotlineState
from chengyun.cases.process.kinds import Kind
from chengyun.kernel.loop import Loop

LOOPS: dict[str, Loop] = {Kind.HOTLINE.value: HOTLINE, Kind.GRID.value: GRID}

__all__ = ["GRID", "HOTLINE", "LOOPS", "GridState", "HotlineState", "Kind"]
