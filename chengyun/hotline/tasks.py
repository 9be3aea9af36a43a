"""What the background worker does for this room when it is asked to."""

from __future__ import annotations

from django_tasks import task

from chengyun.hotline.actions.imports import carry_out
from chengyun.kernel.clock import now


@task()
def run_import(run_id: int) -> None:
    """Import the file of one run."""
    carry_out(run_id, now=now())
