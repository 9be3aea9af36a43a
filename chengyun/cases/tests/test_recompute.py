"""A published calendar moves open deadlines and says why; nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chengyun.cases.models import Deadline
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.kernel.actor import SYSTEM
from chengyun.worktime import actions
from chengyun.worktime.loading import load_reference
from chengyun.worktime.vocabulary import DayKind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def play():
    load_reference(now=MORNING)
    return Cast()


def _day_off(day: date) -> None:
    actions.set_day(
        day,
        DayKind.HOLIDAY,
        name="台风停工",
        why="台风",
        source="区政府通知",
        actor=SYSTEM,
        now=MORNING + timedelta(minutes=9),
    )


def test_a_new_holiday_moves_the_deadline_by_a_day(play):
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    before = play.clock("disposal")
    _day_off(date(2026, 9, 3))
    after = play.clock("disposal")
    assert after.due_at == before.due_at + timedelta(days=1)
    assert after.first_due_at == before.first_due_at
    line = Deadline.objects.filter(case_id=play.case_id, clock_no=after.no).latest("id")
    assert line.why == "recompute"
    assert line.note
    assert play.row.due_at is not None


def test_paused_time_is_kept_and_an_extension_stands(play):
    play.order()
    play.to_in_hand()
    play.go("ask_suspension", play.unit, until="2026-09-20", reason="等待")
    play.go("decide_suspension", play.leader, decision="grant")
    left = play.clock("disposal").remaining
    _day_off(date(2026, 9, 3))
    assert play.clock("disposal").paused_at is not None
    assert play.clock("disposal").remaining == left  # the holiday moved the deadline, not what is left
    play.go("resume", play.unit, at=datetime(2026, 9, 14, 1, 0, tzinfo=UTC))
    until = play.clock("disposal").due_at + timedelta(days=2)
    play.go("ask_extension", play.unit, until=until.isoformat(), reason="到货晚")
    play.go("decide_extension", play.leader, decision="grant")
    _day_off(date(2026, 9, 16))
    assert play.clock("disposal").due_at == until


def test_nothing_changes_where_nothing_is_different(play):
    from chengyun.cases.actions.recompute import recompute_open_deadlines

    play.order()
    assert recompute_open_deadlines(MORNING, "试算") == 0
    assert not Deadline.objects.filter(why="recompute").exists()
