"""Keys of partners: worked out from the installation's secret, so that no table holds them."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from chengyun.hotline.models import Partner


def key_of(partner: Partner) -> str:
    """The key of a partner: 32 hexadecimal letters, as a WeChat account takes them too."""
    words = f"chengyun.exchange:{partner.code}:{partner.key_no}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]


def token_of(partner: Partner) -> str:
    """What goes behind ``Authorization: Bearer``."""
    return f"{partner.code}.{key_of(partner)}"


def signature_of(key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA-256 over timestamp, nonce and body, each on a line; hexadecimal."""
    signed = f"{timestamp}\n{nonce}\n".encode() + body
    return hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


def wechat_signature_of(key: str, timestamp: str, nonce: str) -> str:
    """SHA-1 over the three texts in their order of letters, as public accounts sign their callbacks."""
    return hashlib.sha1("".join(sorted((key, timestamp, nonce))).encode()).hexdigest()  # noqa: S324  WeChat's choice


def same(given: str, right: str) -> bool:
    """Compare in constant time; what is not plain letters is never right."""
    return given.isascii() and hmac.compare_digest(given.lower(), right)
