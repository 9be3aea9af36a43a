"""The rail on the left: the rooms that a person's posts lead to, as data registered by ``config``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled

GROUPS: dict[str, Promise] = {
    "work": _("办件"),
    "command": _("指挥值守"),
    "insight": _("统计考核"),
    "reference": _("资料"),
    "system": _("系统"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail. ``posts`` empty: for everybody who is logged in. ``group`` is a key of GROUPS.

    ``may`` narrows it further where a post alone does not decide; it is asked on every page, so it must be quick.
    """

    label: str | Promise
    url_name: str
    icon: str
    posts: tuple[str, ...] = ()
    order: int = 100
    group: str = "work"
    may: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry made ready for one page."""

    label: str
    href: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    label: str
    lines: tuple[Line, ...]


_entries: dict[str, Entry] = {}
_posts: list[type[Labelled]] = []


def register(entries: Iterable[Entry]) -> None:
    """Add entries; one with the same ``url_name`` replaces the earlier one, so twice is harmless."""
    for entry in entries:
        if entry.group not in GROUPS:
            raise ValueError(
                f"menu entry {entry.url_name}: unknown group {entry.group!r}, use one of {list(GROUPS)}"
            )
        _entries[entry.url_name] = entry


def register_posts(posts: type[Labelled]) -> None:
    """Tell the shell how posts are called; ``ui`` lies below the room that owns them."""
    _posts[:] = [posts]


def entries_for(actor: Actor | None) -> tuple[Entry, ...]:
    """Return the entries that this person's posts lead to, in order. Nobody gets nothing."""
    if actor is None:
        return ()
    groups = list(GROUPS)
    seen = [
        entry
        for entry in _entries.values()
        if (not entry.posts or actor.holds(*entry.posts)) and (entry.may is None or entry.may(actor))
    ]
    return tuple(sorted(seen, key=lambda entry: (groups.index(entry.group), entry.order, entry.url_name)))


def menu(request: Any) -> tuple[Group, ...]:
    """Return the rail for the person of this request. An entry whose page is not there is left out."""
    entries = entries_for(getattr(request, "actor", None))
    found = [(entry, href) for entry in entries if (href := _href(entry.url_name))]
    # The longest address that the page's own begins with: "/" must not light up everywhere.
    under = [href for _entry, href in found if _lies_under(request.path, href)]
    current = max(under, key=len, default=None)
    groups = []
    for key, label in GROUPS.items():
        lines = tuple(
            Line(str(entry.label), href, entry.icon, href == current)
            for entry, href in found
            if entry.group == key
        )
        if lines:
            groups.append(Group(str(label), lines))
    return tuple(groups)


def post_labels(actor: Actor | None) -> tuple[str, ...]:
    """Return what this person's posts are called, in the order in which they are held, each once."""
    if actor is None:
        return ()
    return tuple(dict.fromkeys(_post_label(holding.post) for holding in actor.holdings))


def _post_label(value: str) -> str:
    for posts in _posts:
        if value in {member.value for member in posts}:
            return posts(value).label
    return value


def _href(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _lies_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))
