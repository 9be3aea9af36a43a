"""Every write of this room. Other rooms call ``send``."""

from chengyun.messaging.actions.send import send

__all__ = ["send"]
