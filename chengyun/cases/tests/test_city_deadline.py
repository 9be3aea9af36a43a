"""The city platform's own deadline: a second clock beside those of the process."""

from datetime import timedelta

import pytest

from chengyun.cases.models import CaseClock, Deadline
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.kernel.errors import Invalid, Refused
from chengyun.worktime.loading import load_reference

pytestmark = pytest.mark.django_db
SOON, LATE = MORNING + timedelta(minutes=5), MORNING + timedelta(days=30)


@pytest.fixture
def play():
    load_reference(now=MORNING)
    return Cast()


def _from_city(play, due):
    return play.order(channel="city", source_system="city", source_number="SH-1", city_due_at=due)


def test_an_order_of_our_own_has_no_city_clock(play):
    play.order()
    assert not CaseClock.objects.filter(stage="city").exists()
    with pytest.raises(Refused, match="不是市平台"):
        play.go("set_city_deadline", play.leader, until=LATE.isoformat(), reason="市平台通知")


def test_the_nearer_deadline_is_the_one_in_the_lists(play):
    _from_city(play, SOON)
    assert (play.row.stage, play.row.due_at) == ("city", SOON)
    assert play.clock("dispatch").ended_at is None


def test_a_far_city_deadline_runs_behind_the_others_until_the_end(play):
    _from_city(play, LATE)
    assert play.row.stage == "dispatch"
    play.to_in_hand()
    assert play.clock("city").ended_at is None
    play.to_called_back()
    play.go("close", play.callback)
    clock = play.clock("city")
    assert (clock.result, clock.first_due_at) == ("met", LATE)
    assert CaseClock.objects.filter(stage="city").count() == 1


def test_a_missed_city_deadline_is_counted(play):
    _from_city(play, SOON)
    play.to_in_hand()
    play.to_called_back()
    play.go("close", play.callback)
    assert play.clock("city").result == "missed"
    assert play.row.overdue_stages >= 1


def test_the_city_moves_its_deadline_and_the_first_stays_on_record(play):
    _from_city(play, SOON)
    play.go("set_city_deadline", play.leader, until=LATE.isoformat(), reason="市平台同意延期")
    clock = play.clock("city")
    assert (clock.first_due_at, clock.due_at) == (SOON, LATE)
    assert play.row.stage == "dispatch"
    lines = Deadline.objects.filter(case_id=play.case_id, clock_no=clock.no).order_by("id")
    assert [line.why for line in lines] == ["start", "extend"]


def test_a_city_order_entered_without_its_deadline_gets_it_afterwards(play):
    play.order(channel="city", source_system="city", source_number="SH-2")
    play.go("set_city_deadline", play.leader, until=SOON.isoformat(), reason="补录")
    assert play.row.stage == "city"


def test_an_absurd_deadline_is_refused(play):
    _from_city(play, SOON)
    for until in (MORNING - timedelta(days=1), MORNING + timedelta(days=4000)):
        with pytest.raises(Invalid) as error:
            play.go("set_city_deadline", play.leader, until=until.isoformat(), reason="错")
        assert "until" in error.value.fields
