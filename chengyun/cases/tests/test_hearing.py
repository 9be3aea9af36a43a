"""Upper rooms hear each event once; a failed reaction stays visible and is tried again."""

from datetime import timedelta

import pytest

from chengyun.cases import hearing
from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import CaseEvent, DeafEar
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.kernel import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})
    told: list[tuple[str, int]] = []
    events.on(
        "tests.note", {"register", "dispatch"}, lambda event, now: told.append((event.verb, event.case_id))
    )
    return told


def test_each_event_is_told_once(heard):
    play = Cast()
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("sign", play.unit)
    assert hear_waiting(now=MORNING) == 3
    assert hear_waiting(now=MORNING) == 0
    assert [verb for verb, _ in heard] == ["register", "dispatch"]


def test_a_failed_reaction_is_tried_again_and_holds_nobody_up(heard):
    broken = [True]

    def fragile(event, now):
        if broken[0]:
            raise RuntimeError("网关不通")

    events.on("tests.fragile", {"register"}, fragile)
    play = Cast()
    play.order()
    play.order()
    assert hear_waiting(now=MORNING) == 0
    assert len(heard) == 2
    assert DeafEar.objects.filter(settled_at=None).count() == 2
    assert hear_waiting(now=MORNING + timedelta(seconds=1)) == 0
    assert DeafEar.objects.first().tries == 1
    broken[0] = False
    assert hear_waiting(now=MORNING + timedelta(hours=1)) == 2
    assert not CaseEvent.objects.filter(heard_at=None).exists()
    assert not DeafEar.objects.filter(settled_at=None).exists()


def test_what_a_failed_reaction_wrote_is_undone(heard):
    def half(event, now):
        CaseEvent.objects.filter(pk=event.pk).update(actor_name="half done")
        raise RuntimeError

    events.on("tests.half", {"register"}, half)
    Cast().order()
    hear_waiting(now=MORNING)
    assert not CaseEvent.objects.filter(actor_name="half done").exists()


def test_who_hears_leaves_most_of_the_time_to_those_who_write(heard, monkeypatch):
    rests: list[float] = []
    monkeypatch.setattr(hearing.time, "sleep", rests.append)
    play = Cast()
    for _ in range(3):
        play.order()
    monkeypatch.setattr(hearing, "others_write", lambda: True)
    assert hear_waiting(now=MORNING) == 3
    assert len(rests) == 2  # after every two events
    assert all(rests)
    play.order()
    monkeypatch.setattr(hearing, "others_write", lambda: False)
    assert hear_waiting(now=MORNING) == 1
    assert len(rests) == 2
