"""The real files come in, and our clocks judge as the other city did.

The larger one is thinned here; it comes in whole with ``make bench ARGS=import``.
"""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

import pytest

from chengyun.cases.audit import verify
from chengyun.cases.models import Case, CaseClock, CaseEvent
from chengyun.hotline.imports.mapping import load_mapping
from chengyun.hotline.imports.run import Tally, import_orders
from chengyun.kernel.clock import now

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
MESSAGES = DATA / "hotline" / "messages_with_replies.csv"
BOSTON = DATA / "service_requests" / "boston_2011q3.csv"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def needs(file: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not file.exists(), reason=f"the real data is not here: {file.name}")


def take(file: Path, mapping: str, rejects: Path) -> Tally:
    return import_orders(file, load_mapping(mapping), now=now(), rejects=rejects)


def every_eighth(file: Path, target: Path) -> list[dict[str, str]]:
    """Write every eighth row of a file to another one; return what was written."""
    with (
        file.open(encoding="utf-8", newline="") as given,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        reader = csv.DictReader(given)
        rows = list(islice(reader, 0, None, 8))
        writer = csv.DictWriter(out, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def assert_all_there(tally: Tally, rows: int) -> None:
    assert (tally.read, tally.created, tally.skipped, tally.rejected) == (rows, rows, 0, 0)
    assert Case.objects.count() == rows
    assert not [fault for fault in verify() if not isinstance(fault, int)]


@needs(MESSAGES)
def test_all_messages_come_in(tmp_path: Path) -> None:
    tally = take(MESSAGES, "messages_with_replies", tmp_path / "rejects.csv")
    assert_all_there(tally, 2_816)
    assert Case.objects.filter(state="closed").count() == 2_816
    assert CaseEvent.objects.filter(verb="answer").count() == 2_816
    again = take(MESSAGES, "messages_with_replies", tmp_path / "rejects.csv")
    assert (again.created, again.skipped) == (0, 2_816)


@pytest.mark.one_database
@needs(BOSTON)
def test_requests_come_in_and_are_judged_alike(tmp_path: Path) -> None:
    rows = every_eighth(BOSTON, tmp_path / BOSTON.name)
    tally = take(tmp_path / BOSTON.name, "boston_311", tmp_path / "rejects.csv")
    assert_all_there(tally, len(rows))
    assert tally.ungridded == len(rows)  # another continent: kept, and counted
    judged = dict(
        CaseClock.objects.filter(stage="disposal", ended_at__isnull=False).values_list(
            "case__source_number", "result"
        )
    )
    flags = {"ONTIME": "met", "OVERDUE": "missed"}
    dated = [row for row in rows if row["closed_dt"] and row["target_dt"]]
    closed = [row for row in dated if row["case_status"] == "Closed" and row["ontime"] in flags]
    assert len(closed) > 2_500
    wrong = [
        row["case_enquiry_id"] for row in closed if judged[row["case_enquiry_id"]] != flags[row["ontime"]]
    ]
    assert wrong == []
