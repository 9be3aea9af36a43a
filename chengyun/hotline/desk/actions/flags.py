"""Warnings on a number: who asks for secrecy, who harasses. Dated, with reason and who said so."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.hotline import policies
from chengyun.hotline.desk.numbers import is_whole, plain
from chengyun.hotline.desk.vocabulary import FlagKind
from chengyun.hotline.models import CallerFlag
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.masking import mask_phone
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post


def flag_caller(number: str, kind: str, *, reason: str, actor: Actor, now: datetime) -> CallerFlag:
    """Warn whoever speaks with this number next. A number carries each kind once; a second time changes nothing.

    An operator may note that a caller asks for secrecy; that somebody harasses is the shift leader's word.
    Raises ``NotAllowed`` or ``Invalid`` (number, kind, reason).
    """
    policies.require(actor, policies.REGISTERING)
    faults: dict[str, str] = {}
    number = plain(number)
    if not is_whole(number):
        faults["number"] = _("电话应为 7 至 19 位数字，如 13800001234")
    if kind not in set(FlagKind):
        faults["kind"] = _("请从列出的提示中选。")
    reason = text("reason", reason, 200, faults)
    stop_at(faults)
    if kind == FlagKind.HARASSING:
        require(actor, Post.SHIFT_LEADER)
    with writing():
        flag, fresh = CallerFlag.objects.get_or_create(
            number=number,
            kind=kind,
            ended_at=None,
            defaults={"reason": reason, "made_at": now, "made_by_id": actor.person_id},
        )
        if fresh:
            _log(Change.FLAG_CALLER, flag, ["", reason], actor, now)
    return flag


def end_flag(flag_id: int, *, reason: str, actor: Actor, now: datetime) -> CallerFlag:
    """Take a warning back, with the reason. Raises ``NotAllowed``, ``NotThere`` or ``Invalid``."""
    require(actor, Post.SHIFT_LEADER)
    faults: dict[str, str] = {}
    reason = text("reason", reason, 200, faults)
    stop_at(faults)
    with writing():
        flag = CallerFlag.objects.select_for_update().filter(pk=flag_id).first()
        if flag is None:
            raise NotThere(_("没有这条提示。"))
        if flag.ended_at is None:
            flag.ended_at, flag.ended_by_id, flag.end_reason = now, actor.person_id, reason
            flag.save(update_fields=["ended_at", "ended_by", "end_reason"])
            _log(Change.END_CALLER_FLAG, flag, [flag.reason, reason], actor, now)
    return flag


def _log(verb: Change, flag: CallerFlag, reasons: list[str], actor: Actor, now: datetime) -> None:
    called = f"{mask_phone(flag.number)} {FlagKind(flag.kind).zh}"
    note_change(verb, "caller_flag", flag, {"reason": reasons}, actor=actor, now=now, name=called)
