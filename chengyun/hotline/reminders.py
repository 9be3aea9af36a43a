"""What waits for a person at the hotline beside orders, for the page of one's own work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengyun.hotline.desk.queries import count_call_backs
from chengyun.hotline.knowledge.policies import EDITING
from chengyun.hotline.knowledge.queries import due_reviews, waiting
from chengyun.hotline.models import VersionState
from chengyun.hotline.policies import REGISTERING
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many of one kind, and the page on which they are seen to."""

    label: str
    count: int
    href: str


def reminders(actor: Actor, now: datetime) -> list[Reminder]:
    """Callers to be called back, articles whose review is due, articles to let out; none where there is nothing."""
    return [one for one in _all(actor, now) if one.count]


def _all(actor: Actor, now: datetime) -> Iterator[Reminder]:
    if actor.holds(*REGISTERING):
        yield Reminder(_("待回拨"), count_call_backs(), reverse("hotline:calls"))
    shelf = reverse("hotline:knowledge")
    if actor.holds(*EDITING, Post.UNIT):
        due = due_reviews(actor, local(now).date()).count()
        yield Reminder(_("知识到期复核"), due, f"{shelf}?tab=reviews")
    if actor.holds(*EDITING):
        # Nobody lets out what they wrote themselves.
        others = waiting(actor).filter(state=VersionState.SUBMITTED).exclude(written_by=actor.person_id)
        yield Reminder(_("待发布知识"), others.count(), f"{shelf}?tab=waiting")
