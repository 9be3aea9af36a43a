"""Any tampered, missing or reordered row is found and named."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.models import F

from chengyun.cases.audit import Fault, verify
from chengyun.cases.commands import audit
from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    play = Cast()
    play.order()
    play.to_in_hand()
    return play


def _faults():
    return [(fault.number, fault.seq) for fault in verify() if isinstance(fault, Fault)]


def test_a_whole_history_has_no_fault(play):
    assert _faults() == []


@pytest.mark.parametrize(
    "change",
    [
        {"said": {"unit": 99}},
        {"actor_name": "别人"},
        {"verb": "sign"},
        {"to_state": "closed"},
        {"at": F("case__registered_at")},
        {"digest": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_named(play, change):
    if "at" in change:
        change = {"at": play.row.registered_at}
    CaseEvent.objects.filter(case_id=play.case_id, seq=2).update(**change)
    assert _faults() == [(play.row.number, 2)]


def test_a_missing_row_is_named(play):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_caseevent WHERE case_id = %s AND seq = 3", [play.case_id])
    assert _faults() == [(play.row.number, 4)]


def test_missing_last_rows_are_named(play):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_caseevent WHERE case_id = %s AND seq = 4", [play.case_id])
    assert _faults() == [(play.row.number, 4)]


def test_reordered_rows_are_named(play):
    for old, new in ((2, 102), (3, 2), (102, 3)):
        CaseEvent.objects.filter(case_id=play.case_id, seq=old).update(seq=new)
    assert _faults() == [(play.row.number, 3)]


def test_a_state_set_by_hand_is_named(play):
    Case.objects.filter(pk=play.case_id).update(state="closed")
    assert _faults() == [(play.row.number, 4)]


def test_the_command_says_so_and_fails(play, monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)
    whole = CliRunner().invoke(audit, ["verify", "--json"])
    assert whole.exit_code == 0
    assert json.loads(whole.output) == {"cases": 1, "faults": []}
    CaseEvent.objects.filter(case_id=play.case_id, seq=2).update(actor_name="别人")
    broken = CliRunner().invoke(audit, ["verify", play.row.number])
    assert broken.exit_code == 1
    assert play.row.number in broken.output
