"""Partners: let one in, give it a new key, stop it. Every step stands in the log of changes of the exchange."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from chengyun.hotline.exchange.keys import key_of, token_of
from chengyun.hotline.exchange.policies import MANAGING
from chengyun.hotline.models import Exchange, ExchangeResult, Partner, PartnerKind
from chengyun.hotline.policies import require
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")


def add_partner(
    *, code: str, name: str, kind: str, unit_id: int | None, signed: bool, actor: Actor, now: datetime
) -> Partner:
    """Let a platform in. Raises ``NotAllowed`` or ``Invalid``."""
    require(actor, MANAGING)
    wrong: dict[str, str] = {}
    if not _CODE.fullmatch(code):
        wrong["code"] = _("2 到 32 个小写字母、数字或短横，如 yanghang")
    if not name.strip() or len(name.strip()) > 60:
        wrong["name"] = _("请写名称，最多 60 字")
    if kind not in set(PartnerKind):
        wrong["kind"] = _("请从列表中选。")
    if kind == PartnerKind.STREET and unit_id is None:
        wrong["unit"] = _("街镇平台须选它所在的单位")
    if unit_id is not None and not Unit.objects.filter(pk=unit_id, active=True).exists():
        wrong["unit"] = _("请从列表中选。")
    if wrong:
        raise Invalid(wrong)
    facts = {"name": name.strip(), "kind": kind, "unit_id": unit_id, "signed": signed and kind != "wechat"}
    try:
        with writing(), transaction.atomic():
            partner = Partner.objects.create(code=code, made_at=now, made_by_id=actor.person_id, **facts)
            _note(partner, _("新接入"), actor, now)
    except IntegrityError:
        raise Invalid({"code": _("已有代码为“%(code)s”的接入方") % {"code": code}}) from None
    return partner


def new_key(partner_id: int, *, actor: Actor, now: datetime) -> Partner:
    """End the key of a partner and make the next one."""
    require(actor, MANAGING)
    with writing():
        if not Partner.objects.filter(pk=partner_id).update(key_no=F("key_no") + 1):
            raise NotThere(_("没有这个接入方。"))
        partner = Partner.objects.get(pk=partner_id)
        _note(partner, _("换发密钥"), actor, now)
    return partner


def switch(partner_id: int, *, active: bool, actor: Actor, now: datetime) -> Partner:
    """Stop a partner, or let it in again with the key it had."""
    require(actor, MANAGING)
    with writing():
        if not Partner.objects.filter(pk=partner_id).update(active=active):
            raise NotThere(_("没有这个接入方。"))
        partner = Partner.objects.get(pk=partner_id)
        _note(partner, _("恢复接入") if active else _("停止接入"), actor, now)
    return partner


def secret_shown(partner: Partner) -> str:
    """What the partner's people are given, once: a WeChat account takes the bare key as its Token."""
    return key_of(partner) if partner.kind == PartnerKind.WECHAT else token_of(partner)


def _note(partner: Partner, what: str, actor: Actor, now: datetime) -> None:
    message = f"{what}：{actor.name}"[:500]
    Exchange.objects.create(
        partner=partner,
        at=now,
        path="",
        result=ExchangeResult.GIVEN,
        message=message,
        address=actor.address[:45],
    )
