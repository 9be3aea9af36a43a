"""Is everything ready to serve? Asked without Django, so that the second start is quick.

A note in the data folder says for which code and which migrations the last preparation was made;
the database itself is asked for its migrations, so a replaced or restored database is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chengyun.config.environment import Environment

PACKAGE = Path(__file__).resolve().parent.parent
WATCHED = {"migrations", "static", "reference"}
_APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass(frozen=True)
class Login:
    """A log-in of the rehearsal district, printed at the start. ``duty`` says what the person does."""

    post: str
    username: str
    password: str
    duty: str


@dataclass(frozen=True)
class Note:
    """What the last preparation was made for, and the log-ins of the rehearsal district."""

    code: str
    migrations: str
    logins: tuple[Login, ...] = ()


def code_print() -> str:
    """A digest of what preparation depends on: migrations, static files, reference data, packages."""
    lines = sorted(os.listdir(sysconfig.get_path("purelib")))
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = [name for name in folders if name not in {"__pycache__", "tests"}]
        if WATCHED.intersection(Path(folder).relative_to(PACKAGE).parts):
            for name in files:
                stat = os.stat(os.path.join(folder, name))
                lines.append(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}")
    return _digest(lines)


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def sqlite_file(environment: Environment) -> Path | None:
    """The file of the embedded database, or None when the database is PostgreSQL."""
    if not environment.database_url:
        return environment.folder("") / "chengyun.sqlite3"
    parts = urlsplit(environment.database_url)
    return Path(unquote(parts.path[1:])) if parts.scheme.startswith("sqlite") else None


def applied_migrations(environment: Environment) -> str:
    """A digest of the migrations that the database says it has; "" for an empty database.

    Raises psycopg's or sqlite3's OperationalError when the database cannot be reached.
    """
    path = sqlite_file(environment)
    if path is not None:
        return _applied_in_sqlite(path)
    import psycopg

    with psycopg.connect(libpq_address(environment.database_url), connect_timeout=5) as connection:
        there = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        rows = connection.execute(_APPLIED).fetchall() if there and there[0] else []
    return _digest([f"{app}.{name}" for app, name in rows]) if rows else ""


def libpq_address(url: str) -> str:
    """Django's short names of the scheme are not libpq's."""
    return "postgresql://" + url.partition("://")[2]


def _applied_in_sqlite(path: Path) -> str:
    if not path.exists():
        return ""
    connection = sqlite3.connect(path, timeout=20)
    try:
        tables = "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
        if not connection.execute(tables).fetchone():
            return ""
        rows = connection.execute(_APPLIED).fetchall()
    finally:
        connection.close()
    return _digest([f"{app}.{name}" for app, name in rows]) if rows else ""


def read_note(environment: Environment) -> Note | None:
    """The note of the last preparation, if it is still true of this code and this database."""
    try:
        said = json.loads((environment.folder("") / "prepared.json").read_text(encoding="utf-8"))
        logins = tuple(Login(**login) for login in said.pop("logins"))
        note = Note(**said, logins=logins)
    except (OSError, ValueError, TypeError, KeyError):
        note = None
    migrations = applied_migrations(environment)
    if note is None or note.migrations != migrations or note.code != code_print():
        return None
    return note


def write_note(environment: Environment, logins: tuple[Login, ...]) -> None:
    """Say that everything is ready. Called last, by the process that prepared."""
    note = Note(code_print(), applied_migrations(environment), logins)
    path = environment.folder("") / "prepared.json"
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)  # it names the passwords of the rehearsal district
    fresh.write_text(json.dumps(asdict(note), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)
