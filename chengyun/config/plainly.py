"""Errors of the surroundings as sentences: what is wrong and how to mend it, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


def _bad_values(error: Exception) -> str:
    """One line for each bad variable of a pydantic ValidationError."""
    lines = []
    for fault in error.errors():  # type: ignore[attr-defined]
        name = "_".join(str(part) for part in fault["loc"]).upper()
        lines.append(f"  CHENGYUN_{name}={fault['input']!s}: {fault['msg']}")
    return "\n".join(
        ["A setting is not right:", *lines, "docs/handbook/administrator.md lists the settings."]
    )


_UNUSABLE = {
    "django.db.utils.OperationalError",
    "psycopg.OperationalError",
    "psycopg.errors.UndefinedTable",  # nobody has prepared this database
    "sqlite3.OperationalError",
}


def sentence(error: BaseException) -> str | None:
    """What to tell the person at the console, or None for an error nobody foresaw."""
    # By name, so that a light command need not load Django, psycopg or pydantic to catch what they raise.
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    caused = {f"{kind.__module__}.{kind.__name__}" for kind in type(error.__cause__).__mro__}
    if any(name.endswith(".ValidationError") and name.startswith("pydantic") for name in kinds):
        return _bad_values(error)  # type: ignore[arg-type]
    if "chengyun.kernel.errors.Refused" in kinds:
        return str(error)
    if (kinds | caused) & _UNUSABLE:
        said = str(error).strip()
        return f"The database cannot be used: {said}\nCheck CHENGYUN_DATABASE_URL and the data folder."
    if "django.core.exceptions.ImproperlyConfigured" in kinds:
        return f"The configuration is not complete: {error}"
    if isinstance(error, PermissionError | NotADirectoryError | FileExistsError) and error.filename:
        return f"No access to {error.filename}: {error.strerror}. Is CHENGYUN_DATA a folder you may write to?"
    return None


@contextmanager
def plainly() -> Iterator[None]:
    """Turn foreseen errors into a message and exit code 1; let the others through."""
    try:
        yield
    except Exception as error:
        said = sentence(error)
        if said is None:
            raise
        raise click.ClickException(said) from error


@contextmanager
def plainly_in_child() -> Iterator[None]:
    """The same for a forked process, which has no click above it to print the message."""
    try:
        with plainly():
            yield
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
