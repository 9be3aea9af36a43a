"""The rules of messaging and the operator's package: dated rows, each with its source."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging.metering.cost import first_of
from chengyun.messaging.models import Package, Rule
from chengyun.messaging.rule_names import BOUNDS, RuleName
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Provenance


@writing()
def set_rule(
    name: str,
    *,
    value: str,
    valid_from: date,
    source: str,
    provenance: str,
    confirmed: bool = False,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Rule:
    """Let a rule have a value from a day on, today or later; one that begins on the same day is replaced.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (value, valid_from, source, provenance, note).
    """
    require(actor, Post.ADMIN)
    if name not in BOUNDS:
        raise NotThere(_("没有这项规则。"))
    faults: dict[str, str] = {}
    value = text("value", value, 120, faults)
    if "value" not in faults and (wrong := BOUNDS[name].fault(value)):
        faults["value"] = wrong
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后的日子起改。")
    _check(faults, provenance)
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    stop_at(faults)
    before = Rule.objects.filter(name=name, valid_from__lte=valid_from).order_by("-valid_from").first()
    facts = {
        "value": value,
        "source": source,
        "provenance": provenance,
        "confirmed": confirmed,
        "note": note,
    }
    row, _made = Rule.objects.update_or_create(name=name, valid_from=valid_from, defaults=facts)
    said = {
        "value": [before.value if before else "", value],
        "valid_from": [None, valid_from],
        "source": [before.source if before else "", source],
    }
    called = RuleName(name).zh
    note_change(Change.SET_MESSAGING_RULE, "messaging_rule", row, said, actor=actor, now=now, name=called)
    return row


@writing()
def set_package(
    *,
    name: str,
    monthly_fee: Decimal,
    included: int,
    price_above: Decimal,
    valid_from: date,
    source: str,
    provenance: str,
    confirmed: bool = False,
    actor: Actor,
    now: datetime,
) -> Package:
    """Enter the contract that holds from the first day of a month on; the one before ends the day before.

    A month that is over keeps its price. Raises ``NotAllowed`` or ``Invalid`` (the fields).
    """
    require(actor, Post.ADMIN)
    faults: dict[str, str] = {}
    name, source = text("name", name, 80, faults), text("source", source, 200, faults)
    if valid_from.day != 1:
        faults["valid_from"] = _("套餐按月计，请填某月 1 日。")
    elif valid_from < first_of(local(now).date()):
        faults["valid_from"] = _("已过去的月份不再改价，请从本月或以后的 1 日起。")
    for field, amount in (("monthly_fee", monthly_fee), ("price_above", price_above), ("included", included)):
        if amount < 0:
            faults[field] = _("不能是负数。")
    _check(faults, provenance)
    stop_at(faults)
    before = Package.objects.filter(valid_from__lte=valid_from).order_by("-valid_from").first()
    later = Package.objects.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    if before is not None and before.valid_from < valid_from:
        Package.objects.filter(pk=before.pk).update(valid_until=valid_from - timedelta(days=1))
    facts = {
        "name": name,
        "monthly_fee": monthly_fee,
        "included": included,
        "price_above": price_above,
        "valid_until": later.valid_from - timedelta(days=1) if later else None,
        "source": source,
        "provenance": provenance,
        "confirmed": confirmed,
    }
    row, _made = Package.objects.update_or_create(valid_from=valid_from, defaults=facts)
    money = ("monthly_fee", "included", "price_above")
    said = {field: [getattr(before, field) if before else None, facts[field]] for field in (*money, "source")}
    note_change(Change.SET_PACKAGE, "package", row, said, actor=actor, now=now, name=name)
    return row


def _check(faults: dict[str, str], provenance: str) -> None:
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
