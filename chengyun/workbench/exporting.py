"""Writes a list into an XLSX file, batch by batch, as the person who asked may see it at that moment.

A worker that is killed leaves a ``.part`` file; the task is queued again and writes it anew.
"""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.kernel.clock import local
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Account
from chengyun.organisation.queries import actor_of
from chengyun.workbench.actions.exports import folder
from chengyun.workbench.forms import FilterForm
from chengyun.workbench.models import Export, ExportState
from chengyun.workbench.queries.branches import everything
from chengyun.workbench.sheet import Sheet
from chengyun.workbench.worklists import BY_NAME, lists_of

log = logging.getLogger(__name__)
MOST_ROWS = 200_000  # what a spreadsheet program still opens in comfort
BATCH = 1000


class Stopped(Exception):
    """The owner cancelled it meanwhile."""


def run(export_id: int, *, now: datetime) -> None:
    """Write the file of an export that waits, or that a killed worker left half done."""
    export = Export.objects.filter(pk=export_id).first()
    if export is None or not export.under_way:
        return
    with translation.override(export.language or "zh-hans"):
        part = folder() / f"{export.pk}.part"
        try:
            _write(export, part, now)
        except Stopped:
            part.unlink(missing_ok=True)
        except Exception:
            log.exception("export %s failed", export.pk)
            part.unlink(missing_ok=True)
            _finish(export, ExportState.FAILED, now, problem=_("生成文件时出错，已记入日志；可以重新导出"))


def _write(export: Export, part: Path, now: datetime) -> None:
    account = Account.objects.filter(pk=export.account_id).first()
    actor = actor_of(account, now, export.address) if account is not None else None
    worklist = BY_NAME.get(export.list_name)
    if actor is None or (worklist is not None and worklist not in lists_of(actor)):
        _finish(export, ExportState.FAILED, now, problem=_("您已没有查看这个列表的岗位"))
        return
    form = FilterForm(dict(parse_qsl(export.query)), actor)
    rows = everything(worklist, form.chosen, actor, now)
    total = rows.order_by()[: MOST_ROWS + 1].count()
    if total > MOST_ROWS:
        told = _("符合条件的超过 %(most)s 条，请缩小范围（例如选登记日期）后再导出")
        _finish(export, ExportState.FAILED, now, problem=told % {"most": f"{MOST_ROWS:,}"})
        return
    _go_on(export, 0, total)
    labels = [(label, value) for _name, label, value in form.labels()]
    title = worklist.label if worklist is not None else _("全部案件")
    sheet = Sheet(part, actor, now)
    try:
        rehearsal = rows.filter(rehearsal=True).exists()
        sheet.head(title, labels, total, rehearsal=rehearsal)
        for batch in _batches(rows):
            sheet.write(batch)
            _go_on(export, sheet.written, total)
    finally:
        sheet.close()
    name = f"{export.pk}-{uuid.uuid4().hex}.xlsx"
    os.chmod(part, 0o600)
    part.replace(folder() / name)
    _finish(export, ExportState.DONE, now, file=name, progress=sheet.written)


def _batches(rows: QuerySet[Case]) -> Iterator[list[Case]]:
    """All rows, newest first, walked by id so that no batch counts over those before it."""
    rows = rows.select_related("contact").order_by("-id")
    below: int | None = None
    while True:
        batch = list((rows.filter(pk__lt=below) if below is not None else rows)[:BATCH])
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        below = batch[-1].pk


def _go_on(export: Export, progress: int, total: int) -> None:
    """Note how far it has come, unless it was cancelled."""
    with writing():
        alive = Export.objects.filter(pk=export.pk, state__in=(ExportState.WAITING, ExportState.RUNNING))
        if not alive.update(state=ExportState.RUNNING, progress=progress, total=total):
            raise Stopped


def _finish(
    export: Export,
    state: ExportState,
    now: datetime,
    *,
    problem: str = "",
    file: str = "",
    progress: int | None = None,
) -> None:
    said = {"state": state, "finished_at": now, "problem": problem, "file": file}
    if file:
        said["size"] = (folder() / file).stat().st_size
    if progress is not None:
        said["progress"] = progress
    with writing():
        alive = Export.objects.filter(pk=export.pk, state__in=(ExportState.WAITING, ExportState.RUNNING))
        kept = alive.update(**said)
    if file and not kept:
        (folder() / file).unlink(missing_ok=True)


def file_name(export: Export) -> str:
    """What the file is called on the reader's machine."""
    worklist = BY_NAME.get(export.list_name)
    title = worklist.label if worklist is not None else _("全部案件")
    return f"{title}-{local(export.asked_at):%Y%m%d-%H%M}.xlsx"
