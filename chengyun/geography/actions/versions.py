"""Gives an area or grid a new version without changing its id."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from chengyun.geography.models import Area, Grid
from chengyun.kernel.errors import Invalid

Row = TypeVar("Row", Area, Grid)


def differs(row: Area | Grid, values: dict[str, Any]) -> bool:
    """Tell whether the row says anything else than these values."""
    return any(getattr(row, name) != value for name, value in values.items())


def renew(row: Row, values: dict[str, Any], valid_from: date) -> None:
    """Let the living row say these values from ``valid_from`` on, and keep what it said in a closed copy.

    Raises ``Invalid`` on ``valid_from`` if the new version would not begin after the present one.
    """
    if valid_from <= row.valid_from:
        raise Invalid(
            {
                "valid_from": _("%(code)s 现有版本自 %(day)s 起有效，新版本须更晚")
                % {"code": row.code, "day": row.valid_from}
            }
        )
    earlier = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    earlier.pop("id")
    model = type(row)
    model.objects.filter(pk=row.pk).update(**values, valid_from=valid_from)
    model.objects.create(**{**earlier, "valid_until": valid_from})
    for name, value in {**values, "valid_from": valid_from}.items():
        setattr(row, name, value)
