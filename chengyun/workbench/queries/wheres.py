"""Conditions on cases as pairs of name and value, written as SQL for lists and as ``Q`` for everything else.

A page of a list puts thirty and more small reads together. Django needs a millisecond or two to write each of
them, the database a tenth of that to answer; so lists write them here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from chengyun.cases.models import Assignment, CaseRequest

Where = tuple[str, Any]  # ("state", "signed"), ("due_at__lt", moment), ("not_handler__in", ids), …

_COLUMNS = {
    name: f"{name}_id" for name in ("street", "community", "lead_unit", "handler", "inspector", "reporter")
} | {"pk": "id"}
_SIGNS = {"": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
# helping_by: with an open sub-task for these units; helped_by: with one that is open or done; asked: with a
# request that waits.
_ASSIGNED = "SELECT case_id FROM cases_assignment WHERE unit_id"
_HELPING = "id IN ({assigned} IN ({places}) AND role = 'helper' AND result = '' AND ended_at IS NULL)"
_HELPED = "id IN ({assigned} IN ({places}) AND role = 'helper' AND result IN ('', 'done'))"
_ASKED = "id IN (SELECT case_id FROM cases_caserequest WHERE decided_at IS NULL)"


def as_sql(wheres: Iterable[Where], aside: Iterable[Where] = ()) -> tuple[str, list[Any]]:
    """One condition in SQL with its values.

    ``aside`` are those that the planner shall not choose an index for. SQLite knows only averages, and would
    look up all the closed cases by an index on the state where fifty of the newest are wanted; a plus sign
    before the column keeps it from that. PostgreSQL keeps real statistics.
    """
    plus = "+" if connection.vendor == "sqlite" else ""
    parts, values = [], []
    for mark, pairs in (("", wheres), (plus, aside)):
        for name, value in pairs:
            sql, some = _one(name, value)
            parts.append(mark + sql)
            values += some
    return " AND ".join(parts) or "1 = 1", values


def as_q(wheres: Iterable[Where]) -> Q:
    """The same for Django's queries."""
    found = Q()
    for name, value in wheres:
        if name.startswith("not_"):
            found &= ~as_q([(name.removeprefix("not_"), value)])
        elif name in {"helping_by", "helped_by"}:
            tasks = Assignment.objects.filter(unit__in=value, role="helper", result__in=("", "done"))
            tasks = tasks.filter(ended_at__isnull=True, result="") if name == "helping_by" else tasks
            found &= Q(pk__in=tasks.values("case_id"))
        elif name == "asked":
            found &= Q(pk__in=CaseRequest.objects.filter(decided_at__isnull=True).values("case_id"))
        else:
            found &= Q(**{name: value})
    return found


def _one(name: str, value: Any) -> tuple[str, list[Any]]:
    if name == "asked":
        return _ASKED, []
    negated = name.startswith("not_")
    if name.endswith(("helping_by", "helped_by")):
        ids = sorted(value)
        template = _HELPED if name.endswith("helped_by") else _HELPING
        sql = template.format(assigned=_ASSIGNED, places=_places(ids))
        return (sql.replace("id IN", "id NOT IN", 1) if negated else sql), ids
    column, _, sign = name.removeprefix("not_").partition("__")
    column = _COLUMNS.get(column, column)
    if sign == "in":
        some = [_adapted(one) for one in value]
        if not some:
            return ("1 = 1" if negated else "1 = 0"), []
        if negated:
            return f"({column} IS NULL OR {column} NOT IN ({_places(some)}))", some
        return f"{column} IN ({_places(some)})", some
    return f"{column} {_SIGNS[sign]} %s", [_adapted(value)]


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _adapted(value: Any) -> Any:
    """A value as the database keeps it. What comes from the database goes back as it is."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return str(value) if isinstance(value, str) else value


def moment_from(value: Any) -> datetime:
    """A moment as the database keeps it, made aware."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    assert isinstance(moment, datetime)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
