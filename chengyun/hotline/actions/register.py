"""Take an order in: the case, its caller and its files, at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.actions.attachments import attach
from chengyun.cases.facts import CaseFacts
from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import Channel
from chengyun.geography.queries import match_address
from chengyun.hotline import policies
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

# An address is believed from this confidence on; below it the order waits for somebody to pick the place.
SURE = 0.5
_COMPARED = ("title", "description", "address")


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of the form. ``fresh`` is False where the same form was taken before."""

    case: CaseFacts
    fresh: bool


def register_order(
    said: Mapping[str, Any],
    *,
    attachments: Sequence[int] = (),
    resolve: bool = False,
    actor: Actor,
    now: datetime,
) -> Registered:
    """Take an order in, as ``forms.OrderForm`` has cleaned it.

    1. The actor is an intake operator or a shift leader.
    2. Without a point, street and community are those that the operator confirmed (``said["area"]``), else
       those of the address, if it tells them surely enough.
    3. In one transaction: open the case with its caller, tie the uploads that wait, and with ``resolve``
       close it at once with ``said["reply"]`` (首呼解决).
    4. A form that was taken before gives the same case back and writes nothing.

    Raises ``NotAllowed`` or ``Invalid``; nothing is then written.
    """
    policies.require(actor, policies.REGISTERING)
    if resolve and not said.get("reply", "").strip():
        raise Invalid({"reply": _("当场办结须写明答复内容。")})
    new = _new_case(said)
    with writing():
        case, fresh = open_case(new, actor=actor, now=now)
        if not fresh:
            _same_form(case, new)
            return Registered(case, fresh=False)
        assert case.id is not None
        attach(attachments, case_id=case.id, event_seq=case["version"], actor=actor)
        if resolve:
            reply = {"reply": said["reply"]}
            case = move(case.id, "resolve_at_once", actor=actor, seen=case["version"], now=now, said=reply)
    return Registered(case, fresh=True)


def _new_case(said: Mapping[str, Any]) -> NewCase:
    city = said["channel"] == Channel.CITY
    contact = {name: said[name] for name in ("name", "phone", "other_phone") if said.get(name)}
    new = NewCase(
        kind=Kind.HOTLINE,
        title=said["title"],
        description=said["description"],
        channel=said["channel"],
        appeal_type=said["appeal_type"],
        catalogue_key=said.get("catalogue_key", ""),
        urgency=said.get("urgency") or "normal",
        secret=said.get("secret"),
        wants_reply=bool(said.get("wants_reply")),
        address=said.get("address", ""),
        longitude=said.get("longitude"),
        latitude=said.get("latitude"),
        client_id=said["client_id"],
        source_system="city" if city else "",
        source_number=said.get("source_number", "") if city else "",
        city_due_at=said.get("city_due_at") if city else None,
        contact=contact,
    )
    if new.longitude is None and said.get("area"):
        new.street_id, new.community_id = said["area"]
    elif new.longitude is None and new.address:
        best = next(iter(match_address(new.address)), None)
        if best is not None and best.confidence >= SURE:
            new.street_id, new.community_id = best.street_id, best.community_id
    return new


def _same_form(case: CaseFacts, new: NewCase) -> None:
    """A form that comes twice is a retry; one that was changed after it was taken is not."""
    if case["kind"] != new.kind or any(case[name] != getattr(new, name).strip() for name in _COMPARED):
        raise Invalid(
            {
                "client_id": _("这张表单已登记为 %(number)s。内容有改动，再次提交将另登一单。")
                % {"number": case["number"]}
            }
        )
