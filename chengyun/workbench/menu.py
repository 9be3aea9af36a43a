"""This room's lines in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chengyun.organisation.posts import CENTRE, Post
from chengyun.ui.menu import Entry

_WITH_CASES = (*sorted(CENTRE), Post.UNIT, Post.HANDLER, Post.INSPECTOR)

ENTRIES: tuple[Entry, ...] = (
    Entry(_("我的工作"), "workbench:home", "home", order=0),
    Entry(_("全部案件"), "workbench:cases", "list", _WITH_CASES, order=10),
    Entry(_("导出文件"), "workbench:exports", "file-spreadsheet", _WITH_CASES, order=90),
)
