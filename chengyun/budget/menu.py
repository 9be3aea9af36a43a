"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.budget.contracts.policies import READING as CONTRACTS
from chengyun.budget.ledger.policies import READING
from chengyun.budget.performance.policies import READING as TARGETS
from chengyun.budget.publishing.policies import READING as PUBLISHING
from chengyun.budget.review.policies import READING as REVIEWING
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("预算"), "budget:budgets", "coins", READING, 50, "insight"),
    Entry(_("预算公开"), "budget:publications", "world", PUBLISHING, 55, "insight"),
    Entry(_("合同"), "budget:contracts", "clipboard-check", CONTRACTS, 57, "insight"),
    Entry(_("绩效目标"), "budget:performance", "chart-bar", TARGETS, 58, "insight"),
    Entry(_("一元钱买到了什么"), "budget:performance-bought", "scale", TARGETS, 59, "insight"),
    Entry(_("核对预算"), "budget:reviews", "report-search", REVIEWING, 60, "insight"),
)
