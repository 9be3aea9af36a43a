"""A follower of the public account tells what is wrong, message by message, until they say 提交."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.ledger import load
from chengyun.cases.models import Case
from chengyun.cases.process import HotlineState, Kind
from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.exchange.orders import actor_for, source_of
from chengyun.hotline.models import Partner, WechatMessage, WechatTalk
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

_SPACE = UUID("c0b3f1d2-52b7-5c1f-8d0a-7a2e9f4b6c33")
_LONGEST, _MOST_DRAFT = 2_000, 50
_SUBMIT, _CANCEL, _PROGRESS = {"提交", "确认", "提交工单"}, {"取消", "清空"}, {"查询", "进度"}
_ADDITION = re.compile(r"^补充[:：\s]*(.+)$", re.S)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@dataclass(frozen=True, slots=True)
class Callback:
    """One message as the account's server sends it."""

    to: str
    open_id: str
    kind: str
    text: str
    message_id: str


def callback_of(body: bytes) -> Callback:
    """Read the XML; entities and document types are refused. Raises ``Invalid``."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Invalid(
            {"body": _("正文不是正确的 XML：%(error)s") % {"error": type(error).__name__}}
        ) from None
    said = {child.tag: (child.text or "").strip() for child in root}
    if "Encrypt" in said and "MsgType" not in said:
        raise Invalid({"body": _("不支持加密模式，请在公众平台选明文模式")})
    missing = [name for name in ("FromUserName", "ToUserName", "MsgType") if not said.get(name)]
    if missing:
        raise Invalid({name: _("缺少这一项") for name in missing})
    if len(said["FromUserName"]) > 64 or len(said.get("MsgId", "")) > 64:
        raise Invalid({"FromUserName": _("最多 %(most)d 字") % {"most": 64}})
    kind = said["MsgType"]
    text = said.get("Content", "") if kind == "text" else ""
    if kind == "location":
        text = _("位置：%(label)s") % {"label": said.get("Label", "")}
    number = said.get("MsgId") or f"{said.get('CreateTime', '')}-{said.get('Event', '')}"
    return Callback(
        said["ToUserName"], said["FromUserName"], kind, text.replace("\x00", "")[:_LONGEST], number[:64]
    )


def reply_xml(callback: Callback, text: str, now: datetime) -> bytes:
    """The passive answer that WeChat shows to the follower."""
    root = Element("xml")
    facts = {
        "ToUserName": callback.open_id,
        "FromUserName": callback.to,
        "CreateTime": str(int(now.timestamp())),
        "MsgType": "text",
        "Content": text,
    }
    for name, value in facts.items():
        SubElement(root, name).text = value
    said: bytes = tostring(root, encoding="utf-8")
    return said


def receive(callback: Callback, *, partner: Partner, now: datetime) -> tuple[str, int | None, bool]:
    """Take one message: keep it, do what it says, keep the answer.

    Returns the answer, the id of the order it concerns if any, and whether the message was new: WeChat sends
    again what was not answered within five seconds, and then gets the same answer.
    """
    with writing():
        talk, _made = WechatTalk.objects.select_for_update().get_or_create(
            partner=partner, open_id=callback.open_id, defaults={"last_at": now}
        )
        try:
            with transaction.atomic():
                message = WechatMessage.objects.create(
                    talk=talk,
                    message_id=callback.message_id or None,
                    incoming=True,
                    text=callback.text,
                    at=now,
                )
        except IntegrityError:
            return _answered(talk, callback), talk.case_id, False
        text, case_id = _act(talk, message, callback, partner, now)
        WechatMessage.objects.create(talk=talk, incoming=False, text=text, at=now, case_id=case_id)
        WechatTalk.objects.filter(pk=talk.pk).update(last_at=now)
    return text, case_id, True


def draft_of(talk: WechatTalk) -> QuerySet[WechatMessage]:
    """What was said and is in no order yet."""
    return (
        talk.messages.filter(incoming=True, case=None, pk__gt=talk.begun_after)
        .exclude(text="")
        .order_by("pk")
    )


def open_draft(talk_id: int, *, appeal_type: str = AppealType.HELP, now: datetime) -> Case:
    """Make an order of what was said, at the desk or at the follower's word. Raises ``Invalid`` if nothing was."""
    with writing():
        talk = WechatTalk.objects.select_for_update().select_related("partner").get(pk=talk_id)
        said = [one for one in draft_of(talk) if one.text not in _SUBMIT | _PROGRESS]
        if not said:
            raise Invalid({"body": _("还没有内容，请先说明何地何事。")})
        text = "\n".join(one.text for one in said)
        phone = _MOBILE.search(text)
        contact = {"channel_identity": talk.open_id} | ({"phone": phone[0]} if phone else {})
        places = (one.text.partition("：")[2] for one in said if one.text.startswith("位置："))
        title = said[0].text.partition("\n")[0]
        new = NewCase(
            kind=Kind.HOTLINE,
            title=title if len(title) <= 40 else f"{title[:39]}…",
            description=text[:20_000],
            channel=Channel.WECHAT,
            appeal_type=appeal_type,
            address=next(places, "")[:300],
            client_id=uuid5(_SPACE, f"{talk.pk}/{said[0].pk}"),
            source_system=source_of(talk.partner),
            source_number=f"{talk.pk}-{said[0].pk}",
            contact=contact,
        )
        case, _fresh = open_case(new, actor=actor_for(talk.partner), now=now)
        draft_of(talk).update(case_id=case.pk)
        WechatTalk.objects.filter(pk=talk.pk).update(case_id=case.pk)
    return Case.objects.get(pk=case.pk)


def _answered(talk: WechatTalk, callback: Callback) -> str:
    first = WechatMessage.objects.filter(talk=talk, message_id=callback.message_id).first()
    later = WechatMessage.objects.filter(talk=talk, incoming=False, pk__gt=first.pk if first else 0)
    return later.order_by("pk").values_list("text", flat=True).first() or ""


def _act(
    talk: WechatTalk, message: WechatMessage, callback: Callback, partner: Partner, now: datetime
) -> tuple[str, int | None]:
    word = callback.text.strip("。.!！ ")
    if callback.kind not in {"text", "location"} or not callback.text:
        return _("请用文字说明何地何事。说完发“提交”生成工单，发“取消”重来，发“进度”查询。"), None
    if word in _CANCEL:
        WechatTalk.objects.filter(pk=talk.pk).update(begun_after=message.pk)
        return _("已取消，刚才说的没有登记。"), None
    if word in _PROGRESS:
        return _progress(talk, message)
    addition = _ADDITION.match(callback.text)
    if addition and talk.case_id is not None:
        return _add(talk, message, addition[1], partner, now)
    if word in _SUBMIT:
        try:
            case = open_draft(talk.pk, now=now)
        except Invalid as error:
            WechatTalk.objects.filter(pk=talk.pk).update(begun_after=message.pk)
            return error.message, None
        return _("已登记，编号 %(number)s。发“进度”查询，发“补充 ……”补充情况。") % {
            "number": case.number
        }, case.pk
    if draft_of(talk).count() >= _MOST_DRAFT:
        return _("内容已经很多，请发“提交”生成工单，或发“取消”重来。"), None
    return _(
        "已记下。请补充时间、地点和联系电话；说完发“提交”生成工单，发“取消”重来。紧急情况请拨110、119、120。"
    ), None


def _progress(talk: WechatTalk, message: WechatMessage) -> tuple[str, int | None]:
    WechatMessage.objects.filter(pk=message.pk).update(case_id=talk.case_id)
    if talk.case_id is None:
        return _("您还没有登记过工单。"), None
    case = Case.objects.get(pk=talk.case_id)
    state = HotlineState(case.state).label
    said = {"number": case.number, "state": state, "since": f"{local(case.state_since):%m-%d %H:%M}"}
    return _("%(number)s：%(state)s（%(since)s 起）。") % said, case.pk


def _add(
    talk: WechatTalk, message: WechatMessage, text: str, partner: Partner, now: datetime
) -> tuple[str, int | None]:
    assert talk.case_id is not None
    actor = actor_for(partner)
    case = load(talk.case_id, actor)
    words: dict[str, Any] = {"note": _("市民补充（微信）：%(text)s") % {"text": text[:_LONGEST]}}
    move(talk.case_id, "note", actor=actor, seen=case["version"], now=now, said=words)
    WechatMessage.objects.filter(pk=message.pk).update(case_id=talk.case_id)
    return _("已补充到 %(number)s。") % {"number": case["number"]}, talk.case_id
