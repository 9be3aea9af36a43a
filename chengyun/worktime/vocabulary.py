"""Words of time limits: processes, stages, kinds of day. Terms of upper rooms are handed in, not imported."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from chengyun.kernel.labelled import Labelled


class DayKind(Labelled):
    """What a rule makes of a day."""

    HOLIDAY = "holiday", "放假", "Holiday"
    MAKEUP = "makeup", "调休上班", "Make-up working day"


class Process(Labelled):
    """The process a limit belongs to."""

    HOTLINE = "hotline", "热线工单", "Hotline order"
    GRID = "grid", "网格案件", "Grid case"


class Stage(Labelled):
    """The stage that a limit clocks; both processes draw from this list."""

    FILE = "file", "受理立案", "Filing"
    VERIFY = "verify", "核实", "Verification"
    REVIEW = "review", "自处理复核", "Review of self-handling"
    DISPATCH = "dispatch", "派遣", "Dispatch"
    COORDINATE = "coordinate", "区级协调", "District coordination"
    SIGN = "sign", "签收", "Signing"
    CONTACT = "contact", "先行联系", "First contact"
    DISPOSAL = "disposal", "办理处置", "Handling"
    DISPOSAL_CEILING = "disposal_ceiling", "办理上限（含延期）", "Handling, with extensions"
    SEND_BACK = "send_back", "退单期限", "Time to send back"
    EXTENSION = "extension", "延期审批", "Decision on an extension"
    SUSPENSION = "suspension", "挂起、挂账期", "Suspension"
    REHANDLE = "rehandle", "重办", "Re-handling"
    AUDIT = "audit", "审核", "Audit"
    CALLBACK = "callback", "回访", "Callback"
    ORDER_CHECK = "order_check", "派发核查", "Ordering the check"
    CHECK = "check", "核查", "Check"
    CLOSE = "close", "结案", "Closing"


STAGES: dict[str, tuple[Stage, ...]] = {
    Process.HOTLINE: (
        Stage.DISPATCH,
        Stage.COORDINATE,
        Stage.SIGN,
        Stage.CONTACT,
        Stage.DISPOSAL,
        Stage.DISPOSAL_CEILING,
        Stage.SEND_BACK,
        Stage.EXTENSION,
        Stage.SUSPENSION,
        Stage.REHANDLE,
        Stage.AUDIT,
        Stage.CALLBACK,
        Stage.CLOSE,
    ),
    Process.GRID: (
        Stage.FILE,
        Stage.VERIFY,
        Stage.REVIEW,
        Stage.DISPATCH,
        Stage.DISPOSAL,
        Stage.EXTENSION,
        Stage.SUSPENSION,
        Stage.ORDER_CHECK,
        Stage.CHECK,
        Stage.CLOSE,
    ),
}


def place_of(process: str, stage: str) -> int:
    """Where a stage comes in its process; unknown ones last."""
    stages = STAGES.get(process, ())
    return next((place for place, one in enumerate(stages) if one == stage), len(stages))


_terms: dict[str, type[Labelled]] = {}
_catalogue_name: Callable[[str], str] | None = None


def register_terms(
    *,
    appeal_types: type[Labelled],
    urgencies: type[Labelled],
    catalogue_name: Callable[[str], str] | None = None,
) -> None:
    """Tell the pages how the room of cases calls its codes. ``catalogue_name`` names an item by its key."""
    global _catalogue_name
    _terms.update(appeal_type=appeal_types, urgency=urgencies)
    _catalogue_name = catalogue_name


def term(field: str, code: str) -> str:
    """The term for a code of ``appeal_type``, ``urgency`` or ``catalogue``; else the code."""
    if field == "catalogue":
        name = _catalogue_name(code) if _catalogue_name and code else ""
        return _("%(name)s（%(more)s）") % {"name": name, "more": code} if name else code
    words = _terms.get(field)
    return words(code).label if words and code in words.__members__.values() else code


def choices(field: str) -> list[tuple[str, str]]:
    """Code and term of every value of ``appeal_type`` or ``urgency``, for a select box."""
    return [(word.value, word.label) for word in _terms.get(field, ())]
