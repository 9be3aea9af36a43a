"""Filling the database: the district's reference data, and rehearsal data."""

from __future__ import annotations

import click


@click.command("load-reference")
def load_reference() -> None:
    """Load the district's reference data (基础数据): calendar, areas, units, catalogues.

    Loads what is not there yet; safe to run again after an upgrade.
    """
    import django

    django.setup()
    from chengyun.config.reference import load_reference as load
    from chengyun.kernel.clock import now

    load(now=now(), say=click.echo)


@click.command()
@click.option(
    "--days", default=28, show_default=True, type=click.IntRange(1, 400), help="How far back cases go."
)
@click.option(
    "--cases", default=1200, show_default=True, type=click.IntRange(1, 200_000), help="How many cases."
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same cases.")
def rehearse(days: int, cases: int, seed: int) -> None:
    """Fill in rehearsal data (演练数据): invented people, accounts and cases, labelled so everywhere.

    Not for a database that a centre works with.
    """
    import django

    django.setup()
    from chengyun.config.preparing import fill_rehearsal
    from chengyun.kernel.clock import now

    fill_rehearsal(days, cases, seed, now(), click.echo)
