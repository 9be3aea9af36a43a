"""The command ``chengyun sms``."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import Any

import click
import msgspec

from chengyun.messaging.text import split, units


@click.group()
def sms() -> None:
    """Count the segments of a message; see what a month's messages cost (短信)."""


@sms.command()
@click.argument("text")
@click.option("--signature", default="", help="Put before the text and counted, such as 【宝山城运】.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def count(text: str, signature: str, as_json: bool) -> None:
    """Count how many short messages TEXT takes ("-": read it from standard input).

    \b
    $ chengyun sms count 您反映的问题已受理
    1 segment, 9 units
    1  9  您反映的问题已受理

    One message holds 70 UCS-2 units; a longer text is cut into segments of 67. An emoji is two units, which
    stay together. A signature counts like any other text.
    """
    whole = signature + (_read() if text == "-" else text)
    parts = split(whole)
    if as_json:
        said = {
            "segments": len(parts),
            "units": units(whole),
            "parts": [{"number": n, "units": units(part), "text": part} for n, part in enumerate(parts, 1)],
        }
        _say(msgspec.json.encode(_spoken(said)).decode())
        return
    _say(f"{len(parts)} segment{'s' if len(parts) != 1 else ''}, {units(whole)} units")
    for number, part in enumerate(parts, 1):
        _say(f"{number}  {units(part)}  {_one_line(part)}")


def _read() -> str:
    return sys.stdin.read().removesuffix("\n")


def _spoken(value: Any) -> Any:
    """Half a pair of surrogates cannot be written as UTF-8; it is shown as a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _spoken(one) for name, one in value.items()}
    return [_spoken(one) for one in value] if isinstance(value, list) else value


def _one_line(part: str) -> str:
    return part.replace("\r", "␍").replace("\n", "␊")


def _say(line: str) -> None:
    click.echo(_spoken(line))


class Month(click.ParamType[date]):
    """A month such as 2026-11."""

    name = "month"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", value)
        if not found:
            self.fail(f"{value!r} is no month; write it like 2026-11.", param, ctx)
        return date(int(found[1]), int(found[2]), 1)


@sms.command()
@click.option("--month", type=Month(), help="Such as 2026-11. Default: this month.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def usage(month: date | None, as_json: bool) -> None:
    """What a month's messages use of the package, what they cost, and where the month will end."""
    import django
    from django.db import DatabaseError

    django.setup()
    from chengyun.kernel.clock import local, now
    from chengyun.messaging.metering.usage import usage_of

    moment = now()
    try:
        found = usage_of(month or local(moment).date(), now=moment)
    except DatabaseError:
        raise click.ClickException("The database is not prepared yet; run `chengyun up` first.") from None
    said = _facts(found)
    if as_json:
        click.echo(msgspec.json.encode(said).decode())
        return
    for name, value in said.items():
        click.echo(f"{name.replace('_', ' ') + ':':<22}{'–' if value is None else value}")


def _facts(found: Any) -> dict[str, Any]:
    package = found.package
    return {
        "month": f"{found.month:%Y-%m}",
        "package": package.name if package else None,
        "used": found.used,
        "included": package.included if package else None,
        "percent": f"{found.percent:.1f}" if found.percent is not None else None,
        "cost": str(found.cost) if found.cost is not None else None,
        "expected": found.forecast.expected if found.forecast else None,
        "expected_cost": str(found.expected_cost) if found.expected_cost is not None else None,
        "unsure": found.unsure,
        "warnings": found.passed,
    }
