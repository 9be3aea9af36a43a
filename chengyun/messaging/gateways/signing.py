"""The signature of the HTTP gateway, both ways. Pure.

``X-Timestamp`` is the moment in whole seconds since 1970, ``X-Signature`` the hexadecimal HMAC-SHA256, keyed with
the gateway's secret, of the timestamp, a line feed, the path of the address, a line feed, and the body.
"""

from __future__ import annotations

import hashlib
import hmac

OLDEST = 300  # seconds that clocks may differ


def signature(secret: str, timestamp: str, path: str, body: bytes) -> str:
    """The signature of a request."""
    signed = f"{timestamp}\n{path}\n".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def headers(secret: str, seconds: int, path: str, body: bytes) -> dict[str, str]:
    """The two headers of a request made at this moment."""
    return {"X-Timestamp": str(seconds), "X-Signature": signature(secret, str(seconds), path, body)}


def fault(secret: str, timestamp: str, given: str, path: str, body: bytes, *, seconds: int) -> str | None:
    """What is wrong with a signed request (``secret``, ``timestamp``, ``signature``), or None."""
    if not secret:
        return "secret"
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return "timestamp"
    if abs(seconds - int(timestamp)) > OLDEST:
        return "timestamp"
    right = signature(secret, timestamp, path, body)
    return None if hmac.compare_digest(right.encode(), given.encode()) else "signature"
