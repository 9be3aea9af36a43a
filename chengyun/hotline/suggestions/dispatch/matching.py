"""Find the line of the dispatch catalogue that decides, and say why the others do not.

Order, from the national opinion of 2025 (a department's own duty is not pushed down) and from common sense:

1. the longer class before the shorter: 道路设施 before 城市设施管理 before every class;
2. of one class, the smaller area before the larger: community, street, whole district;
3. of one class and area, the line that began last.

A line that would send a department's own duty to a street is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import item
from chengyun.hotline.models import DispatchRule
from chengyun.organisation.models import UnitKind
from chengyun.organisation.models.dated import valid_on

BELOW = (
    UnitKind.STREET.value,
    UnitKind.COMMUNITY.value,
)  # a department's own duty is not pushed down to these


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that holds for the class, the area and the day; ``against`` says why it does not decide, "" if it does."""

    rule: DispatchRule
    where: str
    what: str
    against: str

    @property
    def why(self) -> str:
        """One sentence: which line, and what it rests on."""
        said = _("派单目录：%(where)s的“%(what)s”由%(unit)s主办，依据%(basis)s") % {
            "where": self.where,
            "what": self.what,
            "unit": self.rule.lead_unit.name,
            "basis": self.rule.legal_basis,
        }
        if self.rule.own_duty:
            said += _("；部门职责，不下推街镇")
        return said + _("（演练）") if self.rule.rehearsal else said


def candidates(
    catalogue_key: str, street_id: int | None, community_id: int | None, on: date, *, own_duty: bool = False
) -> list[Candidate]:
    """Lines that hold, the one that decides first; empty if none does. Three queries.

    ``own_duty``: the desk has judged the order a department's own duty, whatever the lines say of its class.
    """
    areas = [community_id, street_id]
    rows = list(
        DispatchRule.objects.filter(
            valid_on(on),
            Q(area=None) | Q(area_id__in=[one for one in areas if one is not None]),
            branch__in=beginnings(catalogue_key),
            withdrawn=False,
            lead_unit__active=True,
        )
        .select_related("lead_unit", "area")
        .defer("area__boundary")
        .prefetch_related("helpers")
    )
    rows.sort(key=lambda row: (-len(row.branch), _reach(row, areas), -row.valid_from.toordinal(), -row.pk))
    return list(_judged(rows, own_duty))


def beginnings(catalogue_key: str) -> list[str]:
    """The branches that a class belongs to, itself and the empty one included."""
    found = [""]
    step = item(catalogue_key) if catalogue_key else None
    while step is not None:
        found.append(step.key)
        step = item(step.parent_key) if step.parent_key else None
    return found


def branch_name(branch: str) -> str:
    """What a branch is called."""
    one = item(branch) if branch else None
    return one.name if one is not None else branch or _("全部类别")


def _reach(row: DispatchRule, areas: Sequence[int | None]) -> int:
    return areas.index(row.area_id) if row.area_id is not None else len(areas)


def _judged(rows: list[DispatchRule], own_duty: bool) -> Iterator[Candidate]:
    """The deciding line first, then the others in their order."""
    own_duty = own_duty or any(row.own_duty for row in rows)
    passed = [row for row in rows if own_duty and not row.own_duty and row.lead_unit.kind in BELOW]
    first = next((row for row in rows if row not in passed), None)
    if first is not None:
        yield _candidate(first, "")
    for row in rows:
        if row is not first:
            assert first is not None or row in passed
            yield _candidate(row, _against(row, first, passed))


def _against(row: DispatchRule, first: DispatchRule | None, passed: list[DispatchRule]) -> str:
    if row in passed or first is None:
        return _("本类是部门职责，不下推街镇")
    if len(row.branch) < len(first.branch):
        return _("类别较宽")
    return _("地区较大") if row.area_id != first.area_id else _("生效较早")


def _candidate(row: DispatchRule, against: str) -> Candidate:
    where = row.area.name if row.area else _("全区")
    return Candidate(row, where, branch_name(row.branch), against)
