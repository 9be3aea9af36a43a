"""The JSON door: open a case, look at it, take a verb."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import BaseModel, Field

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.engine import offered
from chengyun.cases.facts import CaseFacts
from chengyun.cases.ledger import load
from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.world import surroundings
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere

router = Router(tags=["cases"])


# What comes in is plain pydantic: ninja's own Schema would take a bare text for an object without fields.
class CallerIn(BaseModel):
    """Who reports; kept apart and masked."""

    name: str = ""
    phone: str = ""
    other_phone: str = ""
    id_number: str = ""
    address_detail: str = ""
    channel_identity: str = ""


class CaseIn(BaseModel):
    """A new case. ``client_id`` is made by the sender; sending it twice makes one case."""

    client_id: UUID
    kind: str
    title: str
    description: str = ""
    channel: str = "api"
    appeal_type: str = ""
    catalogue: str = ""
    condition: str = ""
    urgency: str = "normal"
    secret: bool | None = None
    address: str = ""
    longitude: float | None = Field(None, description="WGS-84")
    latitude: float | None = Field(None, description="WGS-84")
    accuracy: float | None = None
    source_system: str = ""
    source_number: str = ""
    caller: CallerIn = CallerIn()


class Opened(Schema):
    """What is needed to go on with a case."""

    id: int
    number: str
    version: int
    state: str
    due_at: datetime | None


class MoveIn(BaseModel):
    """A verb: the version that was seen, and what is said."""

    seen: int
    said: dict[str, Any] = {}


class EventOut(Schema):
    """One thing that happened."""

    seq: int
    verb: str
    from_state: str
    to_state: str
    at: datetime
    actor_name: str
    said: dict[str, Any]
    digest: str


class CaseOut(Opened):
    """A case with its history and the verbs that the asker may take now."""

    kind: str
    title: str
    description: str
    channel: str
    appeal_type: str
    address: str
    stage: str
    registered_at: datetime
    closed_at: datetime | None
    verbs: list[str]
    events: list[EventOut]


@router.post("/cases", response={201: Opened, 200: Opened}, summary="Open a case")
def create(request: HttpRequest, body: CaseIn) -> Status[dict[str, Any]]:
    """201 for a new case; 200 with the same case if this ``client_id`` was used before."""
    actor, now = _who(request)
    fresh, opened = open_from(body.model_dump(), actor=actor, now=now)
    return Status(201 if fresh else 200, opened)


def open_from(said: dict[str, Any], *, actor: Actor, now: datetime) -> tuple[bool, dict[str, Any]]:
    """Open a case from what ``CaseIn`` describes; tell whether it is new, and the answer ``Opened``."""
    caller = {name: value for name, value in said.pop("caller").items() if value}
    new = NewCase(catalogue_key=said.pop("catalogue"), contact=caller, **said)
    case, fresh = open_case(new, actor=actor, now=now)
    return fresh, _opened(case)


@router.get("/cases/{number}", response=CaseOut, summary="One case with its history")
def read(request: HttpRequest, number: str) -> dict[str, Any]:
    """404 if there is none of that number or the asker may not see it."""
    actor, now = _who(request)
    case = load(_id_of(number, actor), actor)
    names = (
        "kind",
        "title",
        "description",
        "channel",
        "appeal_type",
        "address",
        "stage",
        "registered_at",
        "closed_at",
    )
    verbs = [verb.name for verb, against in offered(case, actor, now, surroundings(now)) if not against]
    events = CaseEvent.objects.filter(case_id=case.pk).order_by("seq")
    return {**_opened(case), **{n: case[n] for n in names}, "verbs": verbs, "events": list(events)}


@router.post("/cases/{number}/verbs/{verb}", response=Opened, summary="Take a verb")
def take(request: HttpRequest, number: str, verb: str, body: MoveIn) -> dict[str, Any]:
    """409 if somebody moved the case since version ``seen``."""
    actor, now = _who(request)
    case = move(_id_of(number, actor), verb, actor=actor, seen=body.seen, now=now, said=body.said)
    return _opened(case)


def _who(request: HttpRequest) -> tuple[Actor, datetime]:
    return request.actor, request.now  # type: ignore[attr-defined]


def _id_of(number: str, actor: Actor) -> int:
    found = Case.objects.seen_by(actor).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotThere(_("没有编号为 %(number)s 的案件，或您无权查看") % {"number": number[:40]})
    return int(found)


def _opened(case: CaseFacts) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case["number"],
        "version": case["version"],
        "state": case["state"],
        "due_at": case["due_at"] and local(case["due_at"]),
    }
