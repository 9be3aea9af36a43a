"""The dispatch catalogue as a table of text: what is exported can be imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_version import snapshot
from chengyun.geography.models import AreaKind
from chengyun.geography.queries import living_areas
from chengyun.hotline.imports.reading import SourceRow, rows_of
from chengyun.hotline.imports.rejects import Rejects
from chengyun.hotline.models import DispatchRule
from chengyun.hotline.suggestions.dispatch.actions import RuleSaid, set_rule
from chengyun.hotline.suggestions.dispatch.matching import branch_name
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.models import Unit

# The heads of the columns; 类别名称 is for the reader and is not read back.
COLUMNS = (
    "类别编码", "类别名称", "地区", "主办单位", "协办单位", "部门职责", "法律依据", "说明", "来源", "核实情况",
    "生效日期", "最后一天", "演练",
)  # fmt: skip
WANTED = frozenset({"类别编码", "主办单位", "法律依据", "生效日期"})
MOST_ROWS = 20_000
_FIELDS = {
    "branch": "类别编码", "area_id": "地区", "lead_unit_id": "主办单位", "helper_ids": "协办单位",
    "legal_basis": "法律依据", "note": "说明", "source": "来源", "provenance": "核实情况",
    "valid_from": "生效日期", "valid_until": "最后一天",
}  # fmt: skip
_YES, _NO = {"是", "y", "yes", "1", "true"}, {"", "否", "n", "no", "0", "false"}


def exported(rows: Iterable[DispatchRule]) -> Iterator[str]:
    """Lines of a CSV, the first with a mark by which spreadsheets see that it is UTF-8."""
    yield "\ufeff" + _line(COLUMNS)
    for row in rows:
        values = (
            row.branch, branch_name(row.branch), row.area.name if row.area else "", row.lead_unit.name,
            "；".join(helper.name for helper in row.helpers.all()), "是" if row.own_duty else "否",
            row.legal_basis, row.note, row.source, row.provenance, row.valid_from.isoformat(),
            row.valid_until.isoformat() if row.valid_until else "", "是" if row.rehearsal else "否",
        )  # fmt: skip
        yield _line(_safe(value) for value in values)


def _safe(value: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in "=+-@\t" and value else value


def _line(values: Iterable[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(values)
    return file.getvalue()


@dataclass(slots=True)
class Imported:
    """What became of a file. ``rejected`` are line, field and reason of the first hundred wrong fields."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    refused: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


def import_table(path: Path, rejects: Path, *, actor: Actor, now: datetime) -> Imported:
    """Write the lines of a CSV or XLSX file; bad ones go to the rejects file with line, field and reason.

    Safe to repeat: a line that says what stands there already changes nothing. Raises ``Refused`` if the file
    itself cannot be read.
    """
    done, names = Imported(), _Names()
    with Rejects(rejects) as bad, writing():
        for row in rows_of(path, "auto", set(WANTED), lambda _: None):
            done.read += 1
            try:
                if done.read > MOST_ROWS:
                    raise Invalid({"row": _("一次最多 %(most)d 行，请分次导入。") % {"most": MOST_ROWS}})
                fresh = set_rule(names.said(row), actor=actor, now=now).changed_at == now
            except Invalid as error:
                told = {_FIELDS.get(name, name): text for name, text in error.fields.items()}
                bad.write(row, told)
                done.refused += 1
                done.rejected += [(row.line, name, text) for name, text in told.items()]
                if done.read > MOST_ROWS:
                    break
                continue
            done.written += fresh
            done.unchanged += not fresh
    done.rejected = done.rejected[:100]
    return done


class _Names:
    """Units, areas and classes by what a table calls them: code or name."""

    def __init__(self) -> None:
        self.units: dict[str, int] = {}
        for unit in Unit.objects.filter(active=True):
            self.units |= {unit.code: unit.pk, unit.name: unit.pk}
        self.areas: dict[str, int] = {}
        for area in living_areas().exclude(kind=AreaKind.DISTRICT).defer("boundary"):
            # Two communities of one name: the name alone names neither, the code does.
            self.areas[area.name] = 0 if area.name in self.areas else area.pk
            self.areas[area.code] = area.pk
        self.codes = {one.code: one.key for one in snapshot().items.values() if one.kind == "appeals"}

    def said(self, row: SourceRow) -> RuleSaid:
        """The line that a row says; ``Invalid`` names every field that cannot be understood."""
        if row.problem:
            raise Invalid({"row": row.problem})
        cells = {name: _text(row.values.get(name)) for name in COLUMNS}
        wrong: dict[str, str] = {}
        helpers = [name for name in cells["协办单位"].replace(";", "；").split("；") if name.strip()]
        unknown = [name.strip() for name in helpers if name.strip() not in self.units]
        if unknown:
            wrong["helper_ids"] = _("没有单位：%(names)s") % {"names": _("、").join(unknown)[:100]}
        said = RuleSaid(
            branch=self.codes.get(cells["类别编码"], cells["类别编码"]),
            area_id=self._area(cells["地区"], wrong),
            lead_unit_id=self._unit(cells["主办单位"], wrong),
            helper_ids=tuple(self.units.get(name.strip(), 0) for name in helpers),
            own_duty=_whether(cells["部门职责"], "部门职责", wrong),
            legal_basis=cells["法律依据"],
            note=cells["说明"],
            source=cells["来源"] or _("导入的派单目录"),
            provenance=cells["核实情况"] or _("未核实"),
            valid_from=_day(cells["生效日期"], "valid_from", wrong) or date.min,
            valid_until=_day(cells["最后一天"], "valid_until", wrong) if cells["最后一天"] else None,
            rehearsal=_whether(cells["演练"], "演练", wrong),
        )
        if wrong:
            raise Invalid(wrong)
        return said

    def _area(self, name: str, wrong: dict[str, str]) -> int | None:
        if name in {"", "全区"}:
            return None
        found = self.areas.get(name)
        if not found:
            wrong["area_id"] = (
                _("没有地区“%(name)s”；写街镇、居村的名称或代码，全区留空。")
                if found is None
                else _("有几个居村叫“%(name)s”，请写代码。")
            ) % {"name": name[:40]}
        return found or None

    def _unit(self, name: str, wrong: dict[str, str]) -> int:
        if name not in self.units:
            wrong["lead_unit_id"] = _("没有单位“%(name)s”；写单位名称或编码。") % {"name": name[:40]}
        return self.units.get(name, 0)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip().removeprefix("'") if value is not None else ""


def _whether(text: str, name: str, wrong: dict[str, str]) -> bool:
    if text.lower() not in _YES | _NO:
        wrong[name] = _("写“是”或“否”。")
    return text.lower() in _YES


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        wrong[name] = _("日期应写成 2026-01-31 的样子。")
        return None
