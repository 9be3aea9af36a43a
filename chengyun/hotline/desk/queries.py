"""Named reads of the desk: who is calling, which calls wait, whom to call back, what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import mask_text
from chengyun.hotline import policies
from chengyun.hotline.desk.numbers import is_whole, plain
from chengyun.hotline.desk.vocabulary import (
    LIVE,
    OPEN_CALL_BACKS,
    CallBackState,
    CallState,
    FlagKind,
)
from chengyun.hotline.models import Call, CallBack, CallBackNote, CallerFlag, OrderDraft
from chengyun.hotline.queries import Earlier, earlier_orders
from chengyun.kernel.actor import Actor
from chengyun.kernel.masking import mask_phone

LIVE_FOR = timedelta(hours=2)  # a call whose end was never told is not shown for longer
_ADDRESSES, _RECORDINGS, _CALLS, _SETTLED = 5, 5, 40, 30


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning on the caller's number."""

    id: int
    kind: FlagKind
    reason: str
    made_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded call of the number."""

    at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a number; every text is masked. ``asked`` is False while it is not whole."""

    asked: bool = False
    earlier: tuple[Earlier, ...] = ()
    count: int = 0
    addresses: tuple[str, ...] = ()
    warnings: tuple[Warned, ...] = ()
    secret_orders: int = 0
    recordings: tuple[Recording, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that waits or is under way, its number masked."""

    id: int
    number: str
    state: CallState
    since: datetime
    extension: str
    open_orders: int
    warnings: tuple[FlagKind, ...]
    opened_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class CallBackLine:
    """Somebody to call back, the number masked."""

    id: int
    number: str
    state: CallBackState
    lost: CallState
    lost_calls: int
    tries: int
    since: datetime
    call_id: int
    last_note: str
    last_by: str
    last_at: datetime | None


def caller(phone: str, *, actor: Actor) -> Caller:
    """Earlier orders with this number, open ones first; addresses, warnings and recordings. Masked throughout.

    Only for those who take orders in. Raises ``NotAllowed``.
    """
    policies.require(actor, policies.REGISTERING)
    number = plain(phone)
    if not is_whole(number):
        return Caller()
    earlier, count = earlier_orders(number, actor)
    ids = list(
        Contact.objects.filter(phone=number).order_by("-case_id").values_list("case_id", flat=True)[:200]
    )
    seen = Case.objects.seen_by(actor).filter(pk__in=ids, kind="hotline")
    rows = list(seen.order_by("-registered_at").values_list("address", "secret"))
    told = (mask_text(address) for address, _secret in rows if address)
    calls = Call.objects.filter(number=number).exclude(recording="").order_by("-started_at")
    return Caller(
        asked=True,
        earlier=tuple(earlier),
        count=count,
        addresses=tuple(dict.fromkeys(told))[:_ADDRESSES],
        warnings=warnings_of(number),
        secret_orders=sum(1 for _address, secret in rows if secret),
        recordings=tuple(Recording(one.started_at, one.recording) for one in calls[:_RECORDINGS]),
    )


def warnings_of(number: str) -> tuple[Warned, ...]:
    """Warnings on a number that stand now, the grave ones first."""
    rows = CallerFlag.objects.filter(number=number, ended_at=None).select_related("made_by").order_by("kind")
    return tuple(
        Warned(row.pk, FlagKind(row.kind), row.reason, row.made_at, row.made_by.name if row.made_by else "")
        for row in rows
    )


def live_calls(*, actor: Actor, now: datetime) -> list[LiveCall]:
    """Calls that wait, the longest first, then those under way. Three queries, however many calls."""
    policies.require(actor, policies.REGISTERING)
    states = [state.value for state in LIVE]
    rows = Call.objects.filter(state__in=states, started_at__gte=now - LIVE_FOR)
    # What an operator noted by hand has no end of its own: it is theirs, until the order is registered.
    rows = rows.filter(~Q(call_id__startswith="desk-") | Q(opened_by=actor.person_id))
    found = list(rows.select_related("opened_by").order_by("started_at")[:_CALLS])
    numbers = {row.number for row in found if row.number}
    flags: dict[str, list[FlagKind]] = {}
    for number, kind in CallerFlag.objects.filter(number__in=numbers, ended_at=None).values_list(
        "number", "kind"
    ):
        flags.setdefault(number, []).append(FlagKind(kind))
    open_orders: dict[str, int] = {}
    waiting = Contact.objects.filter(phone__in=numbers, case__closed_at=None, case__kind="hotline")
    for number in waiting.values_list("phone", flat=True)[:500]:
        open_orders[number] = open_orders.get(number, 0) + 1
    lines = [
        LiveCall(
            id=row.pk,
            number=mask_phone(row.number),
            state=CallState(row.state),
            since=row.started_at,
            extension=row.extension,
            open_orders=open_orders.get(row.number, 0),
            warnings=tuple(flags.get(row.number, ())),
            opened_by=row.opened_by.name if row.opened_by else "",
            mine=row.opened_by_id == actor.person_id,
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: line.state != CallState.WAITING)


def call_backs(*, actor: Actor, settled: bool = False) -> list[CallBackLine]:
    """Whom to call back, the longest waiting first; or those settled last."""
    policies.require(actor, policies.REGISTERING)
    states = [state.value for state in OPEN_CALL_BACKS]
    rows = CallBack.objects.select_related("last_call")
    if settled:
        found = list(rows.exclude(state__in=states).order_by("-settled_at", "-pk")[:_SETTLED])
    else:
        found = list(rows.filter(state__in=states).order_by("since", "pk")[:200])
    notes: dict[int, CallBackNote] = {}
    for note in CallBackNote.objects.filter(call_back__in=found).select_related("by").order_by("pk"):
        notes[note.call_back_id] = note
    return [_call_back_line(row, notes.get(row.pk)) for row in found]


def count_call_backs() -> int:
    """How many wait to be called back."""
    return CallBack.objects.filter(state__in=[state.value for state in OPEN_CALL_BACKS]).count()


def drafts_of(actor: Actor, *, without: UUID | None = None) -> list[OrderDraft]:
    """What this operator has begun, the newest first."""
    mine = OrderDraft.objects.filter(owner=actor.person_id)
    if without is not None:
        mine = mine.exclude(client_id=without)
    return list(mine.order_by("-saved_at"))


def _call_back_line(row: CallBack, note: CallBackNote | None) -> CallBackLine:
    return CallBackLine(
        id=row.pk,
        number=mask_phone(row.number),
        state=CallBackState(row.state),
        lost=CallState(row.last_call.state),
        lost_calls=row.lost_calls,
        tries=row.tries,
        since=row.since,
        call_id=row.last_call_id,
        last_note=note.reason if note else "",
        last_by=note.by.name if note and note.by else "",
        last_at=note.at if note else None,
    )


def call_back_call(call_back_id: int) -> int | None:
    """The newest lost call behind a call-back."""
    found = CallBack.objects.filter(pk=call_back_id).values_list("last_call_id", flat=True).first()
    return int(found) if found is not None else None
