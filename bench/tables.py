"""Which tables of a case are multiplied, and which columns differ in the copies."""

from __future__ import annotations

from bench.fill import Table

# A district's open cases are its latest; the copies beyond the first few are old and closed.
STILL_OPEN = 20
OLD = f"{{n}} > {STILL_OPEN}"

TABLES = (
    Table(
        "cases_case",
        "id",
        {
            "number": "original.number || '-' || {n}",
            "client_id": "NULL",
            "source_number": "CASE WHEN original.source_number = '' THEN '' "
            "ELSE original.source_number || '-' || {n} END",
            "state": f"CASE WHEN {OLD} THEN 'closed' ELSE original.state END",
            "stage": f"CASE WHEN {OLD} THEN '' ELSE original.stage END",
            "due_at": f"CASE WHEN {OLD} THEN NULL ELSE original.due_at END",
        },
        shifted=("registered_at", "state_since", "dispatched_at", "answered_at", "closed_at"),
    ),
    Table(
        "cases_caseevent",
        "case_id",
        {"heard_at": "coalesce(original.heard_at, original.at)"},
        shifted=("at",),
    ),
    Table(
        "cases_caseclock",
        "case_id",
        {
            "ended_at": f"CASE WHEN {OLD} THEN coalesce(original.ended_at, original.due_at) "
            "ELSE original.ended_at END",
            "result": f"CASE WHEN {OLD} AND original.result = '' THEN 'met' ELSE original.result END",
        },
    ),
    Table("cases_deadline", "case_id"),
    Table("cases_assignment", "case_id", shifted=("given_at",)),
    Table("cases_contact", "case_id", has_id=False),
)

# The full-text index is no model: SQLite's FTS5 names its row by rowid, PostgreSQL's table by the case.
SEARCH = {
    "sqlite": (Table("cases_searchtext", "rowid", has_id=False), ["rowid", "tokens"]),
    "postgresql": (Table("cases_searchtext", "case_id", has_id=False), ["case_id", "tokens"]),
}
