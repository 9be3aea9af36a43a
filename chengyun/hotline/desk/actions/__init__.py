"""Every write of the desk, one function a verb."""

from chengyun.hotline.desk.actions.call_backs import close_call_back, note_try, show_number
from chengyun.hotline.desk.actions.calls import begin_call, open_call, take_event
from chengyun.hotline.desk.actions.drafts import drop_draft, keep_draft
from chengyun.hotline.desk.actions.flags import end_flag, flag_caller
from chengyun.hotline.desk.actions.intake import Taken, take_order
from chengyun.hotline.desk.actions.lines import end_line, set_line

__all__ = [
    "Taken",
    "begin_call",
    "close_call_back",
    "drop_draft",
    "end_flag",
    "end_line",
    "flag_caller",
    "keep_draft",
    "note_try",
    "open_call",
    "set_line",
    "show_number",
    "take_event",
    "take_order",
]
