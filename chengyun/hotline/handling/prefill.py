"""What stands in a form before anybody typed: taken from what is on record already."""

from __future__ import annotations

from datetime import date, datetime

from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process.kinds import Way
from chengyun.hotline.handling.rows import texts_on
from chengyun.hotline.handling.words import RowKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.loop import Verb
from chengyun.organisation.queries import unit_tree

_PICKS = {"checked": RowKind.CHECKLIST, "grounds": RowKind.GROUND}
# Of an earlier answer that came back these are likely to hold still; its words are to be written anew.
_KEPT = (
    "finding", "finding_note", "demand", "demand_note", "department", "person_in_charge", "leader_in_charge",
    "responsibility", "illegal_type", "illegal_area", "renting_type",
)  # fmt: skip


def picks_for(name: str, day: date) -> list[str]:
    """What can be picked in a field of picks."""
    return texts_on(_PICKS[name], day) if name in _PICKS else []


def said_before(verb: Verb, case: CaseFacts, row: Case, actor: Actor, now: datetime) -> dict[str, str]:
    """Values by the name of the field, as a form's box takes them."""
    if case["kind"] != "hotline":
        return {}
    if verb.name == "answer":
        return _answer(row, actor)
    return {"way": Way.PHONE.value} if verb.name == "call_back" else {}


def _answer(row: Case, actor: Actor) -> dict[str, str]:
    """From the first contact, the unit's name, and an earlier answer that was sent back."""
    events = list(
        CaseEvent.objects.filter(case_id=row.pk, verb__in=("contact", "answer")).order_by("seq").values(
            "verb", "said", "actor_name"
        )
    )  # fmt: skip
    names = {node.id: node.name for node in unit_tree(actor)}
    found = {"department": names.get(row.lead_unit_id or 0, "")}
    for event in events:
        said = event["said"]
        if event["verb"] == "contact":
            found |= _contact(said, event["actor_name"])
        else:
            found |= {name: str(said[name]) for name in _KEPT if name in said}
    return {name: value for name, value in found.items() if value}


def _contact(said: dict[str, object], name: str) -> dict[str, str]:
    at = said.get("contacted_at")
    return {
        "contacted": str(said.get("reached", "")),
        "contact_why_not": str(said.get("why_not", "")),
        "contacted_at": f"{local(datetime.fromisoformat(str(at))):%Y-%m-%dT%H:%M:%S}" if at else "",
        "contact_person": name if said.get("reached") == "yes" else "",
        "visited": "on" if said.get("visited") else "",
    }
