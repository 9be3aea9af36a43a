"""A whole file: batches, each one transaction; rows that are there already are skipped, bad ones rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from chengyun.cases.bulk import case_ids, numbers_for, write_cases
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.numbers import series_of
from chengyun.cases.world import surroundings
from chengyun.geography.queries import locate
from chengyun.hotline.imports.mapping import Mapping
from chengyun.hotline.imports.orders import Order, OrderReader
from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.rejects import Rejects
from chengyun.hotline.imports.replay import replay
from chengyun.hotline.imports.units import UnitsOfFile
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.writing import writing

_BATCH = 1_000
Read = tuple[SourceRow, Order]


@dataclass(slots=True)
class Tally:
    """What became of the rows; ``read`` is the sum of the next three."""

    read: int = 0
    created: int = 0
    skipped: int = 0
    rejected: int = 0
    ungridded: int = 0


class _Unplayable(Exception):
    """Some orders of a batch cannot be replayed: their lines, each with what the verbs say."""

    def __init__(self, failed: dict[int, Refused]) -> None:
        super().__init__(f"{len(failed)} orders cannot be replayed")
        self.failed = failed


def import_orders(
    path: Path,
    mapping: Mapping,
    *,
    now: datetime,
    rejects: Path,
    moved: Callable[[int], None] = lambda _passed: None,
    rehearsal: bool = False,
    tally: Tally | None = None,
) -> Tally:
    """Import every row of a file; safe to run twice and to stop at any moment.

    ``tally``, if handed in, is counted on as the work goes, so that whoever stops it knows how far it came.

    1. Read a batch of rows; one that cannot be read goes to the rejects file with line, field and reason.
    2. Skip orders that are there already, by their number in the source.
    3. Replay the others through the verbs, and write them in one transaction. An order that the verbs refuse
       is rejected too, and the rest of its batch tried again, so that no number is lost.
    """
    tally = tally if tally is not None else Tally()
    wanted = {column for one in mapping.fields.values() for column in one.columns}
    with Rejects(rejects) as bad:
        run = _Run(mapping, now, rehearsal, tally, bad)
        rows = rows_of(path, mapping.encoding, wanted, moved)
        while batch := list(islice(rows, _BATCH)):
            run.take_in(list(run.readable(batch)))
    return tally


class _Run:
    """One import under way."""

    def __init__(self, mapping: Mapping, now: datetime, rehearsal: bool, tally: Tally, bad: Rejects) -> None:
        self.mapping, self.now, self.rehearsal, self.tally, self.bad = mapping, now, rehearsal, tally, bad
        self.actor = Actor(person_id=None, name=f"导入：{mapping.title}"[:60], system=True)
        self.reader = OrderReader(mapping, now)
        self.units = UnitsOfFile(mapping, now)
        self.seen: set[str] = set()

    def readable(self, batch: Iterable[SourceRow]) -> Iterator[Read]:
        """Rows with the orders they hold; the others go to the rejects."""
        for row in batch:
            self.tally.read += 1
            try:
                if row.problem:
                    raise Invalid({"row": row.problem})
                order = self.reader.order(row.values)
                if order.source_number in self.seen:
                    text = _("编号 %(number)s 在文件里重复") % {"number": order.source_number}
                    raise Invalid({"source_number": text})
            except Invalid as error:
                self._reject(row, error)
                continue
            self.seen.add(order.source_number)
            yield row, order

    def take_in(self, batch: list[Read]) -> None:
        """Write a batch in one transaction, without what cannot be replayed."""
        tries = 3
        while batch:
            try:
                with writing():
                    fresh = self._without_known(batch)
                    cases = self._write(fresh)
            except _Unplayable as error:
                self.units = UnitsOfFile(self.mapping, self.now)  # what it made is undone
                for row, order in batch:
                    if row.line in error.failed:
                        self.seen.discard(order.source_number)
                        self._reject(row, error.failed[row.line])
                batch = [one for one in batch if one[0].line not in error.failed]
                continue
            except IntegrityError:
                # Somebody else imports the same file at this moment; the next look sees what they wrote.
                self.units, tries = UnitsOfFile(self.mapping, self.now), tries - 1
                if not tries:
                    raise
                continue
            self.tally.skipped += len(batch) - len(fresh)
            self.tally.created += len(cases)
            self.tally.ungridded += sum(case["grid_id"] is None for case in cases)
            return

    def _reject(self, row: SourceRow, error: Refused) -> None:
        self.tally.rejected += 1
        self.bad.write(row, error.fields if isinstance(error, Invalid) else {"row": error.message})

    def _without_known(self, batch: list[Read]) -> list[Read]:
        rows = Case.objects.filter(
            source_system=self.mapping.source_system,
            source_number__in=[order.source_number for _row, order in batch],
        )
        known = set(rows.exclude(source_number="").values_list("source_number", flat=True))
        return [one for one in batch if one[1].source_number not in known]

    def _write(self, batch: list[Read]) -> list[CaseFacts]:
        if not batch:
            return []
        numbers = numbers_for(("hotline", order.registered_at) for _row, order in batch)
        cases: list[CaseFacts] = []
        callers: list[dict[str, Any]] = []
        failed: dict[int, Refused] = {}
        for (row, order), case_id in zip(batch, case_ids(len(batch)), strict=True):
            number = next(numbers[series_of("hotline", order.registered_at)])
            try:
                case = self._replayed(order, number)
            except Refused as error:
                failed[row.line] = error
                continue
            case.id = case_id
            cases.append(case)
            caller = {"phone": order.phone, "channel_identity": order.caller}
            callers.append({name: said for name, said in caller.items() if said})
        if failed:
            raise _Unplayable(failed)
        write_cases(cases, callers, now=self.now)
        return cases

    def _replayed(self, order: Order, number: str) -> CaseFacts:
        deadlines = {"disposal": order.target_at} if order.target_at else {}
        world = surroundings(order.registered_at, {"replayed": True}, deadlines)
        unit_id = self.units.id_of(order.unit)
        return replay(order, self._columns(order, number), unit_id, actor=self.actor, world=world)

    def _columns(self, order: Order, number: str) -> dict[str, Any]:
        columns: dict[str, Any] = {
            "number": number,
            "title": order.title,
            "description": order.description,
            "channel": order.channel,
            "appeal_type": order.appeal_type,
            "catalogue_key": order.catalogue_key,
            "urgency": order.urgency,
            "secret": order.appeal_type == "report",
            "address": order.address,
            "longitude": order.longitude,
            "latitude": order.latitude,
            "grid_id": None,
            "source_system": self.mapping.source_system,
            "source_number": order.source_number,
            "rehearsal": self.rehearsal,
        }
        if order.longitude is not None and order.latitude is not None:
            place = locate(order.longitude, order.latitude)
            columns |= {
                "street_id": place.street_id,
                "community_id": place.community_id,
                "grid_id": place.grid_id,
            }
        return columns
