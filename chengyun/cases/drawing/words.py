"""Words for drawings: those that the process came with, or those that this centre uses."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chengyun.cases.drawing.sheet import Word
from chengyun.cases.labels import label_of
from chengyun.kernel.loop import Loop
from chengyun.organisation.posts import Post
from chengyun.ui.formats import english

_SCOPES = {
    "lead": gettext_noop("主办"),
    "helper": gettext_noop("协办"),
    "tasked": gettext_noop("本人任务"),
}
_CONDITIONS = {
    "sent back before": gettext_noop("此前已退过单"),
    "decision is to grant": gettext_noop("同意"),
    "handled again": gettext_noop("重办件"),
}
_LEGEND = {
    "clocks": gettext_noop("时钟"),
    "signs": gettext_noop(
        "● 从此状态　→ 到此状态　○ 状态不变　蓝色为通常的下一步，红色须再次确认　实条为计时，虚框为暂停　虚线框为终点"
    ),
}


def given_words(loop: Loop) -> Word:
    """The words of the process table, in Chinese: what the drawings in ``docs/loops`` say."""

    def word(thing: str, name: str) -> str:
        if thing == "state":
            return loop.states(name).zh
        if thing == "verb":
            return loop.verb_named[name].label
        if thing == "timer":
            return loop.timer_named[name].label
        if thing == "post":
            return Post(name).zh
        if thing == "process":
            return loop.label
        return {**_SCOPES, **_CONDITIONS, **_LEGEND}.get(name, name)

    return word


def words_here(loop: Loop) -> Word:
    """The words of this centre, in the reader's language."""

    def word(thing: str, name: str) -> str:
        if thing in ("state", "verb", "timer"):
            return label_of(loop.name, thing, name)
        if thing == "post":
            return Post(name).label
        if thing == "process":
            return loop.en if english() else loop.label
        text = {**_SCOPES, **_CONDITIONS, **_LEGEND}.get(name, name)
        return _(text) if text else ""

    return word
