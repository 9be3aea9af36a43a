"""Load the catalogues that ship, keeping whatever the district has made of them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.cases import reference_rows
from chengyun.cases.catalogue_version import bump
from chengyun.cases.models.catalogue import Catalogue, CatalogueCriterion, CatalogueItem, CatalogueMapping
from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.errors import NotAllowed
from chengyun.kernel.writing import writing
from chengyun.organisation.posts import Post


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
    bump()
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
