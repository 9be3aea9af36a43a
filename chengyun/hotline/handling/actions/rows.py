"""Dated rows of this part and sampling rules: added and ended, never rewritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.cases.vocabulary import Channel
from chengyun.hotline.handling.policies import SETTING, require
from chengyun.hotline.handling.words import RowKind
from chengyun.hotline.models import HandlingRow, SamplingRule
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change, Unit
from chengyun.worktime.limits import Provenance

_VALUED = (RowKind.WEIGHT, RowKind.HINT)
_CLASSES = (RowKind.ILLEGAL_STRUCTURE, RowKind.GROUP_RENTING)


def add_row(
    kind: str,
    *,
    name: str,
    text_: str,
    value: Decimal | None,
    position: int,
    valid_from: date,
    source: str,
    provenance: str,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> HandlingRow:
    """Add a row, or let one of that name say something else from a day on; what was before is kept.

    Weights and bounds lie between 0 and 1. Raises ``NotAllowed`` or ``Invalid`` (name, text, value, …).
    """
    require(actor, SETTING)
    faults: dict[str, str] = {}
    kind = RowKind(kind)
    name = text("name", name, 40, faults)
    words = text("text_", text_, 500, faults, required=kind not in _VALUED)
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    if kind in _VALUED and (value is None or not Decimal(0) <= value <= Decimal(1)):
        faults["value"] = _("请填 0 到 1 的数。")
    _check_dated(valid_from, provenance, local(now).date(), faults)
    stop_at(faults)
    with writing():
        before = HandlingRow.objects.filter(kind=kind, name=name, valid_from__lt=valid_from, valid_until=None)
        before.update(valid_until=valid_from - timedelta(days=1))
        row, _made = HandlingRow.objects.update_or_create(
            kind=kind,
            name=name,
            valid_from=valid_from,
            defaults={
                "text": words,
                "value": value if kind in _VALUED else None,
                "position": position,
                "valid_until": None,
                "source": source,
                "provenance": provenance,
                "note": note,
            },
        )
        said = {"text": ["", words], "value": [None, value], "valid_from": [None, valid_from]}
        note_change(Change.SET_LOOP_RULE, "rule", row, said, actor=actor, now=now, name=f"{kind.zh} {name}")
    return row


def end_row(row_id: int, *, actor: Actor, now: datetime) -> HandlingRow:
    """Take a row out of use from tomorrow on. Raises ``NotAllowed`` or ``NotThere``."""
    require(actor, SETTING)
    with writing():
        row = HandlingRow.objects.filter(pk=row_id).first()
        if row is None:
            raise NotThere(_("没有这一行。"))
        today = local(now).date()
        row.valid_until = max(today, row.valid_from)
        HandlingRow.objects.filter(pk=row_id).update(valid_until=row.valid_until)
        said = {"valid_until": [None, row.valid_until]}
        note_change(
            Change.SET_LOOP_RULE, "rule", row, said, actor=actor, now=now, name=f"{row.kind} {row.name}"
        )
    return row


def add_sampling_rule(
    *,
    unit_id: int | None,
    catalogue_prefix: str,
    channel: str,
    share: Decimal,
    seed: str,
    valid_from: date,
    source: str,
    provenance: str,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> SamplingRule:
    """Add a rule for drawing orders. Raises ``NotAllowed`` or ``Invalid``."""
    require(actor, SETTING)
    faults: dict[str, str] = {}
    seed = text("seed", seed, 40, faults)
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    if not share.is_finite() or not 0 <= share <= 100:
        faults["share"] = _("请填 0 到 100 的数。")
    if channel and channel not in set(Channel):
        faults["channel"] = _("请从列出的渠道中选。")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id).exists():
        faults["unit"] = _("没有这个单位。")
    _check_dated(valid_from, provenance, local(now).date(), faults)
    stop_at(faults)
    with writing():
        rule = SamplingRule.objects.create(
            unit_id=unit_id,
            catalogue_prefix=catalogue_prefix.strip()[:60],
            channel=channel,
            share=share,
            seed=seed,
            valid_from=valid_from,
            source=source,
            provenance=provenance,
            note=note,
        )
        said = {"share": [None, share], "seed": [None, seed], "valid_from": [None, valid_from]}
        note_change(Change.SET_LOOP_RULE, "rule", rule, said, actor=actor, now=now, name="回访抽样")
    return rule


def end_sampling_rule(rule_id: int, *, actor: Actor, now: datetime) -> SamplingRule:
    """Take a rule out of use from tomorrow on; what it drew stays drawn. Raises ``NotAllowed``, ``NotThere``."""
    require(actor, SETTING)
    with writing():
        rule = SamplingRule.objects.filter(pk=rule_id).first()
        if rule is None:
            raise NotThere(_("没有这条规则。"))
        rule.valid_until = max(local(now).date(), rule.valid_from)
        SamplingRule.objects.filter(pk=rule_id).update(valid_until=rule.valid_until)
        said = {"valid_until": [None, rule.valid_until]}
        note_change(Change.SET_LOOP_RULE, "rule", rule, said, actor=actor, now=now, name="回访抽样")
    return rule


def _check_dated(valid_from: date, provenance: str, today: date, faults: dict[str, str]) -> None:
    if valid_from < today:
        faults["valid_from"] = _("只能从今天或以后的日子起改，已办的案件按当时的参数。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
