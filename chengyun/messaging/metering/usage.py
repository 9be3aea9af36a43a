"""Use of the package, counted from what the operator accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncMonth

from chengyun.kernel.clock import SHANGHAI, local
from chengyun.messaging.gateways import Taken
from chengyun.messaging.metering.cost import LOOK_BACK, Forecast, Price, first_of, forecast, last_of
from chengyun.messaging.models import HandOver, Package
from chengyun.worktime.queries import current_calendar


@dataclass(frozen=True, slots=True)
class Usage:
    """A month's use. Counts are billed segments (条); ``forecast`` only for the month that is under way.

    ``messages`` counts whole messages; ``unsure`` segments whose hand-over was never answered: the operator may
    bill them, too.
    """

    month: date
    package: Package | None
    used: int
    messages: int
    unsure: int
    per_day: dict[date, int]
    forecast: Forecast | None

    @property
    def price(self) -> Price | None:
        """The month's prices."""
        return self.package.price if self.package else None

    @property
    def cost(self) -> Decimal | None:
        """What the use so far costs, in yuan; None without a package."""
        return self.price.cost(self.used) if self.price else None

    @property
    def expected_cost(self) -> Decimal | None:
        """What the month will cost as forecast."""
        return self.price.cost(self.forecast.expected) if self.price and self.forecast else self.cost

    @property
    def percent(self) -> Decimal | None:
        """Use in per cent of the included messages."""
        return self.price.percent(self.used) if self.price else None

    @property
    def passed(self) -> list[int]:
        """The shares (70, 90, 100) that the use has passed."""
        return self.price.passed(self.used) if self.price else []


def package_of(month: date) -> Package | None:
    """The package of a month: the newest that holds on its last day."""
    day = last_of(month)
    return (
        Package.objects.filter(Q(valid_until=None) | Q(valid_until__gte=first_of(month)), valid_from__lte=day)
        .order_by("-valid_from")
        .first()
    )


def billed(month: date) -> QuerySet[HandOver]:
    """What the operator accepted in a month, as a clock in Shanghai has it."""
    begin, end = bounds(month)
    return HandOver.objects.filter(taken=Taken.ACCEPTED.value, metered=True, at__gte=begin, at__lt=end)


def bounds(month: date) -> tuple[datetime, datetime]:
    """The first moment of a month and the first of the next."""
    begin, after = first_of(month), last_of(month) + timedelta(days=1)
    return _midnight(begin), _midnight(after)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def used_in(month: date) -> int:
    """Billed segments of a month."""
    return billed(month).aggregate(total=Sum("segments"))["total"] or 0


def used_by_month(first: date, last: date) -> dict[date, int]:
    """Billed segments of the months from ``first`` to ``last``, by first day; months without any are left out."""
    begin, end = bounds(first)[0], bounds(last)[1]
    rows = (
        HandOver.objects.filter(taken=Taken.ACCEPTED.value, metered=True, at__gte=begin, at__lt=end)
        .annotate(month=TruncMonth("at", tzinfo=SHANGHAI))
        .values("month")
        .annotate(total=Sum("segments"))
        .order_by("month")
    )
    return {local(row["month"]).date(): row["total"] for row in rows}


def usage_of(month: date, *, now: datetime) -> Usage:
    """Everything about a month's use."""
    today = local(now).date()
    month = first_of(month)
    rows = billed(month).aggregate(used=Sum("segments"), messages=Count("message", distinct=True))
    begin, end = bounds(month)
    unsure = HandOver.objects.filter(taken=Taken.UNSURE.value, metered=True, at__gte=begin, at__lt=end)
    package = package_of(month)
    current = month == first_of(today)
    days = _per_day(begin - timedelta(days=LOOK_BACK + 1) if current else begin, end)
    expected = (
        forecast(today, days, current_calendar().is_working_day, package.price if package else None)
        if current
        else None
    )
    return Usage(
        month,
        package,
        rows["used"] or 0,
        rows["messages"],
        unsure.aggregate(total=Sum("segments"))["total"] or 0,
        {day: count for day, count in days.items() if day >= month},
        expected,
    )


def _per_day(begin: datetime, end: datetime) -> dict[date, int]:
    rows = (
        HandOver.objects.filter(taken=Taken.ACCEPTED.value, metered=True, at__gte=begin, at__lt=end)
        .annotate(day=TruncDate("at", tzinfo=SHANGHAI))
        .values("day")
        .annotate(total=Sum("segments"))
        .order_by("day")
    )
    return {row["day"]: row["total"] for row in rows}
