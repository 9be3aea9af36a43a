"""Migrations: complete, in one line, and named."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("chengyun."))


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", *OURS, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("room", OURS)
def test_migrations_go_in_one_line(room: str):
    loader = MigrationLoader(connection)
    heads = loader.graph.leaf_nodes(room)
    names = sorted(name for app, name in loader.disk_migrations if app == room)
    assert len(heads) <= 1, f"two ends: {heads}"
    numbers = [name.split("_")[0] for name in names]
    assert numbers == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert not [name for name in names if re.search(r"_auto_\d|_merge_", name)], (
        "a migration says what it does"
    )
