"""The gateways' secrets: in the surroundings, or in files of the data folder; never in the database or on a page."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

FOLDER = "secrets"


def variable_of(name: str) -> str:
    """The variable that holds a gateway's secret, if the administrator keeps it there."""
    return f"CHENGYUN_SMS_SECRET_{name.upper().replace('-', '_')}"


def secret_of(name: str) -> str:
    """The secret of a gateway; "" if none is set. A variable comes before the file."""
    said = os.environ.get(variable_of(name), "")
    path = _path(name)
    return said or (path.read_text(encoding="utf-8").strip() if path.is_file() else "")


def keep_secret(name: str, secret: str) -> None:
    """Write a gateway's secret into the data folder, readable by its owner only."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    place = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(place, "w", encoding="utf-8") as file:
        file.write(secret)
    part.replace(path)


def _path(name: str) -> Path:
    return Path(settings.DATA_FOLDER) / FOLDER / f"sms-{name}"
