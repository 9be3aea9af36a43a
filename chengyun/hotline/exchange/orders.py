"""Take an order that another platform pushed: once, whatever happens to the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.actions.attachments import attach
from chengyun.cases.facts import CaseFacts
from chengyun.cases.ledger import load
from chengyun.cases.models import Case, CaseClock
from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import Channel
from chengyun.geography.queries import match_address
from chengyun.hotline.exchange.files import references, take_in_files
from chengyun.hotline.exchange.shape import OrderSaid
from chengyun.hotline.models import Partner, PartnerKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

SURE = 0.5  # from this confidence on, an address is believed
_SPACE = UUID(
    "5a1c7f0e-3f7b-5d44-9a2e-6d1f0c6b8a11"
)  # of the names from which our ids of their orders are made
_CHANNELS = {
    PartnerKind.CITY: Channel.CITY,
    PartnerKind.STREET: Channel.STREET,
    PartnerKind.WECHAT: Channel.WECHAT,
}


class Differs(Invalid):
    """This number was taken with other words."""

    status = 409
    code = "differs"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a pushed order. ``fresh`` is False for one that was here; ``moved``: its deadline changed."""

    case: CaseFacts
    fresh: bool
    moved: bool = False


def actor_for(partner: Partner) -> Actor:
    """Who opens orders of a partner: the system, under the partner's name."""
    return Actor(person_id=None, name=partner.name[:60], unit_id=partner.unit_id, system=True)


def source_of(partner: Partner) -> str:
    """``source_system`` of a partner's orders. The city's is the one that the desk uses as well."""
    return "city" if partner.kind == PartnerKind.CITY else f"{partner.kind}-{partner.code}"[:40]


def take_order(said: OrderSaid, *, partner: Partner, now: datetime) -> Taken:
    """Open the order, or recognise it.

    1. A number that is here already: the same words give the same order back; a new city deadline is noted
       on it; other words are refused with the fields that differ (409).
    2. Files are judged and stored before the order, which is then opened with all of them in one transaction.
    3. Two pushes at the same moment make one order.

    Raises ``Invalid`` or ``Differs``.
    """
    actor, source = actor_for(partner), source_of(partner)
    order = uuid5(_SPACE, f"{source}/{said.number}")
    known = _known(source, said.number)
    if known is not None:
        return _again(known, said, order, actor, now)
    files = take_in_files(said.files, order=order, actor=actor, now=now)
    with writing():
        try:
            case, fresh = open_case(_new_case(said, partner, order), actor=actor, now=now)
        except Invalid as error:
            raise Invalid({_THEIRS.get(name, name): text for name, text in error.fields.items()}) from None
        if fresh:
            attach(files, case_id=case.pk, event_seq=case["version"], actor=actor)
    return Taken(case, True) if fresh else _again(case.pk, said, order, actor, now)


_THEIRS = {"description": "content", "catalogue_key": "class", "source_number": "number"}


def _known(source: str, number: str) -> int | None:
    rows = Case.objects.filter(source_system=source, source_number=number)
    return rows.values_list("pk", flat=True).first()


def _new_case(said: OrderSaid, partner: Partner, order: UUID) -> NewCase:
    new = NewCase(
        kind=Kind.HOTLINE,
        title=said.title,
        description=_words(said),
        channel=_CHANNELS[PartnerKind(partner.kind)],
        appeal_type=said.appeal_type,
        catalogue_key=said.class_key,
        urgency=said.urgency,
        secret=said.secret,
        wants_reply=said.wants_reply,
        address=said.address,
        longitude=said.longitude,
        latitude=said.latitude,
        client_id=order,
        source_system=source_of(partner),
        source_number=said.number,
        city_due_at=said.deadline,
        contact=said.caller,
    )
    if new.longitude is None and new.address:
        best = next(iter(match_address(new.address)), None)
        if best is not None and best.confidence >= SURE:
            new.street_id, new.community_id = best.street_id, best.community_id
    return new


def _words(said: OrderSaid) -> str:
    return said.content + references(said.files)


def _again(case_id: int, said: OrderSaid, order: UUID, actor: Actor, now: datetime) -> Taken:
    case = load(case_id, actor)
    # One that the desk entered by hand, or has put right since, is in the desk's own words.
    opened = case["version"] == 1 and case["client_id"] == order
    pairs = (("title", said.title), ("description", _words(said)), ("address", said.address))
    differs = {
        _THEIRS.get(name, name): _("与已收的 %(number)s 不同") % {"number": case["number"]}
        for name, words in pairs
        if opened and case[name] != words
    }
    if differs:
        raise Differs(differs, _("编号 %(n)s 已收，内容却不同；如是新工单请用新编号") % {"n": said.number})
    if said.deadline is None or case["closed_at"] is not None or said.deadline == _city_deadline(case_id):
        return Taken(case, False)
    words = {"until": said.deadline.isoformat(), "reason": _("市平台推送的新时限")}
    moved = move(case_id, "set_city_deadline", actor=actor, seen=case["version"], now=now, said=words)
    return Taken(moved, False, moved=True)


def _city_deadline(case_id: int) -> datetime | None:
    rows = CaseClock.objects.filter(case_id=case_id, stage="city").order_by("-no")
    return rows.values_list("due_at", flat=True).first()
