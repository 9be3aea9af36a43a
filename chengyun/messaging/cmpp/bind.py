"""How the two sides prove that they know the shared secret (domain.md §5.1)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from chengyun.kernel.clock import local
from chengyun.messaging.cmpp.packets import Connect
from chengyun.messaging.cmpp.wire import Version


def timestamp(moment: datetime) -> int:
    """MMDDHHMMSS on a clock in Shanghai, as a number."""
    return int(f"{local(moment):%m%d%H%M%S}")


def authenticator(account: str, secret: str, stamp: int) -> bytes:
    """MD5 of the account, nine zeros, the secret and the timestamp in ten digits."""
    said = account.encode("ascii") + b"\0" * 9 + secret.encode() + f"{stamp:010d}".encode("ascii")
    return hashlib.md5(said, usedforsecurity=False).digest()


def connect(account: str, secret: str, version: Version, moment: datetime) -> Connect:
    """The CONNECT of an account."""
    stamp = timestamp(moment)
    return Connect(account, authenticator(account, secret, stamp), version, stamp)


def proves(packet: Connect, secret: str) -> bool:
    """Tell whether who sent this CONNECT knows the secret."""
    expected = authenticator(packet.source_addr, secret, packet.timestamp)
    return hmac.compare_digest(expected, packet.authenticator)


def answer(status: int, packet_authenticator: bytes, secret: str, version: Version) -> bytes:
    """AuthenticatorISMG: MD5 of the status (as long as it is on the wire), the client's own and the secret."""
    size = 4 if version is Version.V3 else 1
    said = status.to_bytes(size, "big") + packet_authenticator + secret.encode()
    return hashlib.md5(said, usedforsecurity=False).digest()
