"""Keyed hashes: what must be recognised again but not read out of the tables."""

from __future__ import annotations

import base64
import hmac
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT = "chengyun.citizen."


def keyed(use: str, text: str) -> str:
    """64 hexadecimal digits; the same text gives another hash for another ``use``."""
    return salted_hmac(_SALT + use, text, algorithm="sha256").hexdigest()


def same(first: str, second: str) -> bool:
    """Compare two hashes in constant time."""
    return hmac.compare_digest(first, second)


def link_token(client_id: UUID) -> str:
    """The token of the private address of a report.

    It comes from the form's own number, which only the citizen's browser knows, and our key: a report that is
    sent twice because its first answer was lost gets the same address, though only the hash is stored.
    """
    made = salted_hmac(_SALT + "link", str(client_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:24]).decode()


def fresh_token() -> str:
    """A token that follows from nothing."""
    return secrets.token_urlsafe(24)
