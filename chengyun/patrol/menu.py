"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.organisation.posts import Post
from chengyun.patrol.policies import REPORTING, may_follow, may_report
from chengyun.ui.menu import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(_("我的任务"), "patrol:tasks", "clipboard-check", (Post.INSPECTOR,), 20),
    Entry(_("上报问题"), "patrol:report", "camera", REPORTING, 35, may=may_report),
    Entry(_("我的上报"), "patrol:mine", "list-check", (Post.INSPECTOR, Post.UNIT), 36, may=may_follow),
)
