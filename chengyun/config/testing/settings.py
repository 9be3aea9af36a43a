"""Django's settings under pytest: the product's own, with what only makes tests slow taken out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from chengyun.config.settings import *  # noqa: F403
from chengyun.config.settings import DATABASES as _DATABASES
from chengyun.config.settings import STORAGES as _STORAGES

_data = Path(os.environ["CHENGYUN_DATA"])  # a fresh folder, made by chengyun.config.testing.plugin

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


def _database(given: dict[str, Any]) -> dict[str, Any]:
    options = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    database = {**given, "OPTIONS": options}
    if "sqlite3" in database["ENGINE"]:
        # A file, as in the product: threads then have connections of their own and meet the same locks.
        database["TEST"] = {"NAME": str(_data / "test.sqlite3")}
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    return database


DATABASES = {"default": _database(_DATABASES["default"])}
