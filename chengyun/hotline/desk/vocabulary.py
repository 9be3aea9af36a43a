"""Words of the desk: what a telephone system reports, where a call-back stands, what the decision table asks for."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class CallEventKind(Labelled):
    """What a telephone system tells of a call."""

    RINGING = "ringing", "振铃", "Ringing"
    ANSWERED = "answered", "接听", "Answered"
    MISSED = "missed", "漏接", "Missed"
    DROPPED = "dropped", "掉线", "Dropped"
    ENDED = "ended", "挂机", "Ended"


class CallState(Labelled):
    """Where a call stands, worked out from its events in whatever order they came."""

    WAITING = "waiting", "等待接听", "Waiting", "due-soon"
    TALKING = "talking", "通话中", "Talking"
    ENDED = "ended", "已结束", "Ended", "stopped"
    MISSED = "missed", "漏接", "Missed", "overdue"
    DROPPED = "dropped", "掉线", "Dropped", "overdue"


LIVE = (CallState.WAITING, CallState.TALKING)
LOST = (CallState.MISSED, CallState.DROPPED)


class CallBackState(Labelled):
    """回拨 of a missed or dropped call."""

    TO_CALL = "to_call", "待回拨", "To call", "due-soon"
    TRIED = "tried", "已拨未通", "Tried", "due-soon"
    REACHED = "reached", "已联系上", "Reached", "good"
    CLOSED = "closed", "已关闭", "Closed", "stopped"


OPEN_CALL_BACKS = (CallBackState.TO_CALL, CallBackState.TRIED)


class FlagKind(Labelled):
    """来电提示: what an operator should know before speaking with a caller."""

    SECRET = "secret", "要求保密", "Asks for secrecy", "due-soon"
    HARASSING = "harassing", "恶意骚扰", "Harassing", "overdue"


class Treatment(Labelled):
    """What the decision table requires of an operator."""

    ACCEPT = "accept", "受理转办", "Accept and send on"
    EMERGENCY = "emergency", "立即转紧急线路", "Hand over to the emergency line", "overdue"
    EXPLAIN_ROUTE = "explain_route", "解释并告知法定渠道", "Explain and name the statutory route", "due-soon"
    EXPLAIN_ONLY = "explain_only", "解释，不予办理", "Explain, do not process", "due-soon"
    WARN = "warn", "劝止，必要时报警", "Warn, police if need be", "overdue"
    COORDINATE = "coordinate", "先定责再派", "Settle who is responsible first"
    DEPARTMENT = "department", "派主管部门，不派街镇", "To the department, not to the street"
    MERGE = "merge", "并入已有工单", "Merge into the earlier order"
    CALL_BACK = "call_back", "回拨", "Call back"


# Treatments after which no work order goes to a unit.
CLOSING = (Treatment.EMERGENCY, Treatment.EXPLAIN_ROUTE, Treatment.EXPLAIN_ONLY, Treatment.WARN)
EXPLAINING = (Treatment.EXPLAIN_ROUTE, Treatment.EXPLAIN_ONLY, Treatment.WARN)
