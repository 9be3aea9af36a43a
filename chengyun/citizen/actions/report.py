"""Take a citizen's report in: the order, its photos and its private address, at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import gettext as _

from chengyun.cases.actions import NewCase, open_case
from chengyun.cases.actions.attachments import attach
from chengyun.cases.models import Case
from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import Channel
from chengyun.citizen import limits, proof
from chengyun.citizen.actions.links import hash_of
from chengyun.citizen.hashes import link_token
from chengyun.citizen.models import FollowLink, PlainCategory, Report
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.citizen.vocabulary import LinkWay
from chengyun.geography.queries import locate, match_address
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

# An address is believed from this confidence on; below it the order waits for somebody to pick the place.
SURE = 0.5
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report. ``token`` opens its page; ``fresh`` is False where it was taken before."""

    number: str
    token: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of who sends: a hash of the browser, and whether the telephone answered to a code."""

    browser_hash: str
    phone_checked: bool = False


def report_problem(
    said: Mapping[str, Any],
    category: PlainCategory,
    sender: Sender,
    *,
    photos: Sequence[int] = (),
    nonce: str,
    actor: Actor,
    now: datetime,
) -> Reported:
    """Take in what ``forms.ReportForm`` has cleaned.

    1. A form that was taken before gives the same order and the same private address, and writes nothing.
    2. Count it against the limits of the network address and the telephone.
    3. Open the order with its contact; without a point the address tells the street, if surely enough.
    4. Tie the photos, keep the hash of the private address, use the answered question up.

    Raises ``Invalid`` or ``TooOften``; nothing is then written.
    """
    new = _new_case(said, category)
    assert new.client_id is not None
    earlier = _earlier(new)
    if earlier is not None:
        return earlier
    try:
        with writing():
            limits.count(Name.REPORTS_PER_ADDRESS, actor.address, now=now)
            limits.count(Name.REPORTS_PER_PHONE, said.get("phone", ""), now=now)
            proof.spend(nonce, now=now)
            return _take(new, category, sender, photos, actor, now)
    except DatabaseError:
        # The same form came twice at the same moment, and the other one was first.
        earlier = _earlier(new)
        if earlier is None:
            raise
        return earlier


def _take(
    new: NewCase,
    category: PlainCategory,
    sender: Sender,
    photos: Sequence[int],
    actor: Actor,
    now: datetime,
) -> Reported:
    assert new.client_id is not None
    case, _fresh = open_case(new, actor=actor, now=now)
    assert case.id is not None
    attach(photos, case_id=case.id, event_seq=case["version"], actor=actor)
    Report.objects.create(
        case_id=case.id,
        category=category,
        browser_hash=sender.browser_hash,
        phone_checked=sender.phone_checked,
        outside=lies_outside(new.longitude, new.latitude),
        made_at=now,
    )
    token = link_token(new.client_id)
    FollowLink.objects.create(case_id=case.id, token_hash=hash_of(token), way=LinkWay.REPORTED, made_at=now)
    return Reported(case["number"], token, fresh=True)


def taken_before(client_id: UUID) -> bool:
    """Whether the form of this number was taken."""
    return Case.objects.filter(client_id=client_id).exists()


def _earlier(new: NewCase) -> Reported | None:
    """The order of a form that comes again; a form that was changed in between is not the same."""
    assert new.client_id is not None
    found = Case.objects.filter(client_id=new.client_id).first()
    if found is None:
        return None
    if any(getattr(found, name) != getattr(new, name).strip() for name in ("description", "address")):
        raise Invalid(
            {
                "client_id": _(
                    "这份内容已提交，编号 %(number)s。您后来改动了内容，再按一次“提交”将另报一件。"
                )
                % {"number": found.number}
            }
        )
    return Reported(found.number, link_token(new.client_id), fresh=False)


def lies_outside(longitude: float | None, latitude: float | None) -> bool:
    """Whether a position was given that is not in the district."""
    return longitude is not None and latitude is not None and not locate(longitude, latitude).inside


def _new_case(said: Mapping[str, Any], category: PlainCategory) -> NewCase:
    contact = {name: said[name] for name in ("name", "phone") if said.get(name)}
    new = NewCase(
        kind=Kind.HOTLINE,
        title=_title(category.name, said["description"]),
        description=said["description"],
        channel=Channel.WEB,
        appeal_type=category.appeal_type,
        catalogue_key=category.catalogue_key,
        secret=True if said.get("secret") else None,
        wants_reply=bool(said.get("phone")),
        address=said.get("address", ""),
        longitude=said.get("longitude"),
        latitude=said.get("latitude"),
        accuracy=said.get("accuracy"),
        client_id=said["client_id"],
        rehearsal=bool(said.get("rehearsal")),
        contact=contact,
    )
    if new.longitude is None and new.address:
        best = next(iter(match_address(new.address)), None)
        if best is not None and best.confidence >= SURE:
            new.street_id, new.community_id = best.street_id, best.community_id
    return new


def _title(category: str, description: str) -> str:
    """One line for the work-lists: the category and the beginning of what was said."""
    line = " ".join(description.split())
    return f"{category}：{line}"[:_TITLE]
