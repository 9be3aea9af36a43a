"""The Jinja2 environment of all rooms: translation, filters and the few functions that templates may call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from chengyun.ui import bell, formats, menu, shapes


def environment(**options: Any) -> Environment:
    """Build the environment; Django calls it once with its own loader and options."""
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    extensions = [*options.pop("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    # Django hands autoescape in, always on.
    made = Environment(extensions=extensions, **options)  # noqa: S701
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(
        static=static,
        url=url,
        url_if=url_if,
        icon=icon,
        query=query,
        language=language,
        menu=menu.menu,
        post_labels=menu.post_labels,
        unread_notices=bell.unread,
        messages_of=get_messages,
        drawn=shapes.drawn,
        is_check=shapes.is_check,
    )
    made.filters.update(
        moment=_with_now(formats.moment),
        short_moment=_with_now(formats.short_moment),
        day=_with_now(formats.day),
        ago=_with_now(formats.ago),
        time_of_day=formats.time_of_day,
        iso=iso,
        span=formats.span,
        number=formats.number,
        percent=formats.percent,
        file_size=formats.file_size,
        masked=formats.masked,
        groupby_day=shapes.groupby_day,
        spark=shapes.spark,
    )
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named page; raises NoReverseMatch for a name that is not there."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named page, or "" if no room has it."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1000)  # a list draws a hundred of them
def icon(name: str, label: str = "", classes: str = "") -> Markup:
    """Draw an icon of the local sprite. With ``label`` it speaks; without, it is only beside a word."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    place = f"{static('vendor/icons.svg')}#{name}"
    return Markup('<svg class="icon {}" {} focusable="false"><use href="{}"></use></svg>').format(
        classes, spoken, place
    )


def query(request: Any, **changes: Any) -> str:
    """Return the address's own query with some keys changed; None takes a key away. Begins with "?"."""
    kept: dict[str, list[str]] = dict(request.GET.lists())
    for key, value in changes.items():
        if value is None or value == "":
            kept.pop(key, None)
        else:
            kept[key] = [str(part) for part in value] if isinstance(value, (list, tuple)) else [str(value)]
    return "?" + urlencode(kept, doseq=True)


def language() -> str:
    """Return the page's language for ``<html lang>``: zh-CN or en."""
    return "en" if formats.english() else "zh-CN"


def iso(value: datetime | date | None) -> str:
    """Write for ``<time datetime>``."""
    return "" if value is None else value.isoformat()


def _with_now(write: Callable[..., str]) -> Callable[..., str]:
    """Hand the request's ``now`` to a filter, so that one page has one present. A macro may pass its own."""

    @pass_context
    def filtered(context: Context, value: Any, now: datetime | None = None) -> str:
        return write(value, now if now is not None else _now_of(context))

    return filtered


def _now_of(context: Context) -> datetime | None:
    given = context.get("now") or getattr(context.get("request"), "now", None)
    return given if isinstance(given, datetime) else None
