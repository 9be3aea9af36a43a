"""Which orders are called back: drawn by the sampling rules, the same order always with the same lot."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from chengyun.cases.actions.move import move
from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process import HotlineState
from chengyun.cases.world import surroundings
from chengyun.hotline.models import CallbackDraw, SamplingRule
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.models.dated import valid_on

_BATCH = 500


def lot_of(seed: str, number: str, round_: int) -> float:
    """The lot of an order: 0 to under 100, the same for the same seed, number and round."""
    digest = hashlib.sha256(f"{seed}|{number}|{round_}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48) * 100


def rule_for(case: Case, at: datetime) -> SamplingRule | None:
    """Of the rules in force that fit, the narrowest; of equals the newest."""
    fits = SamplingRule.objects.filter(
        valid_on(local(at).date()),
        Q(unit=None) | Q(unit_id=case.lead_unit_id),
        Q(channel="") | Q(channel=case.channel),
    )
    found = [rule for rule in fits if case.catalogue_key.startswith(rule.catalogue_prefix)]
    return max(found, key=lambda rule: (rule.narrowness, rule.valid_from, rule.pk), default=None)


def draw(event: CaseEvent, *, now: datetime) -> CallbackDraw | None:
    """Draw an order that has passed the audit. Handled again, it is always called. Safe to repeat."""
    case = event.case
    if case.kind != "hotline":
        return None
    rule = rule_for(case, event.at)
    lot = lot_of(rule.seed if rule else "", case.number, case.rounds)
    share = float(rule.share) if rule else 100.0
    drawn = case.rounds > 0 or lot < share
    row, _made = CallbackDraw.objects.get_or_create(
        case=case,
        round=case.rounds,
        defaults={"rule": rule, "lot": lot, "drawn": drawn, "why": _why(case, rule, lot, drawn), "at": now},
    )
    return row


def _why(case: Case, rule: SamplingRule | None, lot: float, drawn: bool) -> str:
    if case.rounds > 0:
        return "重办件全部回访"
    if rule is None:
        return "没有适用的抽样规则，全部回访"
    share = f"{rule.share.normalize():f}"
    said = f"规则 {rule.pk}：回访 {share}%，种子 {rule.seed}，本单签号 {lot:.3f}"
    return f"{said}，{'小于' if drawn else '不小于'} {share}，{'抽中' if drawn else '未抽中'}"


def spare_undrawn(*, now: datetime) -> int:
    """Let orders that were not drawn go on to closing, once a text message had its time to come back."""
    hours = int(surroundings(now).rule("hotline", "spare_after_hours"))
    late = now - timedelta(hours=hours)
    waiting = CallbackDraw.objects.filter(drawn=False, case__state=HotlineState.AUDITED, at__lte=late)
    spared = 0
    for row in waiting.select_related("case").order_by("id")[:_BATCH]:
        if row.round != row.case.rounds:
            continue
        said = {"reason": _("未抽中回访样本：%(why)s") % {"why": row.why}}
        try:
            with writing():
                move(row.case_id, "spare_callback", actor=SYSTEM, seen=row.case.version, now=now, said=said)
        except Refused:
            continue  # somebody has just moved it; the next turn sees how it stands
        spared += 1
    return spared
