"""Who may report what they found, and as which channel it counts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengyun.cases.vocabulary import Channel
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.organisation.models import Unit, UnitKind
from chengyun.organisation.posts import Post
from chengyun.organisation.version import Remembered

REPORTING = (Post.INSPECTOR, Post.INTAKE, Post.SHIFT_LEADER, Post.UNIT)
DESK = (Post.INTAKE, Post.SHIFT_LEADER)
# What the centre's desk enters for others.
DESK_CHANNELS = (Channel.PUBLIC, Channel.VIDEO, Channel.DEVICE)


def channels_of(actor: Actor) -> tuple[Channel, ...]:
    """The channels that this person may report through, the usual one first; empty for who may not report."""
    found: list[Channel] = []
    if actor.holds(Post.INSPECTOR):
        found.append(Channel.PATROL)
    if actor.holds(*DESK):
        found.extend(DESK_CHANNELS)
    if _of_a_street(actor):
        found.append(Channel.STREET)
    return tuple(found)


def require_channel(actor: Actor, channel: str) -> None:
    """Raise ``NotAllowed`` unless this person may report through this channel."""
    if channel not in channels_of(actor):
        raise NotAllowed(_("您的岗位不能以此渠道上报；监督员、受理员和街镇联络员可以上报。"))


def may_report(actor: Actor) -> bool:
    """Whether this person may report at all."""
    return bool(channels_of(actor))


def may_follow(actor: Actor) -> bool:
    """Whether this person has reports of their own to follow."""
    return actor.holds(Post.INSPECTOR) or _of_a_street(actor)


def _of_a_street(actor: Actor) -> bool:
    homes = {holding.unit_id for holding in actor.holdings if holding.post == Post.UNIT}
    return bool(homes) and not homes.isdisjoint(_streets())


def _compute_streets() -> frozenset[int]:
    kinds = (UnitKind.STREET, UnitKind.COMMUNITY)
    return frozenset(Unit.objects.filter(kind__in=kinds, active=True).values_list("pk", flat=True))


_streets = Remembered(_compute_streets)
