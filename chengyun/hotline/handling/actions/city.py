"""The city's own results: one by one from an interface, or a whole list from a file. Safe to repeat."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path, PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.cases.process.kinds import Outcome, Satisfaction
from chengyun.hotline.handling.city_rows import COLUMNS, CityRow, city_row, columns_of
from chengyun.hotline.handling.policies import IMPORTING_CITY, require
from chengyun.hotline.handling.words import CityList, Contacted
from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.rejects import Rejects
from chengyun.hotline.models import CityImport, CityResult, folder
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.kernel.writing import writing

_CHUNK = 400
MOST_BYTES = 30 * 1024 * 1024
SUFFIXES = (".csv", ".xlsx", ".xlsm")


def city_result(
    case_id: int,
    *,
    kind: str = CityList.FULL,
    contacted: str = "",
    outcome: str = "",
    satisfaction: str = "",
    called_on: date | None = None,
    said: str = "",
    actor: Actor,
    now: datetime,
) -> tuple[CityResult, bool]:
    """Keep what the city found of one order; returns the row and whether it is new.

    Raises ``NotThere`` or ``Invalid`` (kind, contacted, outcome, satisfaction).
    """
    wrong = {}
    for name, value, words in (
        ("kind", kind, CityList),
        ("contacted", contacted, Contacted),
        ("outcome", outcome, Outcome),
        ("satisfaction", satisfaction, Satisfaction),
    ):
        if value and value not in set(words):
            wrong[name] = _("请从列出的值中选")
    if not (contacted or outcome or satisfaction):
        wrong.setdefault("satisfaction", _("先行联系、解决情况、满意度至少要有一项"))
    if wrong:
        raise Invalid(wrong)
    if not Case.objects.seen_by(actor).filter(pk=case_id, kind="hotline").exists():
        raise NotThere(_("没有这个工单，或您无权查看"))
    row = CityRow("", contacted, outcome, satisfaction, called_on, said.strip()[:2000])
    with writing():
        return CityResult.objects.get_or_create(
            case_id=case_id, digest=row.digest, defaults=_columns(row, kind, now, None)
        )


def import_city_results(file: UploadedFile[bytes], kind: str, *, actor: Actor, now: datetime) -> CityImport:
    """Take one of the city's lists in.

    1. Rows are found by the city's number or our own; what is there already in the same words is left.
    2. A row that cannot be used goes to the rejects file with its line, heading and reason; the others come in.

    Raises ``NotAllowed``, ``Invalid`` (file, kind) or ``Refused`` (not a file of rows, no column of numbers).
    """
    require(actor, IMPORTING_CITY)
    name = PurePath(file.name or "")
    wrong = {}
    if kind not in set(CityList):
        wrong["kind"] = _("请选择是哪一张表")
    if name.suffix.lower() not in SUFFIXES:
        wrong["file"] = _("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。")
    elif (file.size or 0) > MOST_BYTES:
        wrong["file"] = _("文件超过 30 MB，请拆成几个文件分次导入。")
    if wrong:
        raise Invalid(wrong)
    with writing():
        run = CityImport.objects.create(
            asked_by_id=actor.person_id, at=now, file_name=name.name[:200], kind=kind
        )
    stored = folder() / f"city-{run.pk}{name.suffix.lower()}"
    rejects = Rejects(folder() / f"city-{run.pk}.rejects.csv")
    try:
        with stored.open("wb") as kept:
            kept.writelines(file.chunks())
        with rejects, writing():
            _take_in(stored, name.name, run, rejects, actor, now)
    except Refused as error:
        CityImport.objects.filter(pk=run.pk).delete()
        raise Refused(error.message.replace(stored.name, name.name)) from None
    finally:
        stored.unlink(missing_ok=True)  # it holds callers' words, and can be handed in again
    return run


def _take_in(path: Path, name: str, run: CityImport, rejects: Rejects, actor: Actor, now: datetime) -> None:
    kind = CityList(run.kind)
    rows = rows_of(path, "auto", set(), lambda _more: None)
    for chunk in _chunks(rows):
        columns = columns_of(max((row.values for row in chunk), key=len))  # a torn row lacks some
        if "number" not in columns:
            known = "、".join(COLUMNS["number"])
            raise Refused(
                _("%(file)s 没有工单编号的列，表头可以是：%(known)s") % {"file": name, "known": known}
            )
        read: list[tuple[SourceRow, CityRow]] = []
        for row in chunk:
            run.read += 1
            try:
                if row.problem:
                    raise Invalid({"row": row.problem})
                read.append((row, city_row(kind, columns, row.values, local(now).date())))
            except Invalid as error:
                run.rejected += 1
                rejects.write(row, {columns.get(key, key): text for key, text in error.fields.items()})
        _write(read, run, rejects, columns["number"], actor, now)
    run.rejects_name = rejects.path.name if run.rejected else ""
    run.save()


def _write(
    read: list[tuple[SourceRow, CityRow]],
    run: CityImport,
    rejects: Rejects,
    heading: str,
    actor: Actor,
    now: datetime,
) -> None:
    cases = _cases_of({row.number for _source, row in read}, actor)
    known = set(
        CityResult.objects.filter(case_id__in={pk for some in cases.values() for pk in some}).values_list(
            "case_id", "digest"
        )
    )
    fresh = []
    for source, row in read:
        found = cases.get(row.number, set())
        if len(found) != 1:
            why = f"没有编号为 {row.number} 的工单" if not found else f"有 {len(found)} 个工单是 {row.number}"
            run.rejected += 1
            rejects.write(source, {heading: why})
            continue
        mark = (next(iter(found)), row.digest)
        if mark in known:
            run.known += 1
            continue
        known.add(mark)
        run.taken += 1
        fresh.append(CityResult(case_id=mark[0], digest=mark[1], **_columns(row, run.kind, now, run)))
    CityResult.objects.bulk_create(fresh)


def _columns(row: CityRow, kind: str, now: datetime, run: CityImport | None) -> dict[str, object]:
    return {
        "kind": kind,
        "contacted": row.contacted,
        "outcome": row.outcome,
        "satisfaction": row.satisfaction,
        "called_on": row.called_on,
        "said": row.said,
        "at": now,
        "run": run,
    }


def _cases_of(numbers: set[str], actor: Actor) -> dict[str, set[int]]:
    """Ids of orders by our number or another system's."""
    found: dict[str, set[int]] = {}
    seen = Case.objects.seen_by(actor).filter(kind="hotline")
    own = seen.filter(number__in=numbers).values_list("number", "pk")
    # The index begins with the system, so each is asked for by itself.
    others = (
        seen.filter(source_system=system, source_number__in=numbers).values_list("source_number", "pk")
        for system in source_systems()
    )
    for number, pk in itertools.chain(own, *others):
        found.setdefault(number, set()).add(pk)
    return found


def source_systems() -> list[str]:
    """The systems that orders came from, by leaps through the index; there are a handful."""
    systems: list[str] = []
    rows = Case.objects.exclude(source_number="").order_by("source_system")
    last = rows.values_list("source_system", flat=True).first()
    while last is not None:
        systems.append(last)
        last = rows.filter(source_system__gt=last).values_list("source_system", flat=True).first()
    return systems


def _chunks(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    walking = iter(rows)
    while chunk := list(itertools.islice(walking, _CHUNK)):
        yield chunk
