"""Units are reminded of deadlines: once when near, once when past, together what falls due together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengyun.cases.models import Case, CaseClock
from chengyun.hotline.jobs import remind_units
from chengyun.hotline.models import NoticeRule, UnitReminder
from chengyun.hotline.notices.reminders import liaisons_of
from chengyun.hotline.notices.tests.scene import Play
from chengyun.messaging.models import Message
from chengyun.organisation.models import Person
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import person

pytestmark = pytest.mark.django_db
LIAISON = "13900000009"


@pytest.fixture
def play() -> Play:
    made = Play()
    person("liaison", Post.UNIT, unit=made.parks, phone=LIAISON)
    assert [one.phone for one in liaisons_of(made.parks.pk, made.now)] == [LIAISON]
    return made


def dispatched(play: Play) -> CaseClock:
    play.call(title="路灯不亮")
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    return CaseClock.objects.filter(case_id=play.case_id, holder=play.parks, ended_at=None).earliest("due_at")


def reminders() -> list[Message]:
    return list(Message.objects.filter(template_name="unit_reminder").order_by("id"))


def test_near_and_past_once_each(play):
    clock = dispatched(play)
    CaseClock.objects.filter(holder=play.parks).exclude(pk=clock.pk).update(
        due_at=clock.due_at + timedelta(days=9)
    )
    assert remind_units(now=clock.due_at - timedelta(hours=30)) == 0
    for moment, so_far in ((-2, 1), (-1, 1), (1, 2), (2, 2)):
        remind_units(now=clock.due_at + timedelta(hours=moment))
        assert len(reminders()) == so_far
    assert reminders()[0].phone == LIAISON
    assert "路灯不亮" in reminders()[0].text
    assert {row.notice for row in UnitReminder.objects.all()} == {"unit_due_soon", "unit_overdue"}
    later = clock.due_at + timedelta(days=2)
    CaseClock.objects.filter(pk=clock.pk).update(due_at=later)
    remind_units(now=later - timedelta(hours=1))
    assert len(reminders()) == 3, "an extended deadline is another one"


def test_what_falls_due_together_is_one_message_and_hides_what_is_secret(play):
    first = dispatched(play)
    dispatched(play)
    CaseClock.objects.filter(holder=play.parks).update(due_at=first.due_at)
    count = CaseClock.objects.filter(
        holder=play.parks, ended_at=None, stage__in=("sign", "contact", "disposal")
    )
    assert remind_units(now=first.due_at - timedelta(hours=1)) == count.count() > 1
    (told,) = reminders()
    assert f"等 {count.count()} 件" in told.text
    Case.objects.update(secret=True)
    remind_units(now=first.due_at + timedelta(hours=1))
    assert "路灯" not in reminders()[-1].text


def test_a_rule_may_keep_silent_and_a_unit_without_telephone_stops_nothing(play):
    clock = dispatched(play)
    NoticeRule.objects.filter(notice="unit_due_soon").update(sends=False)
    assert remind_units(now=clock.due_at - timedelta(hours=1)) == 0
    Person.objects.update(phone="")
    assert remind_units(now=clock.due_at + timedelta(hours=1)) >= 1
    assert not reminders()
    assert set(UnitReminder.objects.values_list("told", flat=True)) == {0}
