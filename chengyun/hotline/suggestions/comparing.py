"""Two orders side by side: one being typed or stored, and one that may be the same matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.labels import state_label
from chengyun.cases.models import Case
from chengyun.cases.privacy import mask_text
from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.suggestions.learning.features import letters_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere
from chengyun.kernel.masking import mask_name, mask_phone


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. ``rows`` has the same keys, in the same order, for both."""

    heading: str
    rows: dict[str, str]
    registered_at: datetime | None = None
    state: str = ""
    meaning: str = ""


def order_named(number: str, actor: Actor) -> Case:
    """The hotline order of that number; ``NotThere`` if there is none that the actor may see."""
    seen = Case.objects.seen_by(actor).filter(number=number, kind="hotline")
    found = seen.select_related("contact", "street", "community", "lead_unit").first()
    if found is None:
        raise NotThere(_("没有编号为 %(number)s 的工单。") % {"number": number[:32]})
    return found


def draft_side(posted: Mapping[str, Any]) -> Side:
    """What has been typed so far."""
    said = {
        name: str(posted.get(name, "")).strip()
        for name in ("title", "description", "address", "name", "phone")
    }
    chosen = item(str(posted.get("catalogue_key", ""))[:60])
    appeal = str(posted.get("appeal_type", ""))
    return Side(
        _("正在登记的工单"),
        {
            _("标题"): said["title"][:200],
            _("诉求内容"): said["description"][:4000],
            _("诉求类型"): AppealType(appeal).label if appeal in set(AppealType) else "",
            _("分类"): chosen.path if chosen else "",
            _("地址"): said["address"][:300],
            _("来电人"): said["name"][:60],
            _("电话"): said["phone"][:40],
            _("承办单位"): "",
        },
    )


def order_side(case: Case, actor: Actor) -> Side:
    """A stored order; its caller masked as everywhere."""
    contact = getattr(case, "contact", None)
    word, meaning = state_label(case.kind, case.state)
    chosen = item(case.catalogue_key) if case.catalogue_key else None
    secret = case.secret and contact is not None
    return Side(
        case.number,
        {
            _("标题"): mask_text(case.title, contact),
            _("诉求内容"): mask_text(case.description, contact),
            _("诉求类型"): AppealType(case.appeal_type).label if case.appeal_type else "",
            _("分类"): chosen.path if chosen else "",
            _("地址"): case.address,
            _("来电人"): _("要求保密") if secret else mask_name(contact.name) if contact else "",
            _("电话"): _("要求保密") if secret else mask_phone(contact.phone) if contact else "",
            _("承办单位"): case.lead_unit.name if case.lead_unit else "",
        },
        case.registered_at,
        f"{word} · {Channel(case.channel).label}",
        meaning,
    )


def same_fields(left: Side, right: Side) -> set[str]:
    """Keys of rows that say the same on both sides, blanks and marks apart."""
    return {
        key
        for key, value in left.rows.items()
        if value and letters_of(value) == letters_of(right.rows.get(key, ""))
    }
