"""The background worker on its own, and Django's own commands."""

from __future__ import annotations

import click


@click.command()
def worker() -> None:
    """Run the background worker alone (后台任务): events, jobs by the clock, exports.

    `chengyun up` starts one by itself. A second one on the same database waits and takes over when
    the first is gone.
    """
    import django

    django.setup()
    from chengyun.config.background import work_until_told

    work_until_told()


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands: `chengyun manage migrate --plan`, `chengyun manage dbshell`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chengyun manage", *(arguments or ("help",))])
