"""Ask for a list as a file, cancel it, forget it. The worker writes the file (``tasks``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.workbench.models import Export, ExportState
from chengyun.workbench.worklists import BY_NAME

KEPT = timedelta(days=7)  # a file with cases in it should not lie about longer than it is used
MOST_AT_ONCE = 3  # per person, waiting or running


def folder() -> Path:
    """Where the files lie: outside the web root, readable by the product alone."""
    place = Path(settings.DATA_FOLDER) / "exports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def ask_for_export(*, list_name: str, query: str, actor: Actor, now: datetime) -> Export:
    """Queue an export of a list under a filter. Raises ``Invalid``."""
    from chengyun.workbench.tasks import write_export  # it needs this module

    if list_name and list_name not in BY_NAME:
        raise Invalid({"list": _("没有这个工作列表")})
    if actor.person_id is None or actor.account_id is None:
        raise Invalid({"list": _("系统账号不能导出")})
    with writing():
        waiting = Export.objects.seen_by(actor).filter(state__in=(ExportState.WAITING, ExportState.RUNNING))
        if waiting.count() >= MOST_AT_ONCE:
            raise Invalid(
                {"list": _("您已有 %(most)d 份导出在进行，请等其中一份完成") % {"most": MOST_AT_ONCE}}
            )
        export = Export.objects.create(
            owner_id=actor.person_id,
            account_id=actor.account_id,
            address=actor.address,
            list_name=list_name,
            query=query[:600],
            language=get_language() or "",
            asked_at=now,
            expires_at=now + KEPT,
        )
        # In the same transaction: an export that is shown as waiting has a task, whatever happens to the power.
        write_export.enqueue(export.pk)
    return export


def cancel_export(export_id: int, *, actor: Actor, now: datetime) -> None:
    """Stop an export that waits or runs; the worker notices within one batch. Raises ``NotThere``."""
    with writing():
        mine = Export.objects.seen_by(actor).filter(pk=export_id)
        if not mine.exists():
            raise NotThere(_("没有这份导出"))
        mine.filter(state__in=(ExportState.WAITING, ExportState.RUNNING)).update(
            state=ExportState.CANCELLED, finished_at=now
        )


def delete_export(export_id: int, *, actor: Actor) -> None:
    """Throw the file away before its time; the row stays as the record that there was one."""
    export = Export.objects.seen_by(actor).filter(pk=export_id).first()
    if export is None:
        raise NotThere(_("没有这份导出"))
    _drop(export)


def forget_expired(*, now: datetime) -> int:
    """Delete files whose time is over; return how many."""
    over = list(Export.objects.filter(expires_at__lt=now, state=ExportState.DONE))
    for export in over:
        _drop(export)
    return len(over)


def _drop(export: Export) -> None:
    with writing():
        Export.objects.filter(pk=export.pk).update(state=ExportState.EXPIRED, file="", size=0)
    if export.file:
        (folder() / export.file).unlink(missing_ok=True)
