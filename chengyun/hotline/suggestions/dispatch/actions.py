"""Every write to the dispatch catalogue: a new line, the end of one, a whole file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.geography.models import Area
from chengyun.hotline import policies
from chengyun.hotline.models import DispatchRule
from chengyun.hotline.suggestions.policies import WRITING_CATALOGUE
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

_LONGEST = {"legal_basis": 300, "note": 300, "source": 200, "provenance": 300}


@dataclass(slots=True)
class RuleSaid:
    """What a line says. ``area_id`` None means the whole district."""

    branch: str
    lead_unit_id: int
    legal_basis: str
    valid_from: date
    source: str
    provenance: str
    area_id: int | None = None
    helper_ids: Sequence[int] = field(default_factory=tuple)
    own_duty: bool = False
    note: str = ""
    valid_until: date | None = None
    rehearsal: bool = False


def set_rule(said: RuleSaid, *, actor: Actor, now: datetime) -> DispatchRule:
    """Write a line that counts from its first day on. Raises ``Invalid`` naming the wrong fields.

    1. The line of the same class and area that holds on that day ends the day before.
    2. One that began on the same day or later is withdrawn: it stays on record and is never applied.
    3. The new line is added. One that says the same already is returned as it is.
    """
    policies.require(actor, WRITING_CATALOGUE)
    with writing():
        _check(said)
        where = Q(area=None) if said.area_id is None else Q(area_id=said.area_id)
        same = DispatchRule.objects.filter(where, branch=said.branch, withdrawn=False)
        for row in same.prefetch_related("helpers"):
            if _says_the_same(row, said):
                return row
        stamp = {"changed_at": now, "changed_by_id": actor.person_id}
        last = said.valid_until or date.max
        same.filter(valid_from__gte=said.valid_from, valid_from__lte=last).update(withdrawn=True, **stamp)
        day_before = said.valid_from - timedelta(days=1)
        for row in same.filter(valid_from__lt=said.valid_from):
            if row.valid_until is None or row.valid_until > day_before:
                DispatchRule.objects.filter(pk=row.pk).update(valid_until=day_before, **stamp)
        return _write(said, actor, now)


def end_rule(rule_id: int, *, last_day: date, actor: Actor, now: datetime) -> DispatchRule:
    """Let a line hold until a day, which must not lie before its first; raises ``NotThere`` or ``Invalid``."""
    policies.require(actor, WRITING_CATALOGUE)
    with writing():
        row = DispatchRule.objects.filter(pk=rule_id, withdrawn=False).first()
        if row is None:
            raise NotThere(_("没有这条派单规则，或已撤销。"))
        if last_day < row.valid_from:
            raise Invalid(
                {
                    "last_day": _("最后一天不能早于生效日 %(day)s；从未用过的请撤销。")
                    % {"day": row.valid_from}
                }
            )
        row.valid_until, row.changed_at, row.changed_by_id = last_day, now, actor.person_id
        row.save(update_fields=["valid_until", "changed_at", "changed_by"])
    return row


def withdraw_rule(rule_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a wrong line out: it stays on record and is never applied."""
    policies.require(actor, WRITING_CATALOGUE)
    with writing():
        row = DispatchRule.objects.filter(pk=rule_id, withdrawn=False)
        if not row.update(withdrawn=True, changed_at=now, changed_by_id=actor.person_id):
            raise NotThere(_("没有这条派单规则，或已撤销。"))


def _write(said: RuleSaid, actor: Actor, now: datetime) -> DispatchRule:
    row = DispatchRule.objects.create(
        branch=said.branch,
        area_id=said.area_id,
        lead_unit_id=said.lead_unit_id,
        own_duty=said.own_duty,
        legal_basis=said.legal_basis.strip(),
        note=said.note.strip(),
        source=said.source.strip(),
        provenance=said.provenance.strip(),
        rehearsal=said.rehearsal,
        valid_from=said.valid_from,
        valid_until=said.valid_until,
        changed_at=now,
        changed_by_id=actor.person_id,
    )
    row.helpers.set(said.helper_ids)
    return row


def _says_the_same(row: DispatchRule, said: RuleSaid) -> bool:
    compared = ("lead_unit_id", "own_duty", "valid_from", "valid_until", "rehearsal")
    texts = ("legal_basis", "note", "source", "provenance")
    return (
        all(getattr(row, name) == getattr(said, name) for name in compared)
        and all(getattr(row, name) == getattr(said, name).strip() for name in texts)
        and {helper.pk for helper in row.helpers.all()} == set(said.helper_ids)
    )


def _check(said: RuleSaid) -> None:
    wrong: dict[str, str] = {}
    if said.branch and item(said.branch) is None:
        wrong["branch"] = _("目录中没有“%(key)s”这一类。") % {"key": said.branch[:60]}
    if said.area_id is not None and not Area.objects.filter(pk=said.area_id).exists():
        wrong["area_id"] = _("没有这个地区。")
    units = set(
        Unit.objects.filter(pk__in=[said.lead_unit_id, *said.helper_ids], active=True).values_list(
            "pk", flat=True
        )
    )
    if said.lead_unit_id not in units:
        wrong["lead_unit_id"] = _("没有这个单位，或已停用。")
    if set(said.helper_ids) - units:
        wrong["helper_ids"] = _("协办单位中有不存在或已停用的。")
    elif said.lead_unit_id in said.helper_ids:
        wrong["helper_ids"] = _("主办单位不能同时协办。")
    for name, longest in _LONGEST.items():
        text = getattr(said, name).strip()
        if not text and name != "note":
            wrong[name] = _("请填写此项。")
        elif len(text) > longest or "\x00" in text:
            wrong[name] = _("太长或含有不可用的字符：最多 %(longest)d 个字。") % {"longest": longest}
    if said.valid_until is not None and said.valid_until < said.valid_from:
        wrong["valid_until"] = _("最后一天不能早于生效日。")
    if wrong:
        raise Invalid(wrong)
