"""A CMPP gateway to practise on: a real TCP server that speaks 2.0 and 3.0 and misbehaves on request."""

from chengyun.messaging.cmpp.simulator.behaviour import Behaviour, Reply
from chengyun.messaging.cmpp.simulator.journal import Journal
from chengyun.messaging.cmpp.simulator.running import Simulator

__all__ = ["Behaviour", "Journal", "Reply", "Simulator"]
