"""What can be true of a message, and how facts make its state. Pure but for the labels.

The state after hand-over is worked out from all facts known, never from the order in which they came: answers
and reports may come late, twice, or the wrong way round, and the outcome is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengyun.kernel.labelled import Labelled
from chengyun.messaging.gateways import Taken


class MessageState(Labelled):
    """Where a message stands."""

    QUEUED = "queued", "待发送", "Waiting"
    SENDING = "sending", "提交中", "Being handed over"
    SENT = "sent", "已提交", "Handed over"
    DELIVERED = "delivered", "已送达", "Delivered", "good"
    FAILED = "failed", "发送失败", "Failed", "overdue"
    UNKNOWN = "unknown", "结果不明", "Unknown", "due-soon"
    WITHHELD = "withheld", "未发送", "Not sent", "stopped"


class Why(Labelled):
    """Why a message was not sent, or why this side gave it up."""

    BAD_NUMBER = "bad_number", "不是手机号码", "Not a mobile number"
    OPTED_OUT = "opted_out", "对方已退订", "The recipient opted out"
    DAILY_CAP = "daily_cap", "当天已达每人上限", "The recipient's daily limit is reached"
    TEMPLATE_OFF = "template_off", "模板已停用", "The template is switched off"
    TOO_LATE = "too_late", "已过有效时间", "Too late to be of use"
    GAVE_UP = "gave_up", "多次重试未成功", "Given up after several tries"


# The ways there are. Nothing leads back from an end; only what was never taken for sure goes back to the queue.
WAYS: Mapping[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.WITHHELD, MessageState.FAILED}),
    MessageState.SENDING: frozenset(
        {
            MessageState.QUEUED,
            MessageState.SENT,
            MessageState.DELIVERED,
            MessageState.FAILED,
        }
    ),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.FAILED, MessageState.UNKNOWN}),
    MessageState.UNKNOWN: frozenset({MessageState.DELIVERED, MessageState.FAILED}),
    # A later report may say that another copy, or after all this one, arrived.
    MessageState.FAILED: frozenset({MessageState.DELIVERED}),
    MessageState.DELIVERED: frozenset(),
    MessageState.WITHHELD: frozenset(),
}


def may_become(now: str, then: str) -> bool:
    """Tell whether a message may go from one state to the other."""
    return MessageState(then) in WAYS[MessageState(now)]


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment (or a whole message) that the operator has taken, and what its reports said of it.

    ``reports`` holds True for each report of arrival and False for each of a final failure.
    """

    attempt: int
    reports: frozenset[bool] = frozenset()

    @property
    def arrived(self) -> bool | None:
        """True if any report says so, False if only failures came, None while nothing is known."""
        return True if True in self.reports else (False if self.reports else None)


def after_reports(pieces: Iterable[Piece], expected: Mapping[int, int]) -> MessageState | None:
    """What the reports make of a message: delivered, failed, or None when they decide nothing yet.

    ``expected`` tells how many pieces each attempt has. Delivered when every piece of one attempt arrived;
    failed when a piece of every attempt that was wholly taken has failed.
    """
    attempts: dict[int, list[Piece]] = {}
    for piece in pieces:
        attempts.setdefault(piece.attempt, []).append(piece)
    whole = {
        number: members
        for number, members in attempts.items()
        if len(members) >= expected.get(number, len(members))
    }
    if any(all(piece.arrived for piece in members) for members in whole.values()):
        return MessageState.DELIVERED
    if whole and all(any(piece.arrived is False for piece in members) for members in whole.values()):
        return MessageState.FAILED
    return None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers to one try make of a message. ``twice``: trying again may double what was taken."""

    state: MessageState
    twice: bool = False


def after_answers(taken: Iterable[str], expected: int) -> Verdict | None:
    """What the operator's answers to the pieces of one try decide; None while answers are missing.

    All taken: handed over. One refused for good: failed. Else it is tried again, marked as possibly twice
    if any piece was taken or may have been.
    """
    answers = [Taken(one) for one in taken]
    if len(answers) < expected:
        return None
    if Taken.REFUSED in answers:
        return Verdict(MessageState.FAILED)
    if set(answers) == {Taken.ACCEPTED}:
        return Verdict(MessageState.SENT)
    return Verdict(MessageState.QUEUED, twice=bool({Taken.ACCEPTED, Taken.UNSURE} & set(answers)))
