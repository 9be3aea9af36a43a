"""Changes of the calendar, office hours and limits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from chengyun.kernel.clock import SHANGHAI
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.worktime import actions, listeners, queries
from chengyun.worktime.hours import OfficeHours, StartDay, WorkdayEnd
from chengyun.worktime.limits import Provenance
from chengyun.worktime.loading import load_reference
from chengyun.worktime.models import CalendarChange, CalendarVersion, CalendarYear, DayRule, TimeLimit
from chengyun.worktime.packaged import packaged_calendar
from chengyun.worktime.units import Unit
from chengyun.worktime.vocabulary import STAGES, DayKind

pytestmark = pytest.mark.django_db
NEW_YEAR = actions.NamedDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")


@pytest.fixture
def heard(monkeypatch):
    """What listeners were told."""
    told: list[tuple[datetime, str]] = []
    monkeypatch.setattr(listeners, "_listeners", [lambda now, reason: told.append((now, reason))])
    return told


def start(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_reference_loads_once_and_agrees_with_the_package(now):
    loaded = load_reference(now=now)
    assert (loaded.years, loaded.office_hours) == (23, 1)
    assert loaded.limits == TimeLimit.objects.count() > 400
    again = load_reference(now=now)
    assert (again.years, again.office_hours, again.limits) == (0, 0, 0)
    calendar, packaged = queries.current_calendar(), packaged_calendar()
    assert calendar.tables == packaged.tables
    assert queries.years_without_table(2025, 2028) == [2027, 2028]


def test_reference_limits_are_well_formed(now):
    load_reference(now=now)
    for row in TimeLimit.objects.all():
        assert row.stage in STAGES[row.process]
        assert row.confirmed == (row.provenance == Provenance.PRIMARY)
        assert row.source
        if row.unit in (Unit.WORKDAY, Unit.CALENDAR_DAY):
            assert row.amount == int(row.amount)
    for process, stages in STAGES.items():
        for stage in stages:
            assert queries.limit_for(process, stage, on=date(2011, 7, 1)) is not None, stage


@pytest.mark.parametrize(
    ("process", "stage", "key", "amount", "unit"),
    [
        ("hotline", "disposal", {"appeal_type": "consultation"}, 1, "workday"),
        ("hotline", "disposal", {"appeal_type": "complaint"}, 5, "workday"),
        ("hotline", "rehandle", {}, 3, "workday"),
        ("grid", "check", {}, Decimal("0.5"), "hour"),
        ("grid", "disposal", {"catalogue": "gbt47678.5-2026/P/01001", "condition": "险情缺失"}, 2, "hour"),
        ("grid", "disposal", {"catalogue": "gbt47678.5-2026/M/06010"}, 4, "workhour"),
        ("grid", "disposal", {"catalogue": "gbt47678.5-2026/M/06001", "condition": "正在搭建"}, 2, "day"),
        ("grid", "disposal", {"catalogue": "gbt47678.5-2026/P/01070", "condition": "脏污"}, 1, "workday"),
        ("grid", "disposal", {}, 5, "workday"),
    ],
)
def test_reference_limits(now, process, stage, key, amount, unit):
    load_reference(now=now)
    found = queries.limit_for(process, stage, on=date(2026, 11, 23), **key)
    assert found is not None
    assert (found.amount, found.unit) == (amount, unit)


def test_reference_leaves_alone_what_a_person_changed(alice, now):
    load_reference(now=now)
    actions.set_day(
        date(2026, 11, 24), DayKind.HOLIDAY, name="校庆", source="通知", why="测试", actor=alice, now=now
    )
    row = TimeLimit.objects.get(process="hotline", stage="audit")
    actions.end_limit(row.pk, last_day=date(2026, 11, 23), why="不用", actor=alice, now=now)
    load_reference(now=now)
    assert DayRule.objects.filter(date=date(2026, 11, 24)).exists()
    assert queries.limit_for("hotline", "audit", on=date(2026, 11, 24)) is None


def test_publishing_a_year_moves_deadlines_and_tells(alice, now, heard, django_capture_on_commit_callbacks):
    load_reference(now=now)
    moment = start("2026-12-31T10:00")
    assert queries.current_calendar().due(moment, 1, "workday") == start("2027-01-01T17:00")
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_year(2027, [NEW_YEAR], source="国办发明电〔2026〕1号", actor=alice, now=now)
    assert queries.current_calendar().due(moment, 1, "workday") == start("2027-01-04T17:00")
    assert queries.current_calendar().official(date(2027, 6, 1))
    assert [told_at for told_at, _ in heard] == [now]
    change = CalendarChange.objects.first()
    assert change is not None
    assert (change.person, change.person_id, change.heard_at) == ("Alice", 1, now)
    assert "2027" in change.what
    assert "国办发明电" in change.why
    assert change.number == CalendarVersion.objects.get().number


def test_a_failing_listener_stays_visible_and_can_be_called_again(
    alice, now, monkeypatch, django_capture_on_commit_callbacks
):
    good: list[str] = []

    def fails(now: datetime, reason: str) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(listeners, "_listeners", [fails, lambda now, reason: good.append(reason)])
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_year(2027, [NEW_YEAR], source="通知", actor=alice, now=now)
    change = CalendarChange.objects.get()
    assert change.heard_at is None
    assert len(good) == 1
    monkeypatch.setattr(listeners, "_listeners", [lambda now, reason: good.append(reason)])
    assert actions.recompute_again(change.pk, actor=alice, now=now)
    change.refresh_from_db()
    assert change.heard_at == now
    with pytest.raises(NotThere):
        actions.recompute_again(change.pk + 1, actor=alice, now=now)


def test_a_listener_registers_once(monkeypatch):
    monkeypatch.setattr(listeners, "_listeners", [])

    @listeners.on_calendar_change
    def listener(now: datetime, reason: str) -> None:
        pass

    listeners.on_calendar_change(listener)
    assert listeners._listeners == [listener]


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [NEW_YEAR, NEW_YEAR],
        [actions.NamedDay(date(2026, 1, 1), DayKind.HOLIDAY, "元旦")],
        [NEW_YEAR, actions.NamedDay(date(2027, 1, 4), DayKind.MAKEUP, "元旦")],  # a Monday
        [actions.NamedDay(date(2027, 1, 1), DayKind.HOLIDAY, " ")],
        [actions.NamedDay(date(2027, 1, 3), DayKind.MAKEUP, "元旦")],  # no holiday at all
    ],
)
def test_a_bad_table_is_refused_whole(rules, alice, now):
    with pytest.raises(Invalid) as refusal:
        actions.publish_year(2027, rules, source="通知", actor=alice, now=now)
    assert set(refusal.value.fields) == {"rules"}
    assert not DayRule.objects.exists()
    assert not CalendarYear.objects.exists()
    assert not CalendarChange.objects.exists()


def test_a_year_outside_the_calendar_and_a_missing_source_are_refused(alice, now):
    with pytest.raises(Invalid, match="2004"):
        actions.publish_year(2003, [NEW_YEAR], source="通知", actor=alice, now=now)
    with pytest.raises(Invalid) as refusal:
        actions.publish_year(2027, [NEW_YEAR], source=" ", actor=alice, now=now)
    assert set(refusal.value.fields) == {"source"}


def test_only_an_administrator_may_change(bob, now):
    hours = OfficeHours.parse("09:00-17:00")
    for change in (
        lambda: actions.import_calendar([2026], actor=bob, now=now),
        lambda: actions.publish_year(2027, [NEW_YEAR], source="s", actor=bob, now=now),
        lambda: actions.set_day(date(2027, 1, 1), None, why="w", actor=bob, now=now),
        lambda: actions.set_office_hours(
            hours, valid_from=date(2027, 1, 1), source="s", why="w", actor=bob, now=now
        ),
        lambda: actions.end_limit(1, last_day=date(2027, 1, 1), why="w", actor=bob, now=now),
        lambda: actions.recompute_again(1, actor=bob, now=now),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert not CalendarChange.objects.exists()


def test_a_day_can_be_set_and_unset(alice, now):
    day = date(2026, 11, 24)
    actions.set_day(
        day, DayKind.HOLIDAY, name="临时放假", source="区府办通知", why="台风", actor=alice, now=now
    )
    assert not queries.current_calendar().is_working_day(day)
    actions.set_day(day, None, why="取消", actor=alice, now=now)
    assert queries.current_calendar().is_working_day(day)
    assert [change.why for change in CalendarChange.objects.all()] == ["取消", "台风"]


def test_office_hours_and_the_meaning_of_a_working_day(alice, now):
    load_reference(now=now)
    change = {"source": "通知", "why": "冬令时", "actor": alice, "now": now}
    day = date(2026, 12, 1)
    row = actions.set_office_hours(OfficeHours.parse("08:30-12:00,13:00-16:30"), valid_from=day, **change)
    assert str(row.value) == "08:30-12:00,13:00-16:30"
    calendar = queries.current_calendar()
    assert calendar.due(start("2026-11-30T10:00"), 1, "workday") == start("2026-12-01T16:30")
    assert calendar.due(start("2026-11-27T10:00"), 1, "workday") == start("2026-11-30T17:00")
    actions.set_office_hours(OfficeHours.parse("09:00-15:00"), valid_from=day, **change)
    assert queries.current_calendar().due(start("2026-11-30T10:00"), 1, "workday") == start(
        "2026-12-01T15:00"
    )
    actions.set_unit_meaning(
        valid_from=day, workday_end=WorkdayEnd.SAME_CLOCK, start_day=StartDay.NEVER, **change
    )
    calendar = queries.current_calendar()
    assert calendar.due(start("2026-12-01T10:00"), 1, "workday") == start("2026-12-02T10:00")
    assert calendar.due(start("2026-11-30T10:00"), 1, "workday") == start("2026-12-01T15:00")
    with pytest.raises(Invalid):
        actions.set_office_hours(
            OfficeHours.parse("01:00-02:00,03:00-04:00,05:00-06:00"), valid_from=day, **change
        )
    with pytest.raises(Invalid):
        actions.set_office_hours(OfficeHours.parse("00:00-24:00"), valid_from=day, **change)


AUDIT = actions.LimitKey("hotline", "audit")


def set_audit(days: int, first: date, alice, now) -> TimeLimit:
    return actions.set_limit(
        AUDIT,
        Decimal(days),
        Unit.WORKDAY,
        valid_from=first,
        source="区规定",
        why="修订",
        actor=alice,
        now=now,
    )


def test_a_limit_is_closed_and_a_new_one_opened(alice, now):
    load_reference(now=now)
    row = set_audit(2, date(2026, 12, 1), alice, now)
    old = TimeLimit.objects.exclude(pk=row.pk).get(process="hotline", stage="audit")
    assert old.valid_until == date(2026, 11, 30)
    found = {day: queries.limit_for("hotline", "audit", on=day) for day in (old.valid_until, row.valid_from)}
    assert [limit and limit.amount for limit in found.values()] == [1, 2]
    change = CalendarChange.objects.first()
    assert change is not None
    assert "1 工作日 改为 2 工作日" in change.what
    assert not change.moves_deadlines


def test_a_correction_on_the_same_day_and_a_row_between_two(alice, now):
    set_audit(1, date(2026, 1, 1), alice, now)
    set_audit(4, date(2026, 12, 1), alice, now)
    set_audit(5, date(2026, 12, 1), alice, now)
    set_audit(3, date(2026, 6, 1), alice, now)
    rows = TimeLimit.objects.filter(withdrawn=False).order_by("valid_from")
    assert [(int(row.amount), row.valid_from, row.valid_until) for row in rows] == [
        (1, date(2026, 1, 1), date(2026, 5, 31)),
        (3, date(2026, 6, 1), date(2026, 11, 30)),
        (5, date(2026, 12, 1), None),
    ]
    assert TimeLimit.objects.get(withdrawn=True).amount == 4


@pytest.mark.parametrize(
    ("key", "amount", "unit", "fields"),
    [
        (AUDIT, Decimal("0.5"), Unit.WORKDAY, {"amount"}),
        (AUDIT, Decimal("0.0001"), Unit.HOUR, {"amount"}),
        (AUDIT, Decimal(-1), Unit.HOUR, {"amount"}),
        (AUDIT, Decimal("NaN"), Unit.HOUR, {"amount"}),
        (AUDIT, Decimal(10_000), Unit.HOUR, {"amount"}),
        (actions.LimitKey("hotline", "check"), Decimal(1), Unit.HOUR, {"stage"}),
        (actions.LimitKey("sewer", "check"), Decimal(1), Unit.HOUR, {"process"}),
    ],
)
def test_a_bad_limit_is_refused(key, amount, unit, fields, alice, now):
    with pytest.raises(Invalid) as refusal:
        actions.set_limit(
            key, amount, unit, valid_from=date(2026, 1, 1), source="s", why="w", actor=alice, now=now
        )
    assert set(refusal.value.fields) == fields
    assert not TimeLimit.objects.exists()


def test_an_end_outside_its_row_is_refused(alice, now):
    row = set_audit(1, date(2026, 1, 1), alice, now)
    with pytest.raises(Invalid):
        actions.end_limit(row.pk, last_day=date(2025, 12, 31), why="w", actor=alice, now=now)
    with pytest.raises(NotThere):
        actions.end_limit(row.pk + 1, last_day=date(2026, 12, 31), why="w", actor=alice, now=now)


def test_another_process_notices_a_change_by_the_version_row(
    alice, now, monkeypatch, django_assert_num_queries
):
    day = date(2026, 11, 24)
    assert queries.current_calendar().is_working_day(day)
    with django_assert_num_queries(0):
        queries.current_calendar()
    # As another process would write it: no call of this process's own forget().
    DayRule.objects.create(date=day, kind=DayKind.HOLIDAY, name="x", source="x", noted_at=now)
    CalendarVersion.objects.create(pk=1, number=1, token="other")
    assert queries.current_calendar().is_working_day(day)
    monkeypatch.setattr(queries._calendar, "_check_at", 0.0)
    assert not queries.current_calendar().is_working_day(day)
