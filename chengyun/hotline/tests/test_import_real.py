"""The two real files come in whole, and our clocks judge as the other city did."""

from __future__ import annotations

import csv
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
def test_all_requests_come_in_and_are_judged_alike(tmp_path: Path) -> None:
    tally = take(BOSTON, "boston_311", tmp_path / "rejects.csv")
    assert_all_there(tally, 31_828)
    assert tally.ungridded == 31_828  # another continent: kept, and counted
    judged = dict(
        CaseClock.objects.filter(stage="disposal", ended_at__isnull=False).values_list(
            "case__source_number", "result"
        )
    )
    flags = {"ONTIME": "met", "OVERDUE": "missed"}
    with BOSTON.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["closed_dt"] and row["target_dt"]]
    closed = [row for row in rows if row["case_status"] == "Closed" and row["ontime"] in flags]
    assert len(closed) > 20_000
    wrong = [
        row["case_enquiry_id"] for row in closed if judged[row["case_enquiry_id"]] != flags[row["ontime"]]
    ]
    assert wrong == []
