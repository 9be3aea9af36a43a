"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.hotline.exchange.policies import SEEING, TALKING
from chengyun.hotline.handling.policies import AUDITING, CALLING, READING_DRAFTS, READING_RATES, SETTING
from chengyun.hotline.knowledge.policies import READING_FIGURES
from chengyun.hotline.policies import DECIDING, IMPORTING, REGISTERING
from chengyun.hotline.suggestions.policies import READING_CATALOGUE
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("登记工单"), "hotline:register", "headset", REGISTERING, 30),
    Entry(_("来电与回拨"), "hotline:calls", "phone", REGISTERING, 31),
    Entry(_("判定表"), "hotline:decision-table", "school", DECIDING, 54, "reference"),
    Entry(_("答复审核"), "hotline:audits", "clipboard-check", AUDITING, 40),
    Entry(_("回访"), "hotline:callbacks", "phone-call", CALLING, 42),
    Entry(_("答复模板"), "hotline:templates", "files", READING_DRAFTS, 60, "reference"),
    Entry(_("审核和回访参数"), "hotline:handling-rows", "adjustments", SETTING, 64, "system"),
    Entry(_("短信触发规则"), "hotline:notices", "message-circle", SETTING, 66, "system"),
    Entry(_("知识库"), "hotline:knowledge", "school", (), 30, "reference"),
    Entry(_("办理指标"), "hotline:rates", "chart-bar", READING_RATES, 28, "insight"),
    Entry(_("首呼解决率"), "hotline:first-call", "phone-call", READING_FIGURES, 30, "insight"),
    Entry(_("派单目录"), "hotline:dispatch-catalogue", "route", READING_CATALOGUE, 50, "reference"),
    Entry(_("分类词表"), "hotline:class-words", "wand", READING_CATALOGUE, 52, "reference"),
    Entry(_("微信会话"), "hotline:wechat", "message-circle", TALKING, 85),
    Entry(_("平台对接"), "hotline:exchange", "route", SEEING, 70, "system"),
    Entry(_("导入工单"), "hotline:import", "database-import", IMPORTING, 90),
)
