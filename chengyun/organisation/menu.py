"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chengyun.organisation.posts import Post
from chengyun.ui.menu import Entry

_READERS = (Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR, Post.SHIFT_LEADER)
_DUTIES = (Post.ADMIN, Post.SHIFT_LEADER, Post.DISPATCHER)

ENTRIES: tuple[Entry, ...] = (
    Entry(pgettext_lazy("list", "单位"), "organisation:units", "sitemap", _READERS, 10, "system"),
    Entry(pgettext_lazy("list", "人员"), "organisation:people", "users", _READERS, 20, "system"),
    Entry(_("类别职责"), "organisation:class-duties", "list-check", _DUTIES, 30, "reference"),
    Entry(_("网格职责"), "organisation:grid-duties", "grid-dots", _DUTIES, 40, "reference"),
    Entry(
        _("安全策略"), "organisation:policy", "shield-lock", (Post.SECURITY_ADMIN, Post.AUDITOR), 50, "system"
    ),
    Entry(_("接口令牌"), "organisation:tokens", "key", (Post.SECURITY_ADMIN, Post.AUDITOR), 55, "system"),
    Entry(_("登录日志"), "organisation:audit-log-ins", "history", (Post.AUDITOR,), 60, "system"),
    Entry(_("变更日志"), "organisation:audit-changes", "report-search", (Post.AUDITOR,), 70, "system"),
    Entry(_("查看日志"), "organisation:audit-accesses", "eye", (Post.AUDITOR,), 80, "system"),
)
