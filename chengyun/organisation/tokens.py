"""Who a bearer token stands for."""

from __future__ import annotations

import hashlib
import time
from datetime import datetime

from django.http import HttpRequest

from chengyun.kernel import clock
from chengyun.kernel.actor import Actor
from chengyun.organisation.log_ins import address_of
from chengyun.organisation.models import Account, ApiToken
from chengyun.organisation.queries import actor_of

_FRESH_SECONDS = 2.0  # how long a revoked token may still be taken for good
_MOST = 1_000
_known: dict[str, tuple[float, datetime | None, Account]] = {}


def digest_of(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def actor_of_token(token: str, request: HttpRequest) -> Actor | None:
    """The actor of a valid token, or None. Read from the table at most every two seconds per token."""
    now: datetime = getattr(request, "now", None) or clock.now()
    digest = digest_of(token)
    kept = _known.get(digest)
    if kept is None or time.monotonic() - kept[0] > _FRESH_SECONDS:
        row = (
            ApiToken.objects.select_related("account__person__unit")
            .filter(digest=digest, revoked_at__isnull=True, account__is_active=True)
            .first()
        )
        if row is None:
            _known.pop(digest, None)
            return None
        if len(_known) >= _MOST:
            _known.clear()
        kept = _known[digest] = (time.monotonic(), row.expires_at, row.account)
    if kept[1] is not None and kept[1] <= now:
        return None
    return actor_of(kept[2], now, address_of(request))
