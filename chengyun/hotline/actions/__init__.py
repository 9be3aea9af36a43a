"""Every write of this room, one function a verb."""

from chengyun.hotline.actions.imports import Stopped, ask_import, carry_out, stop_import
from chengyun.hotline.actions.register import Registered, register_order

__all__ = ["Registered", "Stopped", "ask_import", "carry_out", "register_order", "stop_import"]
