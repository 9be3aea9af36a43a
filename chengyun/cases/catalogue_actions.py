"""Writes on catalogues: load what ships, add and retire local items."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.cases import catalogue_queries, reference_rows
from chengyun.cases.models.catalogue import (
    Catalogue,
    CatalogueCriterion,
    CatalogueItem,
    CatalogueMapping,
    CatalogueVersion,
)
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.posts import Post

# What follows the parent's code in a local item: 901–999 in the catalogue of 2026, 70–99 in the one of 2013
# (as other cities number theirs), 80–98 in the appeal classes (99 is 其他 there).
LOCAL_RANGES = {
    reference_rows.NEW: (3, 901, 999),
    reference_rows.OLD: (2, 70, 99),
    reference_rows.APPEALS: (2, 80, 98),
}


@writing()
def load_reference(now: datetime, *, actor: Actor = SYSTEM) -> dict[str, int]:
    """Load the catalogues that ship. Safe to repeat; keeps whatever a person changed or retired.

    1. Catalogues that are not there are added, the older linked to the one that replaced it.
    2. Items that are not there are added; a name mended in a release is mended here.
    3. Criteria and mappings that are not there are added; existing ones are the district's own by now.

    Returns how many rows of each kind were added.
    """
    if not (actor.system or actor.holds(Post.ADMIN)):
        raise NotAllowed(_("只有系统管理员可以装载目录"))
    catalogues, added = _load_catalogues(now)
    counts = {"catalogues": added, "items": _load_items(catalogues)}
    counts["criteria"] = _load_criteria()
    counts["mappings"] = _load_mappings()
    _bump()
    return counts


def _load_catalogues(now: datetime) -> tuple[dict[tuple[str, str], Catalogue], int]:
    known = {(row.code, row.kind): row for row in Catalogue.objects.all()}
    added = 0
    # Newest first, so that the one that replaces is there before the one replaced.
    for row in sorted(
        reference_rows.table("catalogues.csv"), key=lambda row: row["valid_from"], reverse=True
    ):
        if (row["code"], row["kind"]) in known:
            continue
        known[row["code"], row["kind"]] = Catalogue.objects.create(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            source=row["source"],
            provenance=row["provenance"],
            replaced_by=known.get((row["replaced_by"], row["kind"])),
            loaded_at=now,
        )
        added += 1
    return known, added


def _load_items(catalogues: dict[tuple[str, str], Catalogue]) -> int:
    known = {item.key: item for item in CatalogueItem.objects.filter(local=False)}
    new: list[CatalogueItem] = []
    mended: list[CatalogueItem] = []
    for row in reference_rows.items():
        item = known.get(row.key)
        if item is None:
            new.append(
                CatalogueItem(
                    catalogue=catalogues[row.catalogue, row.kind],
                    key=row.key,
                    side=row.side,
                    code=row.code,
                    parent_code=row.parent_code,
                    level=row.level,
                    name=row.name,
                    remark=row.remark,
                )
            )
        elif item.changed_at is None and (item.name, item.remark) != (row.name, row.remark):
            item.name, item.remark = row.name, row.remark
            mended.append(item)
    CatalogueItem.objects.bulk_create(new)
    CatalogueItem.objects.bulk_update(mended, ["name", "remark"])
    return len(new)


def _load_criteria() -> int:
    ids = dict(CatalogueItem.objects.values_list("key", "id"))
    known = set(CatalogueCriterion.objects.values_list("item_id", "kind", "code"))
    new = [
        CatalogueCriterion(
            item_id=ids[row["key"]],
            kind=row["kind"],
            code=row["code"],
            text=row["text"],
            provenance=row["provenance"],
            position=position,
        )
        for position, row in enumerate(reference_rows.table("criteria.csv"))
        if (ids[row["key"]], row["kind"], row["code"]) not in known
    ]
    CatalogueCriterion.objects.bulk_create(new)
    return len(new)


def _load_mappings() -> int:
    known = set(CatalogueMapping.objects.values_list("old_key", flat=True))
    new = [
        CatalogueMapping(**row) for row in reference_rows.table("mapping.csv") if row["old_key"] not in known
    ]
    CatalogueMapping.objects.bulk_create(new)
    return len(new)


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
    _bump()
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
    _bump()
    item.refresh_from_db()
    return item


def _may_edit(actor: Actor) -> None:
    if not actor.holds(Post.ADMIN):
        raise NotAllowed(_("只有系统管理员可以修改目录"))


def _bump() -> None:
    CatalogueVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    catalogue_queries.forget()
    transaction.on_commit(catalogue_queries.forget)
