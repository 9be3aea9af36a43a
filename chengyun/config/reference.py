"""The reference data of the district, room by room, in the order in which they need one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.module_loading import import_string

# Each takes `now`: loads what is not there, changes nothing that a person edited.
LOADERS: tuple[str, ...] = (
    "chengyun.worktime.loading.load_reference",
    "chengyun.geography.actions.load_reference.load_reference",
    "chengyun.organisation.actions.reference.load_reference",
    "chengyun.cases.catalogue_actions.load_reference",
    "chengyun.cases.rules.load_reference",
    "chengyun.hotline.desk.loading.load_reference",
    "chengyun.hotline.handling.rows.load_reference",
    "chengyun.hotline.knowledge.loading.load_reference",
    "chengyun.hotline.suggestions.loading.load_reference",
    "chengyun.messaging.loading.load_reference",
    "chengyun.hotline.notices.rules.load_reference",
    "chengyun.citizen.rules.load_reference",
    "chengyun.budget.ledger.loading.load_reference",
    "chengyun.budget.performance.loading.load_reference",
    "chengyun.budget.contracts.loading.load_reference",
    "chengyun.budget.publishing.term.load_term",
)


def load_reference(*, now: datetime, say: Callable[[str], None]) -> None:
    """Load the reference data of every room. Safe to run twice."""
    for path in LOADERS:
        import_string(path)(now=now)
        say(f"  {path.removeprefix('chengyun.').partition('.')[0]}")
