"""Import a file of orders in the background: ask for it, carry it out, stop it."""

from __future__ import annotations

import time
import uuid
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from chengyun.hotline import policies
from chengyun.hotline.imports.mapping import load_mapping
from chengyun.hotline.imports.reading import length_of
from chengyun.hotline.imports.run import Tally, import_orders
from chengyun.hotline.models import ImportRun, RunState, folder
from chengyun.kernel import clock
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Account

_EVERY = 0.5  # seconds between two looks at whether to stop
_COUNTS = ("read", "created", "skipped", "rejected", "ungridded")


class Stopped(Exception):
    """Somebody asked to stop; what was imported stays."""


def ask_import(
    file: UploadedFile[bytes], mapping: str, *, rehearsal: bool = False, actor: Actor, now: datetime
) -> ImportRun:
    """Keep the file and queue its import. Raises ``NotAllowed`` or ``Refused`` (the mapping)."""
    from chengyun.hotline.tasks import run_import

    policies.require(actor, policies.IMPORTING)
    load_mapping(mapping)
    name = PurePath(file.name or "orders.csv")
    stored = f"{uuid.uuid4().hex}{name.suffix.lower()}"
    with (folder() / stored).open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    with writing():
        run = ImportRun.objects.create(
            asked_by_id=actor.person_id,
            asked_at=now,
            file_name=name.name[:200],
            stored_name=stored,
            mapping=mapping,
            rehearsal=rehearsal,
        )
        transaction.on_commit(lambda: run_import.enqueue(run.pk))
    return run


def stop_import(run_id: int, *, actor: Actor, now: datetime) -> ImportRun:
    """Ask a run to stop; one that waits stops at once. A run that has ended stays as it is."""
    policies.require(actor, policies.IMPORTING)
    with writing():
        run = ImportRun.objects.filter(pk=run_id).first()
        if run is None:
            raise NotThere(_("没有这次导入。"))
        waiting = ImportRun.objects.filter(pk=run_id, state=RunState.QUEUED)
        if waiting.update(state=RunState.STOPPED, stop_asked=True, ended_at=now):
            run.path.unlink(missing_ok=True)
        else:
            ImportRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(stop_asked=True)
    run.refresh_from_db()
    return run


def carry_out(run_id: int, *, now: datetime) -> None:
    """Import the file of a run. Safe to repeat: orders that are there already are skipped.

    1. A run that has ended, or was stopped while it waited, is left alone.
    2. Progress is written twice a second; a wish to stop is seen then.
    3. Whatever happens, the run ends with its counts and, where it could not go on, with the reason.
    4. Reasons are in the language of whoever asked for it.
    """
    begun = ImportRun.objects.filter(pk=run_id, state__in=(RunState.QUEUED, RunState.RUNNING))
    if not begun.update(state=RunState.RUNNING, started_at=now, passed=0):
        return
    run = ImportRun.objects.get(pk=run_id)
    with translation.override(_language_of(run)):
        _carry_out(run, now)


def _language_of(run: ImportRun) -> str:
    if run.asked_by_id is None:
        return settings.LANGUAGE_CODE
    asker = Account.objects.filter(person_id=run.asked_by_id).exclude(language="")
    return asker.values_list("language", flat=True).first() or settings.LANGUAGE_CODE


def _carry_out(run: ImportRun, now: datetime) -> None:
    tally, progress = Tally(), _Progress(run.pk)
    try:
        ImportRun.objects.filter(pk=run.pk).update(length=length_of(run.path))
        import_orders(
            run.path,
            load_mapping(run.mapping),
            now=now,
            rejects=run.rejects,
            moved=progress.moved,
            rehearsal=run.rehearsal,
            tally=tally,
        )
    except Stopped:
        _end(run, RunState.STOPPED, tally, progress)
    except (Refused, FileNotFoundError) as error:
        problem = error.message if isinstance(error, Refused) else _("文件已不在，请重新上传")
        # The file is called by its stored name there; the reader knows it by another.
        _end(run, RunState.FAILED, tally, progress, problem.replace(run.stored_name, run.file_name))
    except Exception:
        _end(run, RunState.FAILED, tally, progress, _("系统出错，已导入的部分保留；可重新上传，已有的会跳过"))
        raise
    else:
        _end(run, RunState.DONE, tally, progress)


class _Progress:
    """Writes how far a run is, and stops it when that was asked for."""

    def __init__(self, run_id: int) -> None:
        self._run_id, self.passed, self._looked = run_id, 0, time.monotonic()

    def moved(self, more: int) -> None:
        """Called between rows, never inside a transaction of the import."""
        self.passed += more
        if time.monotonic() - self._looked < _EVERY:
            return
        self.look()

    def look(self) -> None:
        """Write the progress; raise ``Stopped`` if the run is to stop."""
        self._looked = time.monotonic()
        row = ImportRun.objects.filter(pk=self._run_id)
        row.update(passed=self.passed)
        if row.filter(stop_asked=True).exists():
            raise Stopped


def _end(run: ImportRun, state: RunState, tally: Tally, progress: _Progress, problem: str = "") -> None:
    said: dict[str, Any] = {name: getattr(tally, name) for name in _COUNTS}
    ImportRun.objects.filter(pk=run.pk).update(
        state=state, ended_at=clock.now(), passed=progress.passed, problem=problem[:500], **said
    )
    # It holds callers' data, and nobody needs it any more; the same file can be handed in again.
    run.path.unlink(missing_ok=True)
