"""Every write of this part."""

from chengyun.hotline.handling.actions.audit import audit
from chengyun.hotline.handling.actions.city import city_result, import_city_results
from chengyun.hotline.handling.actions.draw import draw, spare_undrawn
from chengyun.hotline.handling.actions.rate import rate
from chengyun.hotline.handling.actions.reopen import ask_reopen, decide_reopen
from chengyun.hotline.handling.actions.replies import note_reply, read_imported_replies
from chengyun.hotline.handling.actions.rows import add_row, add_sampling_rule, end_row, end_sampling_rule
from chengyun.hotline.handling.actions.templates import change_template, make_template, retire_template

__all__ = [
    "add_row",
    "add_sampling_rule",
    "ask_reopen",
    "audit",
    "change_template",
    "city_result",
    "decide_reopen",
    "draw",
    "end_row",
    "end_sampling_rule",
    "import_city_results",
    "make_template",
    "note_reply",
    "rate",
    "read_imported_replies",
    "retire_template",
    "spare_undrawn",
]
