"""Writes on catalogues: load what ships (see catalogue_loading), add and retire local items."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.cases import reference_rows
from chengyun.cases.catalogue_loading import load_reference
from chengyun.cases.catalogue_version import bump
from chengyun.cases.models.catalogue import CatalogueItem
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change
from chengyun.organisation.models import Change
from chengyun.organisation.posts import Post

__all__ = ["add_local_item", "load_reference", "retire_item"]

# What follows the parent's code in a local item: 901–999 in the catalogue of 2026, 70–99 in the one of 2013
# (as other cities number theirs), 80–98 in the appeal classes (99 is 其他 there).
LOCAL_RANGES = {
    reference_rows.NEW: (3, 901, 999),
    reference_rows.OLD: (2, 70, 99),
    reference_rows.APPEALS: (2, 80, 98),
}


@writing()
def add_local_item(
    parent_key: str, *, code: str, name: str, remark: str = "", actor: Actor, now: datetime
) -> CatalogueItem:
    """Add an item of the district's own beneath a class, inside the range kept for local items.

    1. Only an administrator may.
    2. The code is the parent's code and a number from the local range of that catalogue.
    3. The name is new among its sisters; the code is free.
    """
    _may_edit(actor)
    parent = CatalogueItem.objects.select_related("catalogue").filter(key=parent_key, active=True).first()
    if parent is None:
        raise NotThere(_("没有这个大类，或已停用：%(key)s") % {"key": parent_key})
    code, name = code.strip(), name.strip()
    _check_local(parent, code, name)
    item = CatalogueItem(
        catalogue=parent.catalogue,
        key=reference_rows.key_of(parent.catalogue.code, parent.side, code),
        side=parent.side,
        code=code,
        parent_code=parent.code,
        level=parent.level + 1,
        name=name,
        remark=remark.strip()[:500],
        local=True,
        changed_by_id=actor.person_id,
        changed_at=now,
        change_reason=_("本区新增"),
    )
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(
            {"code": _("编码 %(code)s 已被使用（含已停用的），请换一个") % {"code": code}}
        ) from error
    note_change(
        Change.CHANGE_CATALOGUE,
        "item",
        item,
        {"name": [None, name], "key": [None, item.key]},
        actor=actor,
        now=now,
    )
    bump()
    return item


def _check_local(parent: CatalogueItem, code: str, name: str) -> None:
    digits, least, most = LOCAL_RANGES.get(parent.catalogue.code, (3, 901, 999))
    wrong: dict[str, str] = {}
    tail = code.removeprefix(parent.code)
    fits = re.fullmatch(rf"[0-9]{{{digits}}}", tail) and code.startswith(parent.code)
    if not fits or not least <= int(tail) <= most:
        wrong["code"] = _("本区扩展的编码须为 %(least)s 至 %(most)s") % {
            "least": f"{parent.code}{least}",
            "most": f"{parent.code}{most}",
        }
    if not 2 <= len(name) <= 80:
        wrong["name"] = _("名称须为 2 至 80 个字")
    sisters = CatalogueItem.objects.filter(catalogue=parent.catalogue, parent_code=parent.code, active=True)
    if sisters.filter(name=name).exists():
        wrong["name"] = _("同一大类下已有“%(name)s”") % {"name": name}
    if parent.level != (2 if parent.catalogue.kind == "appeals" else 1):
        wrong["parent"] = _("只能在末级的上一级下新增")
    if wrong:
        raise Invalid(wrong)


@writing()
def retire_item(key: str, *, reason: str, actor: Actor, now: datetime) -> CatalogueItem:
    """Take an item out of use. Cases that carry it keep it; a class must be empty first."""
    _may_edit(actor)
    if len(reason.strip()) < 4:
        raise Invalid({"reason": _("请写明停用理由，至少 4 个字")})
    item = CatalogueItem.objects.filter(key=key, active=True).first()
    if item is None:
        raise NotThere(_("没有这个类别，或已停用：%(key)s") % {"key": key})
    beneath = CatalogueItem.objects.filter(catalogue_id=item.catalogue_id, parent_code=item.code, active=True)
    if beneath.exists():
        raise Invalid({"key": _("“%(name)s”下还有在用的小类，请先停用它们") % {"name": item.name}})
    said = {
        "active": False,
        "changed_by_id": actor.person_id,
        "changed_at": now,
        "change_reason": reason.strip()[:200],
    }
    CatalogueItem.objects.filter(pk=item.pk).update(**said)
    retired = {"active": [True, False], "reason": [None, reason.strip()[:200]]}
    note_change(Change.CHANGE_CATALOGUE, "item", item, retired, actor=actor, now=now)
    bump()
    item.refresh_from_db()
    return item


def _may_edit(actor: Actor) -> None:
    if not actor.holds(Post.ADMIN):
        raise NotAllowed(_("只有系统管理员可以修改目录"))
