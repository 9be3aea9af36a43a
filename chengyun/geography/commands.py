"""``chengyun geography …``: take areas and grids in, and try places and addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from chengyun.geography.actions import ImportReport

_SYSTEMS = click.Choice(["wgs84", "cgcs2000", "gcj02", "bd09"])
Command = TypeVar("Command", bound=Callable[..., Any])


@click.group()
def geography() -> None:
    """Areas, grids, coordinates and addresses of the district."""
    import django

    django.setup()


def _import_options(command: Command) -> Command:
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--system", type=_SYSTEMS, default="wgs84", help="Coordinate system of the file."),
        click.option(
            "--valid-from",
            type=click.DateTime(["%Y-%m-%d"]),
            help="Day from which rows without a valid_from of their own hold. Default: today.",
        ),
        click.option("--tolerance", type=float, default=50.0, help="Metres a part may leave the whole."),
        click.option(
            "--rejects",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Where to write rows that were not taken. Default: FILE.rejects.csv",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object."),
    ):
        command = option(command)
    return command


@geography.command()
@_import_options
def import_areas(file: Path, **said: Any) -> None:
    """Import districts, streets and communities from FILE: CSV (geometry as GeoJSON) or a FeatureCollection.

    Columns or properties: code, name; if wanted aliases, geometry, valid_from, source. A changed area gets a
    new version; the earlier one is closed and kept.
    """
    from chengyun.geography import actions

    _run(actions.import_areas, file, **said)


@geography.command()
@_import_options
def import_grids(file: Path, **said: Any) -> None:
    """Import unit grids (15-digit codes) and grouping grids from FILE: CSV or a GeoJSON FeatureCollection.

    Columns or properties: code, geometry; if wanted kind (unit, responsibility, comprehensive), name,
    valid_from, source; grouping grids also street_code and members.
    """
    from chengyun.geography import actions

    _run(actions.import_grids, file, **said)


def _run(
    action: Callable[..., ImportReport],
    file: Path,
    *,
    system: str,
    valid_from: datetime | None,
    tolerance: float,
    rejects: Path | None,
    as_json: bool,
) -> None:
    from chengyun.kernel.actor import SYSTEM
    from chengyun.kernel.clock import now
    from chengyun.kernel.errors import Refused

    day: date | None = valid_from.date() if valid_from else None
    try:
        report = action(file, actor=SYSTEM, now=now(), system=system, valid_from=day, tolerance=tolerance)
    except Refused as error:
        raise click.ClickException(error.message) from None
    where = rejects or file.with_suffix(file.suffix + ".rejects.csv")
    if report.rejects:
        # Office programs need the mark to read UTF-8.
        with where.open("w", encoding="utf-8-sig", newline="") as out:
            report.write_rejects(out)
    if as_json:
        click.echo(json.dumps(report.counts()))
    else:
        click.echo("  ".join(f"{name} {count}" for name, count in report.counts().items()))
        if report.rejects:
            click.echo(f"rejects: {where}")


@geography.command()
@click.argument("lng", type=float)
@click.argument("lat", type=float)
@click.option("--system", type=_SYSTEMS, default="wgs84", help="Coordinate system of the point.")
def locate(lng: float, lat: float, system: str) -> None:
    """Print street, community and grid of the point LNG LAT as JSON."""
    from chengyun.geography.answers import place_at
    from chengyun.geography.coordinates import to_wgs84
    from chengyun.kernel.errors import Refused

    try:
        found = place_at(*to_wgs84(lng, lat, system))
    except Refused as error:
        raise click.ClickException(error.message) from None
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@geography.command()
@click.argument("text")
def match(text: str) -> None:
    """Print the streets and communities that the address TEXT may mean."""
    from chengyun.geography.queries import match_address

    matches = match_address(text)
    for found in matches:
        click.echo(f"{found.confidence:.2f}  {found.street} {found.community}  {found.why}")
    if not matches:
        click.echo("没有认出街镇或居村 (nothing recognised)")
