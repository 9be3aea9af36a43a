"""``chengyun cmpp-simulator``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chengyun.messaging.cmpp.simulator import Behaviour, Journal, Reply, Simulator

_T = TypeVar("_T")
_CHANCE = click.FloatRange(0, 1)
_SECONDS = click.FloatRange(0, 3600)


@click.command("cmpp-simulator")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=7890, show_default=True, type=click.IntRange(0, 65535), help="0: a free one.")
@click.option("--user", default="900001", show_default=True, help="SP_Id of the account.")
@click.option("--secret", default="secret", show_default=True, help="Shared secret of the account.")
@click.option(
    "--version", "speaks", type=click.Choice(["both", "2.0", "3.0"]), default="both", show_default=True
)
@click.option("--delay", type=_SECONDS, default=0.0, help="Seconds before a SUBMIT is answered.")
@click.option(
    "--report-delay", type=_SECONDS, default=0.05, show_default=True, help="Seconds before a report."
)
@click.option("--report-first", is_flag=True, help="Reports come before the answers.")
@click.option("--no-reports", is_flag=True, help="No status reports at all.")
@click.option("--lose-answers", type=_CHANCE, default=0.0, help="Share of answers that never come.")
@click.option("--lose-reports", type=_CHANCE, default=0.0, help="Share of reports that never come.")
@click.option("--duplicate-reports", type=_CHANCE, default=0.0, help="Share of reports that come twice.")
@click.option("--shuffle-reports", is_flag=True, help="Reports come out of order.")
@click.option("--error", "errors", multiple=True, help="RESULT=SHARE, as 9=0.05; may be repeated.")
@click.option("--stat", "stats", multiple=True, help="STAT=SHARE, as UNDELIV=0.1; may be repeated.")
@click.option(
    "--kill-after", type=click.IntRange(0), default=0, help="Break the line at every so-many-th SUBMIT."
)
@click.option("--kills", type=click.IntRange(0), default=1, show_default=True, help="How many times.")
@click.option("--throttle", type=click.FloatRange(0), default=0.0, help="Result 8 beyond so many a second.")
@click.option("--silent", is_flag=True, help="Answer no active test.")
@click.option("--reply", "replies", multiple=True, help="PATTERN=TEXT: a citizen's answer; may be repeated.")
@click.option("--reply-delay", type=_SECONDS, default=0.5, show_default=True)
@click.option("--reply-format", type=click.Choice(["0", "8", "15"]), default="8", show_default=True)
@click.option(
    "--deliver-window",
    type=click.IntRange(1, 1000),
    default=16,
    show_default=True,
    help="Reports and citizens' messages that may wait for an answer at one time.",
)
@click.option("--seed", type=int, help="The same seed, the same chances.")
@click.option(
    "--log", type=click.Path(dir_okay=False, path_type=Path), help="JSON lines; else they are printed."
)
def cmpp_simulator(
    host: str,
    port: int,
    speaks: str,
    no_reports: bool,
    errors: tuple[str, ...],
    stats: tuple[str, ...],
    replies: tuple[str, ...],
    reply_delay: float,
    reply_format: str,
    log: Path | None,
    **plain: Any,
) -> None:
    """Be an operator's SMS gateway (CMPP 2.0 and 3.0) that sends nothing, for rehearsals and tests.

    Every SUBMIT, report and citizen's message is one JSON line. It can be slow, lose, refuse, repeat and break.

    \b
    Example, a citizen who answers every rating text with 5:
      chengyun cmpp-simulator --port 7890 --secret rehearsal --reply '满意=5' --log sms.jsonl
    """
    versions = {"2.0": (0x20,), "3.0": (0x30,)}.get(speaks, (0x20, 0x30))
    behaviour = Behaviour(
        versions=versions,
        reports=not no_reports,
        errors=_shares(errors, int, "--error"),
        stats=_shares(stats, _stat, "--stat"),
        replies=tuple(_reply(one, reply_delay, int(reply_format)) for one in replies),
        **plain,  # the other options are named as the fields are
    )
    file = log.open("a", encoding="utf-8") if log else sys.stdout
    try:
        with Simulator(behaviour, host=host, port=port, journal=Journal(file)) as simulator:
            click.echo(f"CMPP {speaks}: {simulator.host}:{simulator.port}", err=True)
            simulator.wait()
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from None
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    finally:
        if log:
            file.close()


def _shares(said: tuple[str, ...], read: Callable[[str], _T], option: str) -> dict[_T, float]:
    shares: dict[_T, float] = {}
    for one in said:
        code, _, share = one.partition("=")
        try:
            shares[read(code)] = float(share)
        except ValueError:
            raise click.BadParameter(f"{one!r}: write CODE=SHARE", param_hint=option) from None
    if any(not 0 <= share <= 1 for share in shares.values()) or sum(shares.values()) > 1:
        raise click.BadParameter("shares lie between 0 and 1 and make 1 at most", param_hint=option)
    return shares


def _stat(word: str) -> str:
    if not 1 <= len(word) <= 7 or not word.isascii():
        raise ValueError(word)
    return word


def _reply(said: str, delay: float, fmt: int) -> Reply:
    pattern, equals, text = said.partition("=")
    try:
        found = re.compile(pattern)
    except re.error as error:
        raise click.BadParameter(f"{pattern!r}: {error}", param_hint="--reply") from None
    if not equals or not text:
        raise click.BadParameter(f"{said!r}: write PATTERN=TEXT", param_hint="--reply")
    return Reply(found, text, delay, fmt)
