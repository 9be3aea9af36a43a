"""From rows to states: what hand-overs and receipts make of a message. No step goes backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from chengyun.messaging.codes import arrived
from chengyun.messaging.gateways import Taken
from chengyun.messaging.models import HandOver, Message, Receipt
from chengyun.messaging.rules import Rules, rules_at
from chengyun.messaging.states import MessageState, Piece, Why, after_answers, after_reports

_REPORTED = (MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED)


def settle_answers(
    numbers: Collection[int], said: Mapping[int, str] | None = None, *, now: datetime
) -> set[int]:
    """Decide on messages in hand whose answers are all here; returns those that are handed over now."""
    rows = list(Message.objects.filter(pk__in=numbers, state=MessageState.SENDING))
    answers: dict[int, list[HandOver]] = defaultdict(list)
    for one in HandOver.objects.filter(message_id__in=[row.pk for row in rows]):
        answers[one.message_id].append(one)
    rules = rules_at(now)
    sent: list[Message] = []
    for row in rows:
        mine = [one for one in answers[row.pk] if one.attempt == row.tries]
        expected = 1 if any(one.number == 0 for one in mine) else row.segments
        verdict = after_answers([one.taken for one in mine], expected)
        if verdict is None:
            continue
        if verdict.state is MessageState.SENT:
            sent.append(row)
            continue
        trouble = next(one for one in mine if one.taken != Taken.ACCEPTED)
        words = (said or {}).get(row.pk, "")[:200]
        _not_sent(row, verdict.state, verdict.twice, trouble.code, words, rules, now)
    _now_sent(sent, now)
    return {row.pk for row in sent}


def _now_sent(rows: Collection[Message], now: datetime) -> None:
    if not rows:
        return
    numbers = [row.pk for row in rows]
    Message.objects.filter(pk__in=numbers, state=MessageState.SENDING).update(
        state=MessageState.SENT, sent_at=now, code="", said="", next_try_at=None
    )
    # A code is of use only to its recipient; once it has left, nobody needs it here.
    secret = Message.objects.filter(pk__in=numbers, version__template__confidential=True)
    if secret.exists():
        secret.update(text="")


def _not_sent(
    row: Message, state: MessageState, twice: bool, code: str, said: str, rules: Rules, now: datetime
) -> None:
    gave_up = state is MessageState.QUEUED and row.tries >= rules.most_tries
    if gave_up:
        state = MessageState.FAILED
    failed = state is MessageState.FAILED
    Message.objects.filter(pk=row.pk, state=MessageState.SENDING).update(
        state=state,
        why=Why.GAVE_UP if gave_up else "",
        code=code,
        said=said,
        possibly_twice=row.possibly_twice or twice,
        next_try_at=None if failed else now + rules.wait(row.tries),
        ended_at=now if failed else None,
    )


def settle_reports(numbers: Collection[int], *, now: datetime) -> None:
    """Work out anew what all reports say of these messages."""
    rows = list(Message.objects.filter(pk__in=numbers, state__in=_REPORTED))
    if not rows:
        return
    pieces, codes = _pieces([row.pk for row in rows])
    changed: dict[tuple[MessageState, str], list[int]] = defaultdict(list)
    for row in rows:
        expected = {
            attempt: 1 if whole else row.segments for attempt, whole in _attempts(pieces[row.pk]).items()
        }
        state = after_reports((piece for _number, piece in pieces[row.pk]), expected)
        if state is not None and state != row.state:
            changed[state, codes[row.pk].get(state, "")].append(row.pk)
    for (state, code), members in changed.items():
        allowed = _REPORTED if state is MessageState.DELIVERED else (MessageState.SENT, MessageState.UNKNOWN)
        Message.objects.filter(pk__in=members, state__in=allowed).update(
            state=state, code=code, why="", said="", ended_at=now
        )


def _attempts(pieces: Collection[tuple[int, Piece]]) -> dict[int, bool]:
    """attempt -> whether it was handed over as a whole, under one number."""
    return {piece.attempt: number == 0 for number, piece in pieces}


def _pieces(
    numbers: Collection[int],
) -> tuple[dict[int, list[tuple[int, Piece]]], dict[int, dict[MessageState, str]]]:
    """The pieces that were taken with what is reported of them, and the code that speaks for each outcome."""
    taken = list(
        HandOver.objects.filter(message_id__in=numbers, taken=Taken.ACCEPTED.value).exclude(gateway_id="")
    )
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for gateway in {one.gateway for one in taken}:
        ids = [one.gateway_id for one in taken if one.gateway == gateway]
        told = Receipt.objects.filter(gateway=gateway, gateway_id__in=ids)
        for gateway_id, code in told.values_list("gateway_id", "code"):
            codes[gateway, gateway_id].append(code)
    pieces: dict[int, list[tuple[int, Piece]]] = defaultdict(list)
    speaking: dict[int, dict[MessageState, str]] = defaultdict(dict)
    for one in taken:
        verdicts = set()
        for code in codes[one.gateway, one.gateway_id]:
            verdict = arrived(code)
            if verdict is not None:
                verdicts.add(verdict)
                outcome = MessageState.DELIVERED if verdict else MessageState.FAILED
                speaking[one.message_id].setdefault(outcome, code)
        pieces[one.message_id].append((one.number, Piece(one.attempt, frozenset(verdicts))))
    return pieces, speaking
