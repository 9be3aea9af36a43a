"""One verb on many cases. Each case is a transaction of its own: what one refuses, the others do not feel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions import move
from chengyun.cases.models import Case
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.organisation.posts import Post

MOST = 200  # rows in one go: some seconds of work, and a result that somebody reads


@dataclass(frozen=True, slots=True)
class Picked:
    """A case as it stood in the list when it was ticked."""

    number: str
    seen: int


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """A verb that may be taken on many rows; ``asks`` is the name of what is chosen for all, if any."""

    name: str
    posts: tuple[Post, ...]
    asks: str = ""


BULK_VERBS: dict[str, BulkVerb] = {
    one.name: one
    for one in (
        BulkVerb("dispatch", (Post.DISPATCHER, Post.SHIFT_LEADER), "unit"),
        BulkVerb("assign_handler", (Post.UNIT,), "handler"),
        BulkVerb("sign", (Post.UNIT,)),
    )
}


@dataclass(slots=True)
class Outcome:
    """Numbers of the cases that were moved, and of those that were not, each with the reason."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def picked_from(keys: Sequence[str]) -> list[Picked]:
    """Read the ticked rows (``number:version``), each case once. Raises ``Invalid``."""
    picked: dict[str, Picked] = {}
    for key in keys:
        number, _colon, version = key.rpartition(":")
        if not number or not version.isdigit() or len(version) > 9:
            raise Invalid({"pick": _("选中的行无法识别，请回到列表重新选择")})
        picked[number] = Picked(number, int(version))
    if not picked:
        raise Invalid({"pick": _("请先在列表中选择案件")})
    if len(picked) > MOST:
        raise Invalid(
            {"pick": _("一次最多办理 %(most)d 件，现在选了 %(n)d 件") % {"most": MOST, "n": len(picked)}}
        )
    return list(picked.values())


def move_many(
    verb: str, picked: Sequence[Picked], said: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Outcome:
    """Take a verb on every picked case, in the order of the list.

    A case that somebody moved meanwhile, that is not in the right state or not this person's is refused with
    its reason; the others go on.
    """
    seen = Case.objects.seen_by(actor)
    ids = dict(seen.filter(number__in=[one.number for one in picked]).values_list("number", "id"))
    outcome = Outcome()
    for one in picked:
        if one.number not in ids:
            outcome.refused.append((one.number, _("没有这个案件，或您无权查看")))
            continue
        try:
            move(ids[one.number], verb, actor=actor, seen=one.seen, now=now, said=said)
        except Refused as refusal:
            outcome.refused.append((one.number, refusal.message))
        else:
            outcome.done.append(one.number)
    return outcome
