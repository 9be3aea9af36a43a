"""Who knocks: a partner by key or signature. Raises ``Denied`` and says no more than is needed."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from chengyun.hotline.exchange.keys import key_of, same, signature_of, wechat_signature_of
from chengyun.hotline.models import Partner, PartnerKind
from chengyun.kernel.errors import Refused

WINDOW = 600  # seconds by which the clocks of two machines may differ


class Denied(Refused):
    """The partner is not known, not active, or the signature does not fit."""

    status = 401
    code = "denied"


def partner_of(request: HttpRequest, body: bytes, kind: PartnerKind, now: datetime) -> Partner:
    """The partner who sent this request, by ``Authorization: Bearer code.key``, or by ``X-Partner``,
    ``X-Timestamp`` (seconds since 1970), ``X-Nonce`` and ``X-Signature``.
    """
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    code, _dot, key = token.strip().partition(".")
    signed = "X-Signature" in request.headers
    if signed:
        code = request.headers.get("X-Partner", "")
    partner = Partner.objects.filter(code=code[:32], kind=kind, active=True).first()
    if partner is None:
        raise Denied(_("需要有效的接入密钥：Authorization: Bearer 代码.密钥，或签名"))
    if signed:
        _signature_fits(request, body, partner, now)
    elif partner.signed:
        raise Denied(_("本接入方须签名：X-Partner、X-Timestamp、X-Nonce、X-Signature"))
    elif scheme.lower() != "bearer" or not same(key, key_of(partner)):
        raise Denied(_("需要有效的接入密钥：Authorization: Bearer 代码.密钥，或签名"))
    return partner


def _signature_fits(request: HttpRequest, body: bytes, partner: Partner, now: datetime) -> None:
    timestamp, nonce = request.headers.get("X-Timestamp", ""), request.headers.get("X-Nonce", "")
    _in_time(timestamp, now)
    right = signature_of(key_of(partner), timestamp, nonce, body)
    if not same(request.headers["X-Signature"], right):
        raise Denied(_("签名不对：应为 HMAC-SHA256(密钥, 时间戳 换行 随机串 换行 正文) 的十六进制"))


def account_of(request: HttpRequest, now: datetime) -> Partner:
    """The WeChat account whose token signed this callback."""
    said = {name: request.GET.get(name, "") for name in ("signature", "timestamp", "nonce")}
    _in_time(said["timestamp"], now)
    for partner in Partner.objects.filter(kind=PartnerKind.WECHAT, active=True):
        if same(said["signature"], wechat_signature_of(key_of(partner), said["timestamp"], said["nonce"])):
            return partner
    raise Denied(_("签名不对"))


def _in_time(timestamp: str, now: datetime) -> None:
    """An old request that somebody recorded is not taken again."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Denied(_("时间戳应为 1970 年以来的秒数"))
    if abs(int(timestamp) - now.timestamp()) > WINDOW:
        raise Denied(_("时间戳与本机相差超过 %(seconds)d 秒，请校时") % {"seconds": WINDOW})
