"""The rehearsal district (演练数据): people, and some weeks of work in every state, by the real verbs."""

from chengyun.config.rehearsal.fill import fill

__all__ = ["fill"]
