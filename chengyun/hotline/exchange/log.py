"""The log of what came and went: kept masked, and not filled by strangers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from chengyun.cases.privacy import mask_text
from chengyun.hotline.models import Exchange, ExchangeResult, Partner
from chengyun.kernel.masking import mask_id_number, mask_name, mask_phone
from chengyun.kernel.writing import writing
from chengyun.organisation.log_ins import address_of

_MOST = 8_000  # characters of a payload
_STRANGERS = timedelta(minutes=1)  # a stranger's knocks from one address are noted once in this time
_MASKS: dict[str, Any] = {
    "name": mask_name,
    "phone": mask_phone,
    "other_phone": mask_phone,
    "id_number": mask_id_number,
    "address_detail": lambda _text: "****",
    "FromUserName": lambda text: f"{text[:4]}****",
    "open_id": lambda text: f"{text[:4]}****",
}


def masked(said: Any, inside: str = "") -> Any:
    """A payload fit for the log: names, numbers and files are not in it. ``inside`` is the object's own name."""
    if isinstance(said, dict):
        return {str(name)[:60]: _masked_field(str(name), value, inside) for name, value in said.items()}
    if isinstance(said, list):
        return [masked(one, inside) for one in said[:50]]
    return mask_text(said)[:4_000] if isinstance(said, str) else said


def _masked_field(name: str, value: Any, inside: str) -> Any:
    if isinstance(value, str):
        if name == "content" and inside == "attachments":
            return f"({len(value)})"
        if name in _MASKS and (inside != "attachments"):
            return _MASKS[name](value[:200])
    return masked(value, name)


def note(
    request: HttpRequest,
    partner: Partner | None,
    result: ExchangeResult,
    *,
    now: datetime,
    number: str = "",
    case_id: int | None = None,
    message: str = "",
    payload: Any = "",
) -> None:
    """Append a line to the log."""
    address = address_of(request)
    if partner is None and _noted_already(address, now):
        return
    text = payload if isinstance(payload, str) else json.dumps(masked(payload), ensure_ascii=False, indent=1)
    with writing():
        Exchange.objects.create(
            partner=partner,
            at=now,
            path=request.path[:100],
            result=result,
            number=number[:60].replace("\x00", ""),
            case_id=case_id,
            message=mask_text(message)[:500].replace("\x00", ""),
            payload=mask_text(text)[:_MOST].replace("\x00", ""),
            address=address[:45],
        )


def _noted_already(address: str, now: datetime) -> bool:
    return Exchange.objects.filter(partner=None, address=address, at__gt=now - _STRANGERS).exists()
