"""A whole file: batches, each one transaction; rows that are there already are skipped, bad ones rejected."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from chengyun.cases.bulk import case_ids, numbers_for, write_cases
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.cases.numbers import series_of
from chengyun.cases.world import surroundings
from chengyun.geography.queries import locate
from chengyun.hotline.imports.mapping import Mapping
from chengyun.hotline.imports.orders import Order, OrderReader
from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.replay import replay
from chengyun.hotline.imports.units import UnitsOfFile
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing

_BATCH = 1_000


@dataclass(slots=True)
class Tally:
    """What became of the rows; ``read`` is the sum of the next three."""

    read: int = 0
    created: int = 0
    skipped: int = 0
    rejected: int = 0
    ungridded: int = 0


def import_orders(
    path: Path,
    mapping: Mapping,
    *,
    now: datetime,
    rejects: Path,
    moved: Callable[[int], None] = lambda _: None,
    rehearsal: bool = False,
    tally: Tally | None = None,
) -> Tally:
    """Import every row of a file; safe to run twice and to stop at any moment.

    ``tally``, if handed in, is counted on as the work goes, so that whoever stops it knows how far it came.

    1. Read a batch of rows; one that cannot be read goes to the rejects file with line, field and reason.
    2. Skip orders that are there already, by their number in the source.
    3. Replay the others through the verbs, and write them in one transaction.
    """
    actor = Actor(person_id=None, name=f"导入：{mapping.title}"[:60], system=True)
    reader, units = OrderReader(mapping, now), UnitsOfFile(mapping, now)
    tally, seen = tally if tally is not None else Tally(), set[str]()
    wanted = {column for one in mapping.fields.values() for column in one.columns}
    with _Rejects(rejects) as bad:
        rows = rows_of(path, mapping.encoding, wanted, moved)
        while batch := list(islice(rows, _BATCH)):
            orders = list(_readable(batch, reader, tally, bad, seen))
            with writing():
                fresh = _without_known(orders, mapping.source_system, tally)
                _write(fresh, mapping, units, actor, now, tally, rehearsal)
    return tally


def _readable(
    batch: Iterable[SourceRow], reader: OrderReader, tally: Tally, bad: _Rejects, seen: set[str]
) -> Iterator[Order]:
    for row in batch:
        tally.read += 1
        try:
            if row.problem:
                raise Invalid({"row": row.problem})
            order = reader.order(row.values)
            if order.source_number in seen:
                raise Invalid({"source_number": f"编号 {order.source_number} 在文件里重复"})
        except Invalid as error:
            tally.rejected += 1
            bad.write(row, error.fields)
            continue
        seen.add(order.source_number)
        yield order


def _without_known(orders: list[Order], system: str, tally: Tally) -> list[Order]:
    numbers = [order.source_number for order in orders]
    known = set(
        Case.objects.filter(source_system=system, source_number__in=numbers)
        .exclude(source_number="")
        .values_list("source_number", flat=True)
    )
    tally.skipped += len(known)
    return [order for order in orders if order.source_number not in known]


def _write(
    orders: list[Order],
    mapping: Mapping,
    units: UnitsOfFile,
    actor: Actor,
    now: datetime,
    tally: Tally,
    rehearsal: bool,
) -> None:
    if not orders:
        return
    numbers = numbers_for(("hotline", order.registered_at) for order in orders)
    cases: list[CaseFacts] = []
    callers: list[dict[str, Any]] = []
    for order, case_id in zip(orders, case_ids(len(orders)), strict=True):
        columns = _columns(
            order, mapping, next(numbers[series_of("hotline", order.registered_at)]), rehearsal
        )
        deadlines = {"disposal": order.target_at} if order.target_at else {}
        world = surroundings(order.registered_at, deadlines=deadlines)
        case = replay(order, columns, units.id_of(order.unit), actor=actor, world=world)
        case.id = case_id
        cases.append(case)
        caller = {"phone": order.phone, "channel_identity": order.caller}
        callers.append({name: said for name, said in caller.items() if said})
        tally.ungridded += columns["grid_id"] is None
    write_cases(cases, callers, now=now)
    tally.created += len(cases)


def _columns(order: Order, mapping: Mapping, number: str, rehearsal: bool) -> dict[str, Any]:
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
        "source_system": mapping.source_system,
        "source_number": order.source_number,
        "rehearsal": rehearsal,
    }
    if order.longitude is not None and order.latitude is not None:
        place = locate(order.longitude, order.latitude)
        columns |= {
            "street_id": place.street_id,
            "community_id": place.community_id,
            "grid_id": place.grid_id,
        }
    return columns


class _Rejects:
    """The rejects file; made only when there is something to put in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None
        self._writer: Any = None

    def __enter__(self) -> _Rejects:
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, row: SourceRow, fields: dict[str, str]) -> None:
        """Append one line per wrong field: line, field, reason, and the row as it was."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # utf-8-sig, so that spreadsheets show the Chinese right
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(["line", "field", "reason", "row"])
        raw = " | ".join(f"{name}={value}" for name, value in row.values.items())
        for name, reason in fields.items():
            self._writer.writerow([row.line, name, reason, raw])
