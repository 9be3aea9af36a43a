"""What it costs: the worked example, the forecast, warnings, the month's file."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.kernel.clock import SHANGHAI
from chengyun.messaging import jobs
from chengyun.messaging.metering.cost import Price, forecast
from chengyun.messaging.metering.month_file import lines
from chengyun.messaging.metering.usage import package_of, usage_of
from chengyun.messaging.metering.warnings import notice_warnings
from chengyun.messaging.models import HandOver, Message, UsageWarning
from chengyun.messaging.tests.scene import MORNING, PHONE, accepted, ready, real_gateway

NOVEMBER = date(2026, 11, 1)
PRICE = Price(Decimal(3250), 50_000, Decimal("0.1"))


def billed(message: Message, counts: list[int], at: datetime = MORNING, taken: str = "accepted") -> None:
    """Hand-overs of so many segments each, as if they had been sent."""
    first = HandOver.objects.count()
    HandOver.objects.bulk_create(
        HandOver(
            message=message,
            attempt=1,
            number=first + place,
            segments=count,
            gateway="operator",
            gateway_id=f"id{first + place}",
            taken=taken,
            at=at,
        )
        for place, count in enumerate(counts)
    )


@pytest.mark.parametrize(
    ("used", "cost"),
    [
        (0, "3250.00"),
        (50_000, "3250.00"),
        (50_001, "3250.10"),
        # domain.md §5.2: 89,500 billed messages in a month cost 3,250 + 39,500 × 0.1 = 7,200 yuan.
        (89_500, "7200.00"),
    ],
)
def test_the_contract_s_price(used: int, cost: str):
    assert PRICE.cost(used) == Decimal(cost)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_never_costs_less(one: int, other: int):
    low, high = sorted((one, other))
    assert PRICE.cost(low) <= PRICE.cost(high)


@pytest.mark.django_db
def test_the_worked_example_from_the_rows():
    ready()
    message = accepted()
    billed(message, [30_000, 30_000, 29_500])
    billed(message, [30_000], taken="refused")
    billed(message, [7], taken="unsure")
    found = usage_of(NOVEMBER, now=MORNING)
    assert (found.used, found.cost, found.unsure) == (89_500, Decimal("7200.00"), 7)
    assert found.passed == [70, 90, 100]
    assert found.percent == 179


@pytest.mark.django_db
def test_months_are_those_of_a_clock_in_shanghai():
    ready()
    message = accepted()
    billed(message, [1], at=datetime(2026, 11, 1, 0, 0, tzinfo=SHANGHAI))
    billed(message, [2], at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=SHANGHAI))
    billed(message, [4], at=datetime(2026, 12, 1, 0, 0, tzinfo=SHANGHAI))
    billed(message, [8], at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=SHANGHAI))
    found = usage_of(NOVEMBER, now=MORNING)
    assert found.used == 3
    assert found.per_day == {date(2026, 11, 1): 1, date(2026, 11, 30): 2}


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_the_forecast_learns_from_working_days_and_other_days_apart():
    today = date(2026, 11, 23)  # a Monday
    days = {
        today - timedelta(days=back): 100 if weekday(today - timedelta(days=back)) else 10
        for back in range(60)
    }
    days[today] = 40
    found = forecast(today, days, weekday, Price(Decimal(1), 2000, Decimal(1)))
    assert found.by_day_kind
    assert (found.working_mean, found.other_mean) == (Decimal(100), Decimal(10))
    assert found.days_learnt == 28
    # November 2026 has 21 working days and 9 others.
    assert found.expected == 21 * 100 + 9 * 10
    assert found.reaches == ((90, date(2026, 11, 25)), (100, date(2026, 11, 27)))


def test_a_forecast_from_few_days_is_the_plain_mean():
    today = date(2026, 11, 3)
    found = forecast(today, {date(2026, 11, 2): 50, today: 10}, weekday)
    assert not found.by_day_kind
    assert found.expected == 60 + 27 * 30


@given(st.dictionaries(st.dates(date(2026, 10, 1), date(2026, 11, 23)), st.integers(0, 5000)))
def test_a_forecast_is_never_less_than_what_is_used(days):
    today = date(2026, 11, 23)
    used = sum(count for day, count in days.items() if day >= NOVEMBER)
    assert forecast(today, days, weekday).expected >= used


@pytest.mark.django_db
def test_warnings_are_noticed_once():
    ready()
    message = accepted()
    billed(message, [30_000, 5_000])
    assert [one.percent for one in notice_warnings(now=MORNING)] == [70]
    jobs.watch_package(now=MORNING)
    billed(message, [15_000])
    assert [one.percent for one in notice_warnings(now=MORNING)] == [90, 100]
    assert UsageWarning.objects.count() == 3


@pytest.mark.django_db
def test_the_package_in_force_and_its_source():
    ready()
    package = package_of(NOVEMBER)
    assert package.price == PRICE
    assert package.confirmed
    assert package_of(date(2023, 5, 1)) is None
    assert usage_of(date(2023, 5, 1), now=MORNING).cost is None


@pytest.mark.django_db
def test_the_month_s_file_masks_numbers_and_starts_no_formula():
    ready()
    message = accepted()
    Message.objects.filter(pk=message.pk).update(about="=cmd()")
    jobs.send_waiting(now=MORNING)
    text = "".join(lines(NOVEMBER)).removeprefix("\ufeff")
    assert PHONE not in text
    head, row = csv.reader(text.splitlines())
    said = dict(zip(head, row, strict=True))
    assert said["接收号码"] == "139****5678"
    assert said["关联编号"] == "'=cmd()"
    assert said["条数"] == "1"


@pytest.mark.django_db
def test_a_rehearsal_beside_a_real_gateway_does_not_count():
    ready()
    alone = accepted("alone", rehearsal=True)
    jobs.send_waiting(now=MORNING)
    real_gateway()
    beside = accepted("beside", rehearsal=True)
    jobs.send_waiting(now=MORNING)
    counted = dict(HandOver.objects.values_list("message_id", "metered"))
    assert counted == {alone.pk: True, beside.pk: False}
