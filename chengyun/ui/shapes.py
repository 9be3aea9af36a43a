"""What components need that Jinja2 cannot say well: days of events, points of a trend, kinds of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.forms import BoundField, CheckboxInput, Select, Textarea
from django.utils.safestring import SafeString

from chengyun.kernel.clock import local


@dataclass(frozen=True, slots=True)
class DayOfEvents:
    """Events of one day in Shanghai, in the order in which they came."""

    day: date
    events: tuple[Any, ...]


def _moment_of(event: Any) -> Any:
    return event["moment"] if isinstance(event, Mapping) else event.moment


def groupby_day(events: Iterable[Any]) -> list[DayOfEvents]:
    """Fold events (each with an aware ``moment``) by day. Their order is kept, so hand them in sorted."""
    folded = groupby(events, key=lambda event: local(_moment_of(event)).date())
    return [DayOfEvents(day, tuple(together)) for day, together in folded]


def spark(points: Sequence[float]) -> str:
    """Return the points of a polyline in a box of 100 by 28; one number or none gives nothing."""
    if len(points) < 2:
        return ""
    low, high = min(points), max(points)
    height = (high - low) or 1
    step = 100 / (len(points) - 1)
    return " ".join(
        f"{place * step:.1f},{26 - (point - low) / height * 24:.1f}" for place, point in enumerate(points)
    )


def is_check(bound: BoundField) -> bool:
    """Tell whether the field is a single check box, whose label stands behind it."""
    return isinstance(bound.field.widget, CheckboxInput)


def drawn(bound: BoundField, hint: str = "", autofocus: bool = False) -> SafeString:
    """Draw a field's widget with our classes, tied to its hint and its errors for screen readers."""
    widget = bound.field.widget
    attributes: dict[str, str | bool] = {}
    if not bound.use_fieldset and not is_check(bound):
        own = "form-select" if isinstance(widget, Select) else "form-control"
        attributes["class"] = f"{widget.attrs.get('class', '')} {own}".strip()
    if isinstance(widget, Textarea):
        attributes["data-autosize"] = True
        # Django's own ten rows are too many beside a case; the area grows as somebody types.
        rows = str(widget.attrs.get("rows", 3))
        attributes["rows"] = "3" if rows == "10" else rows
    described = [
        f"{bound.auto_id}_{part}" for part, there in (("hint", hint), ("error", bound.errors)) if there
    ]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if autofocus:
        attributes["autofocus"] = True
    return bound.as_widget(attrs=attributes)
