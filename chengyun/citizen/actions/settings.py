"""What the centre decides about the public's pages. Every change is in the change log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.citizen.briefly import forget_kept
from chengyun.citizen.models import CitizenRule, Clearance
from chengyun.citizen.public_cases import forget_classes
from chengyun.citizen.rules import forget_rules
from chengyun.citizen.vocabulary import BOUNDS, CitizenRuleName
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.masking import mask_phones_in_text
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Provenance

# Who decides what of an order everybody may read.
EDITORS = (Post.SHIFT_LEADER, Post.ADMIN)


def set_rule(
    name: str,
    value: Decimal,
    *,
    valid_from: date,
    source: str,
    provenance: str,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> CitizenRule:
    """Let a number have a value from a day on; a row of the same day is replaced, earlier ones stay.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (value, valid_from, source, provenance, note).
    """
    require(actor, Post.ADMIN)
    if name not in BOUNDS:
        raise NotThere(_("没有这项参数。"))
    bounds, faults = BOUNDS[name], {}
    if not bounds.holds(value):
        faults["value"] = _("请填 %(least)s 到 %(most)s 的整数。") % {
            "least": bounds.least,
            "most": bounds.most,
        }
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后的日子起改。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    stop_at(faults)
    with writing():
        before = (
            CitizenRule.objects.filter(name=name, valid_from__lte=valid_from).order_by("-valid_from").first()
        )
        row, _made = CitizenRule.objects.update_or_create(
            name=name,
            valid_from=valid_from,
            defaults={"value": int(value), "source": source, "provenance": provenance, "note": note},
        )
        said = {
            "value": [before.value if before else None, int(value)],
            "valid_from": [before.valid_from if before else None, valid_from],
            "source": [before.source if before else None, source],
        }
        called = CitizenRuleName(name).zh
        note_change(Change.SET_PUBLIC_PAGES, "citizen_rule", row, said, actor=actor, now=now, name=called)
    forget_rules()
    return row


def save_row(row: models.Model, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> models.Model:
    """Make a row of these settings, or change one; what it was before stands in the change log."""
    require(actor, Post.ADMIN)
    with writing():
        made = row.pk is None
        said = {name: [None if made else getattr(row, name), value] for name, value in values.items()}
        said = {name: pair for name, pair in said.items() if pair[0] != pair[1]}
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        if said:
            kind = row._meta.model_name or ""
            note_change(Change.SET_PUBLIC_PAGES, kind[:20], row, said, actor=actor, now=now)
    forget_classes()
    forget_kept()
    return row


def clear_case(
    number: str,
    *,
    title: str = "",
    body: str = "",
    photos: bool = False,
    withheld: bool = False,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Clearance:
    """Decide what everybody may read of one order, or that nobody may.

    A title or text with a telephone or citizen number in it is refused. A secret order stays secret whatever
    is decided here, and so does one of a class that is not public. Raises ``NotAllowed`` or ``Invalid``.
    """
    require(actor, *EDITORS)
    faults: dict[str, str] = {}
    title, body = (
        text("title", title, 60, faults, required=False),
        text("body", body, 1000, faults, required=False),
    )
    reason = text("reason", reason, 200, faults)
    for name, words in (("title", title), ("body", body)):
        if words and mask_phones_in_text(words) != words:
            faults[name] = _("里面有电话或证件号码，请删去再公开。")
    case = Case.objects.seen_by(actor).filter(number=number.strip().upper()).first()
    if case is None:
        faults["number"] = _("没有这个编号的案件，请核对。")
    elif case.secret and not withheld:
        faults["number"] = _("这一件要求保密，不能公开。")
    stop_at(faults)
    if case is None:
        raise Invalid(faults)
    with writing():
        row = Clearance.objects.create(
            case=case,
            title=title,
            text=body,
            photos=photos,
            withheld=withheld,
            reason=reason,
            by_id=actor.person_id,
            by_name=actor.name,
            at=now,
        )
        said = {
            "title": [None, title],
            "text": [None, body],
            "photos": [None, photos],
            "withheld": [None, withheld],
        }
        note_change(Change.CLEAR_FOR_PUBLIC, "clearance", row, said, actor=actor, now=now, name=case.number)
    forget_kept()
    return row
