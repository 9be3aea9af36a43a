"""Keep a filter under a name, rename it, throw it away. One's own only."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.workbench.models import SavedFilter
from chengyun.workbench.worklists import BY_NAME

MOST = 30  # per person: more would be a list to search in, not to choose from


def save_filter(*, name: str, list_name: str, query: str, actor: Actor, now: datetime) -> SavedFilter:
    """Save, or save anew under a name that this person already uses. Raises ``Invalid``."""
    name = _checked_name(name)
    if list_name and list_name not in BY_NAME:
        raise Invalid({"name": _("没有这个工作列表")})
    if actor.person_id is None:
        raise Invalid({"name": _("系统账号不保存筛选")})
    with writing():
        mine = SavedFilter.objects.seen_by(actor)
        if not mine.filter(name=name).exists() and mine.count() >= MOST:
            raise Invalid({"name": _("最多保存 %(most)d 个，请先删去不用的") % {"most": MOST}})
        said = {"list_name": list_name, "query": query[:600], "saved_at": now}
        saved, _made = SavedFilter.objects.update_or_create(
            owner_id=actor.person_id, name=name, defaults=said
        )
        return saved


def rename_filter(filter_id: int, *, name: str, actor: Actor) -> None:
    """Give it another name. Raises ``NotThere`` or ``Invalid``."""
    name = _checked_name(name)
    try:
        with writing():
            changed = SavedFilter.objects.seen_by(actor).filter(pk=filter_id).update(name=name)
    except IntegrityError:
        raise Invalid({"name": _("您已有一个叫“%(name)s”的筛选") % {"name": name}}) from None
    if not changed:
        raise NotThere(_("没有这个筛选"))


def delete_filter(filter_id: int, *, actor: Actor) -> None:
    """Throw it away; twice is harmless."""
    with writing():
        SavedFilter.objects.seen_by(actor).filter(pk=filter_id).delete()


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid({"name": _("请填写名称")})
    if len(name) > 40 or "\x00" in name:
        raise Invalid({"name": _("名称最多 40 字，不含控制字符")})
    return name
