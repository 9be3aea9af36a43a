"""The console script ``chengyun``: finds a room's command, sets Django up only where the command needs it."""

from __future__ import annotations

import copy
import functools
import importlib
import os
import sys
from typing import Any

import click

from chengyun.config.plainly import plainly

# name -> where the command stands. Loaded when it is called, so that `chengyun clock due` starts at once.
COMMANDS: dict[str, str] = {
    "api-token": "chengyun.organisation.commands:api_token",
    "audit": "chengyun.cases.commands:audit",
    "budget": "chengyun.budget.commands:budget",
    "clock": "chengyun.worktime.commands:clock",
    "first-accounts": "chengyun.organisation.commands:first_accounts",
    "cmpp-simulator": "chengyun.messaging.cmpp.commands:cmpp_simulator",
    "draw-loops": "chengyun.cases.commands_draw:draw_loops",
    "geography": "chengyun.geography.commands:geography",
    "import-orders": "chengyun.hotline.commands:import_orders",
    "learn": "chengyun.hotline.suggestions.commands:learn",
    "load-reference": "chengyun.config.commands:load_reference",
    "manage": "chengyun.config.commands:manage",
    "rehearse": "chengyun.config.commands:rehearse",
    "suggest": "chengyun.hotline.suggestions.commands:suggest",
    "sms": "chengyun.messaging.commands:sms",
    "up": "chengyun.config.commands:up",
    "worker": "chengyun.config.commands:worker",
}

# Commands that work on the database; value: whether an empty one needs the reference data first.
ON_THE_DATABASE: dict[str, bool] = {
    "api-token": True,
    "audit": True,
    "first-accounts": True,
    "geography": True,
    "import-orders": True,
    "learn": False,
    "load-reference": False,
    "rehearse": True,
}


class Rooms(click.Group):
    """A group whose commands live in the rooms."""

    def invoke(self, ctx: click.Context) -> Any:
        with plainly():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return _on_a_prepared_database(command, cmd_name) if cmd_name in ON_THE_DATABASE else command


def _on_a_prepared_database(command: click.Command, name: str) -> click.Command:
    """The command, which finds its tables even where the product was never started."""
    act = command.callback
    assert act is not None

    @functools.wraps(act)
    def prepared(*args: Any, **kwargs: Any) -> Any:
        if not {"-h", "--help"}.intersection(sys.argv):
            import django

            django.setup()
            from chengyun.config.preparing import prepare_for_a_command

            prepare_for_a_command(
                reference=ON_THE_DATABASE[name], say=functools.partial(click.echo, err=True)
            )
        return act(*args, **kwargs)

    bound = copy.copy(command)
    bound.callback = prepared
    return bound


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chengyun")
def main() -> None:
    """城运: run and look after the platform of a district's city-operations centre.

    New here? `chengyun up` prepares everything and starts the product; each command has its own --help.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")


if __name__ == "__main__":
    main()
