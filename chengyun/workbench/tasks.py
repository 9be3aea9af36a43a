"""Work that is queued and done by the worker."""

from __future__ import annotations

from django_tasks import task

from chengyun.kernel import clock
from chengyun.workbench.exporting import run


@task()
def write_export(export_id: int) -> None:
    """Write one export into its file; safe to run again, it starts from the first row."""
    run(export_id, now=clock.now())
