"""The happenings that a caller may be told of. Pure."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Notice(Labelled):
    """Why a message goes to a caller."""

    ACCEPTED = "accepted", "工单受理", "Order accepted"
    TAKEN_ON = "taken_on", "承办单位签收", "Taken on by a unit"
    ANSWERED = "answered", "答复审核通过", "Answer has passed the audit"
    RATING = "rating", "请市民评价", "A rating is wanted"
    CALL_MISSED = "call_missed", "回访未接通", "Callback not answered"
    HANDLED_AGAIN = "handled_again", "不满意重办", "Handled again"


# What happens -> of what the callers are told, in this order.
TOLD_WHEN: dict[str, tuple[Notice, ...]] = {
    "register": (Notice.ACCEPTED,),
    "sign": (Notice.TAKEN_ON,),
    "pass_audit": (Notice.ANSWERED, Notice.RATING),
    "try_call": (Notice.CALL_MISSED,),
    "rehandle": (Notice.HANDLED_AGAIN,),
}
# Those that ask for a grade; only the order's own caller gets them, for an order has one callback.
ASKING = frozenset({Notice.RATING, Notice.CALL_MISSED})
# Those that callers of merged orders do not get: their own order was accepted before it was merged.
OF_ONE = ASKING | {Notice.ACCEPTED}
