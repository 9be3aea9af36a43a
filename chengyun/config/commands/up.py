"""`chengyun up`: prepare what is missing, then serve."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable

import click

from chengyun.config.environment import Environment
from chengyun.config.plainly import plainly_in_child
from chengyun.config.prepared import Login, Note, read_note
from chengyun.config.processes import die_with_parent, port_is_taken

PATIENCE = 60.0  # seconds until we say that the server does not answer


@click.command()
@click.option("--no-rehearsal", is_flag=True, help="Leave an empty district empty (for a centre's own data).")
def up(no_rehearsal: bool) -> None:
    """Prepare everything that is missing, then start the web server and the background worker.

    On a fresh data folder this makes the database, loads the reference data and fills a rehearsal
    district (演练数据). Stop with Ctrl-C. docs/handbook/administrator.md lists the settings.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start a thread, with memory, per core
    from chengyun.config.environment import environment

    _check_folder(environment)
    reason = port_is_taken(environment.bind, environment.port)
    if reason:
        raise click.ClickException(
            f"Cannot listen at {environment.bind}:{environment.port}: {reason}. "
            "Is the product running already? CHENGYUN_PORT and CHENGYUN_BIND choose another address."
        )
    note = read_note(environment) or _prepared(environment, rehearsal=not no_rehearsal)
    # Where fictitious people work, the log-in page offers them, and nobody owns a phone for their second factor.
    environment.demo = environment.demo or bool(note.logins)
    threading.Thread(target=_announce, args=(environment, note), daemon=True).start()
    from chengyun.config.serving import serve

    serve(environment)
    click.echo("Stopped.")


def _check_folder(environment: Environment) -> None:
    """Refuse to start where nothing could be kept."""
    try:
        with tempfile.TemporaryFile(dir=environment.folder("")):
            pass
    except OSError as error:
        raise click.ClickException(
            f"Cannot write to the data folder {environment.data.resolve()}: {error.strerror}. "
            "CHENGYUN_DATA chooses another one."
        ) from error


def _prepared(environment: Environment, *, rehearsal: bool) -> Note:
    """Prepare in a process of its own, which takes its memory and its connections with it when it ends."""
    child = multiprocessing.get_context("fork").Process(target=_prepare, args=(rehearsal,))
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(child.exitcode if child.exitcode > 0 else 1)
    note = read_note(environment)
    if note is None:
        raise click.ClickException(
            "The files of the product changed while it was prepared; please start again."
        )
    return note


def _prepare(rehearsal: bool) -> None:
    die_with_parent()
    from chengyun.config.preparing import prepare

    with plainly_in_child():
        prepare(rehearsal=rehearsal, say=click.echo)


def _announce(environment: Environment, note: Note) -> None:
    """Print the address once the server answers at it."""
    host = environment.bind if environment.bind not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104
    until = time.monotonic() + PATIENCE
    while not _answers(host, environment):
        if time.monotonic() > until:
            click.echo(f"The server does not answer at {host}:{environment.port}.", err=True)
            return
        time.sleep(0.05)
    shown = f"[{host}]" if ":" in host else host
    lines = ["", f"  城运 is running at http://{shown}:{environment.port}/", ""]
    if note.logins:
        lines += ["  Rehearsal district (演练数据); log in as:", "", *_table(note.logins), ""]
    click.echo("\n".join([*lines, "  Ctrl-C stops it."]))


def _answers(host: str, environment: Environment) -> bool:
    connection = http.client.HTTPConnection(host, environment.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": environment.hosts.split(",")[0].strip()})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _width(text: str) -> int:
    """Columns that a text takes on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _table(logins: Iterable[Login]) -> list[str]:
    rows = [("岗位", "用户名", "密码", "做什么")]
    rows += [(login.post, login.username, login.password, login.duty) for login in logins]
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    return [
        "  " + "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
