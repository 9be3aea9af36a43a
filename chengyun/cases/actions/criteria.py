"""Criteria of catalogue items: add, reword, retire. A row that cases may have used is never deleted."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_version import bump
from chengyun.cases.models.catalogue import CatalogueCriterion, CatalogueItem
from chengyun.cases.vocabulary import CriterionKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


@writing()
def add_criterion(
    item_key: str, kind: str, *, code: str = "", words: str, provenance: str, actor: Actor, now: datetime
) -> CatalogueCriterion:
    """Add a criterion to an item or class; one on a class holds for everything beneath it.

    An empty ``code`` is made up (file-3). Conditions are named by their code in time limits, so a code once
    used, even by a retired row, is not given out again. Raises ``NotAllowed``, ``NotThere``, ``Invalid``
    (kind, code, words, provenance).
    """
    require(actor, Post.ADMIN)
    item = CatalogueItem.objects.filter(key=item_key, active=True).first()
    if item is None:
        raise NotThere(_("没有这个类别，或已停用：%(key)s") % {"key": item_key})
    faults: dict[str, str] = {}
    if kind not in set(CriterionKind):
        faults["kind"] = _("请从列出的种类中选。")
    words, provenance = _checked(words, provenance, faults)
    rows = CatalogueCriterion.objects.filter(item=item, kind=kind)
    code = code.strip() or _next_code(kind, set(rows.values_list("code", flat=True)))
    if not _CODE.fullmatch(code):
        faults["code"] = _("编码用小写字母、数字和短横，最多 20 位，如 pit-large。")
    elif rows.filter(code=code).exists():
        faults["code"] = _("编码 %(code)s 已被使用（含已停用的），请换一个。") % {"code": code}
    stop_at(faults)
    last = rows.aggregate(last=Max("position"))["last"]
    row = CatalogueCriterion.objects.create(
        item=item,
        kind=kind,
        code=code,
        text=words,
        provenance=provenance,
        position=0 if last is None else last + 1,
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    said = {"item": item.key, "kind": kind, "code": code, "text": [None, words]}
    note_change(Change.CHANGE_CATALOGUE, "criterion", row, said, actor=actor, now=now)
    bump()
    return row


@writing()
def change_criterion(
    criterion_id: int, *, words: str, provenance: str, actor: Actor, now: datetime
) -> CatalogueCriterion:
    """Reword a criterion. What cases said with it keeps the old words. Raises as ``add_criterion``."""
    require(actor, Post.ADMIN)
    row = _living(criterion_id)
    faults: dict[str, str] = {}
    words, provenance = _checked(words, provenance, faults)
    stop_at(faults)
    said = {"text": [row.text, words], "provenance": [row.provenance, provenance]}
    CatalogueCriterion.objects.filter(pk=row.pk).update(
        text=words, provenance=provenance, changed_by_id=actor.person_id, changed_at=now
    )
    note_change(Change.CHANGE_CATALOGUE, "criterion", row, said, actor=actor, now=now)
    bump()
    row.refresh_from_db()
    return row


@writing()
def retire_criterion(criterion_id: int, *, reason: str, actor: Actor, now: datetime) -> CatalogueCriterion:
    """Take a criterion out of use; cases that named it keep it. Raises ``NotThere``, ``Invalid`` (reason)."""
    require(actor, Post.ADMIN)
    row = _living(criterion_id)
    faults: dict[str, str] = {}
    reason = text("reason", reason, 200, faults)
    stop_at(faults)
    CatalogueCriterion.objects.filter(pk=row.pk).update(
        active=False, changed_by_id=actor.person_id, changed_at=now
    )
    said = {"active": [True, False], "reason": [None, reason]}
    note_change(Change.CHANGE_CATALOGUE, "criterion", row, said, actor=actor, now=now)
    bump()
    row.refresh_from_db()
    return row


def _living(criterion_id: int) -> CatalogueCriterion:
    row = CatalogueCriterion.objects.filter(pk=criterion_id, active=True).first()
    if row is None:
        raise NotThere(_("没有这条标准，或已停用。"))
    return row


def _checked(words: str, provenance: str, faults: dict[str, str]) -> tuple[str, str]:
    return text("words", words, 200, faults), text("provenance", provenance, 300, faults)


def _next_code(kind: str, taken: set[str]) -> str:
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"
