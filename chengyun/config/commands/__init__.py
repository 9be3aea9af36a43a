"""The console's own commands; those of the rooms stand in the rooms."""

from chengyun.config.commands.reference import load_reference, rehearse
from chengyun.config.commands.run import manage, worker
from chengyun.config.commands.up import up

__all__ = ["load_reference", "manage", "rehearse", "up", "worker"]
