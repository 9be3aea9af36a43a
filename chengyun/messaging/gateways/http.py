"""A gateway that is asked over HTTP with signed JSON; docs/handbook/administrator.md describes the protocol.

    POST <url>  {"account": "…", "messages": [{"id": "…", "phone": "…", "text": "…", "segments": 2}, …]}
    200         {"results": [{"id": "…", "status": "accepted", "message_id": "…"}, …]}

``status`` is ``accepted``, ``refused`` (for good) or ``again``, with a ``code`` and ``said`` if wanted. ``id`` is the
same at every try, so that the other side can tell a repetition.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from chengyun.kernel.clock import now
from chengyun.messaging.gateways import GatewayDown, GatewaySettings, Outcome, Outgoing, Taken
from chengyun.messaging.gateways.signing import headers

MOST_ANSWER = 2_000_000  # bytes of an answer that are read
# The other side says so before it takes anything; any other trouble leaves open what it did.
_SURELY_NOT_TAKEN = frozenset({400, 413, 422, 429, 503})
_NOT_LET_IN = frozenset({401, 403, 404, 405})


class _Result(msgspec.Struct):
    id: str
    status: str
    message_id: str = ""
    message_ids: list[str] = []
    code: str = ""
    said: str = ""


class _Answer(msgspec.Struct):
    results: list[_Result]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry numbers and texts to an address that nobody has entered."""

    def redirect_request(self, *_args: Any, **_said: Any) -> None:
        return None


class Http:
    """See the module."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.name = settings.name
        self.url = settings.values["url"]
        self.account = settings.values.get("account", "")
        self.secret = settings.secret
        self.timeout = float(settings.values.get("timeout") or 10)
        self._opener = urllib.request.build_opener(_NoRedirect)

    def submit(self, batch: Sequence[Outgoing]) -> list[Outcome]:
        """Hand over a batch in one request."""
        if not self.secret:
            raise GatewayDown("没有设置密钥")
        body = msgspec.json.encode(
            {
                "account": self.account,
                "messages": [
                    {"id": one.key, "phone": one.phone, "text": one.text, "segments": len(one.segments)}
                    for one in batch
                ],
            }
        )
        status, said = self._ask(body)
        if status != 200:
            return _all(batch, status)
        try:
            answer = msgspec.json.decode(said, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return [Outcome(one.message_id, Taken.UNSURE, code="bad_answer") for one in batch]
        results = {result.id: result for result in answer.results}
        return [_outcome(one, results.get(one.key)) for one in batch]

    def _ask(self, body: bytes) -> tuple[int, bytes]:
        """Status and body; status 0 when the request was written and no answer came."""
        path = urlsplit(self.url).path or "/"
        signed = headers(self.secret, int(now().timestamp()), path, body)
        signed["Content-Type"] = "application/json; charset=utf-8"
        # The address is the administrator's own, checked by the form to be http or https.
        request = urllib.request.Request(self.url, body, signed, method="POST")  # noqa: S310
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return answer.status, answer.read(MOST_ANSWER)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code, b""
        except urllib.error.URLError as error:
            # urllib wraps so only what fails before the request was wholly written.
            raise GatewayDown(str(error.reason)) from None
        except (OSError, http.client.HTTPException):
            return 0, b""


def _all(batch: Sequence[Outgoing], status: int) -> list[Outcome]:
    """The same for every message: the request as a whole was not answered well."""
    if status in _NOT_LET_IN:
        raise GatewayDown(f"HTTP {status}")
    taken = Taken.AGAIN if status in _SURELY_NOT_TAKEN else Taken.UNSURE
    code = f"http:{status}" if status else "no_answer"
    return [Outcome(one.message_id, taken, code=code) for one in batch]


def _outcome(one: Outgoing, result: _Result | None) -> Outcome:
    if result is None:
        return Outcome(one.message_id, Taken.UNSURE, code="no_answer")
    known = {"accepted": Taken.ACCEPTED, "refused": Taken.REFUSED, "again": Taken.AGAIN}
    taken = known.get(result.status, Taken.UNSURE)
    ids = tuple(result.message_ids) or ((result.message_id,) if result.message_id else ())
    return Outcome(one.message_id, taken, ids, result.code, result.said)


def make(settings: GatewaySettings) -> Http:
    """The gateway of a row."""
    return Http(settings)
