"""The happenings that a caller, or a unit's liaison, may be told of. Pure."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class Notice(Labelled):
    """Why a message goes to a caller, or a reminder to a unit."""

    ACCEPTED = "accepted", "工单受理", "Order accepted"
    RESOLVED = "resolved", "当场答复办结", "Closed in the first call"
    EXPLAINED = "explained", "解释办结", "Closed with an explanation"
    HANDED_OVER = "handed_over", "移交紧急线路", "Handed over to the emergency line"
    TAKEN_ON = "taken_on", "承办单位签收", "Taken on by a unit"
    ANSWERED = "answered", "答复审核通过", "Answer has passed the audit"
    RATING = "rating", "请市民评价", "A rating is wanted"
    CALL_MISSED = "call_missed", "回访未接通", "Callback not answered"
    HANDLED_AGAIN = "handled_again", "不满意重办", "Handled again"
    UNIT_DUE_SOON = "unit_due_soon", "催办：临期", "Reminder: due soon"
    UNIT_OVERDUE = "unit_overdue", "催办：超时", "Reminder: overdue"


# What happens -> of what the callers are told, in this order.
TOLD_WHEN: dict[str, tuple[Notice, ...]] = {
    "register": (Notice.ACCEPTED,),
    "resolve_at_once": (Notice.RESOLVED,),
    "explain": (Notice.EXPLAINED,),
    "hand_over": (Notice.HANDED_OVER,),
    "sign": (Notice.TAKEN_ON,),
    "pass_audit": (Notice.ANSWERED, Notice.RATING),
    "try_call": (Notice.CALL_MISSED,),
    "rehandle": (Notice.HANDLED_AGAIN,),
}
# Those that go by the clock to the liaisons of the unit that has the order.
REMINDERS = (Notice.UNIT_OVERDUE, Notice.UNIT_DUE_SOON)
# Those that ask for a grade; only the order's own caller gets them, for an order has one callback.
ASKING = frozenset({Notice.RATING, Notice.CALL_MISSED})
# Ends without a unit. What such a message says makes the one of the acceptance ("we pass it on") untrue.
ENDING = frozenset({Notice.RESOLVED, Notice.EXPLAINED, Notice.HANDED_OVER})
ENDING_VERBS = tuple(verb for verb, notices in TOLD_WHEN.items() if ENDING.intersection(notices))
# The one message that every caller gets, whether or not a reply is wanted.
FIRST = ENDING | {Notice.ACCEPTED}
# Those that callers of merged orders do not get: their own order was accepted before it was merged.
OF_ONE = ASKING | {Notice.ACCEPTED}
