"""Every write of the knowledge base, one function a verb."""

from chengyun.hotline.knowledge.actions.publishing import publish, refuse, review, submit, withdraw
from chengyun.hotline.knowledge.actions.using import mark, note_unanswered, note_used, settle
from chengyun.hotline.knowledge.actions.writing import Said, write_version

__all__ = [
    "Said",
    "mark",
    "note_unanswered",
    "note_used",
    "publish",
    "refuse",
    "review",
    "settle",
    "submit",
    "withdraw",
    "write_version",
]
