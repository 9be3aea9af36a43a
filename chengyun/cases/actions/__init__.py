"""Every write of the closed loop, one function a verb."""

from chengyun.cases.actions.move import move
from chengyun.cases.actions.open import NewCase, open_case

__all__ = ["NewCase", "move", "open_case"]
