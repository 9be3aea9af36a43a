"""The ways out, as the administrator sets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging.gateways.kinds import KINDS, Kind, Setting
from chengyun.messaging.gateways.secrets import keep_secret
from chengyun.messaging.models import GatewayRow
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post

_NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")


@writing()
def add_gateway(name: str, kind: str, *, actor: Actor, now: datetime) -> GatewayRow:
    """Enter a gateway, switched off until its settings are made. Raises ``NotAllowed``, ``Invalid`` (name, kind)."""
    require(actor, Post.ADMIN)
    faults: dict[str, str] = {}
    if not _NAME.fullmatch(name):
        faults["name"] = _("请用小写字母开头，只含小写字母、数字和短横线，最多 30 个。")
    elif GatewayRow.objects.filter(name=name).exists():
        faults["name"] = _("已有这个名称的网关。")
    if kind not in KINDS:
        faults["kind"] = _("请从列表中选择。")
    stop_at(faults)
    row = GatewayRow.objects.create(name=name, kind=kind, enabled=False, changed_at=now)
    note_change(Change.SET_GATEWAY, "gateway", row, {"kind": ["", kind]}, actor=actor, now=now)
    return row


@writing()
def set_gateway(
    name: str,
    *,
    values: Mapping[str, str],
    secret: str = "",
    place: int,
    enabled: bool,
    metered: bool,
    practice: bool | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> GatewayRow:
    """Change a gateway; the worker then starts it anew. An empty ``secret`` keeps the old one.

    ``practice`` says that it leads to a simulator; None keeps what was said before.
    The secret goes into the data folder, the change log only says that it was set. Raises ``NotAllowed``,
    ``NotThere`` or ``Invalid`` (the settings' names, place, note).
    """
    require(actor, Post.ADMIN)
    row = GatewayRow.objects.select_for_update().filter(name=name).first()
    if row is None or row.kind not in KINDS:
        raise NotThere(_("没有这个网关。"))
    kind = KINDS[row.kind]
    practice = row.practice if practice is None else practice
    faults: dict[str, str] = {}
    settings = {one.name: _setting(kind, one, values.get(one.name, ""), faults) for one in kind.settings}
    note = text("note", note, 200, faults, required=False)
    if not 1 <= place <= 999:
        faults["place"] = _("请填 %(least)s 到 %(most)s 的整数。") % {"least": 1, "most": 999}
    stop_at(faults)
    said = {
        "settings": [row.settings, settings],
        "place": [row.place, place],
        "enabled": [row.enabled, enabled],
        "metered": [row.metered, metered],
        "practice": [row.practice, practice],
        "secret": ["", _("已更换")] if secret else None,
    }
    GatewayRow.objects.filter(pk=row.pk).update(
        settings=settings,
        place=place,
        enabled=enabled,
        metered=metered,
        practice=practice,
        note=note,
        changed_at=now,
        down_since=None,
        probe_at=None,
        failures=0,
    )
    if secret:
        keep_secret(name, secret)
    told = {field: value for field, value in said.items() if value and value[0] != value[1]}
    note_change(Change.SET_GATEWAY, "gateway", row, told, actor=actor, now=now)
    row.refresh_from_db()
    return row


@writing()
def probe_now(name: str, *, actor: Actor, now: datetime) -> None:
    """Try a dead gateway at once, and start its link anew."""
    require(actor, Post.ADMIN)
    changed = GatewayRow.objects.filter(name=name).update(probe_at=now, changed_at=now)
    if not changed:
        raise NotThere(_("没有这个网关。"))


def _setting(kind: Kind, setting: Setting, value: str, faults: dict[str, str]) -> str:
    value = value.strip() or setting.default
    try:
        _check(setting, value)
    except Invalid as wrong:
        faults[setting.name] = wrong.message
    return value


def _check(setting: Setting, value: str) -> None:
    if not value:
        if setting.required:
            raise Invalid({setting.name: _("请填写此项。")})
        return
    if len(value) > 300 or not value.isprintable():
        raise Invalid({setting.name: _("太长或含有不可用的字符。")})
    if setting.choices and value not in setting.choices:
        raise Invalid({setting.name: _("请从列表中选择。")})
    if setting.least is not None and setting.most is not None:
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1
        if not setting.least <= number <= setting.most:
            bounds = {"least": setting.least, "most": setting.most}
            raise Invalid({setting.name: _("请填 %(least)s 到 %(most)s 的整数。") % bounds})
    if setting.name == "url":
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Invalid({setting.name: _("请填以 https:// 或 http:// 开头的完整地址。")})
