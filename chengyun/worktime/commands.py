"""The command ``chengyun clock``."""

from __future__ import annotations

from typing import BinaryIO

import click

from chengyun.worktime.calendar import WorkCalendar
from chengyun.worktime.duelines import Answers, chunks
from chengyun.worktime.hours import DEFAULT_HOURS, OfficeHours
from chengyun.worktime.problems import CalendarError


class HoursText(click.ParamType[OfficeHours]):
    """Office hours on the command line."""

    name = "hours"

    def convert(
        self, value: str | OfficeHours, param: click.Parameter | None, ctx: click.Context | None
    ) -> OfficeHours:
        if isinstance(value, OfficeHours):
            return value
        try:
            return OfficeHours.parse(value)
        except CalendarError as problem:
            self.fail(problem.problem.en, param, ctx)


@click.group()
def clock() -> None:
    """Work out time limits (时限) with the statutory working calendar."""


@clock.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--hours",
    type=HoursText(),
    metavar="HOURS",
    help=f"Office hours, all days alike. Default: {DEFAULT_HOURS}.",
)
@click.option(
    "--calendar",
    type=click.Choice(["chinesecalendar", "database"]),
    default="chinesecalendar",
    show_default=True,
    help="Holidays from the packaged table, or holidays and office hours as this centre keeps them.",
)
def due(file: BinaryIO, hours: OfficeHours | None, calendar: str) -> None:
    """Answer each line of JSON in FILE (or on standard input) with its due time.

    \b
    $ echo '{"start": "2026-09-30T16:40:00+08:00", "amount": 5, "unit": "workday"}' | chengyun clock due
    {"due": "2026-10-13T17:00:00+08:00"}

    \b
    start   a moment with its time zone
    amount  a number, zero or more; whole for workday and calendar_day
    unit    workday       工作日: the day of the start does not count; due at
                          the end of office hours of the N-th working day
            workhour      工作时: counts only inside office hours
            hour          紧急工作时: counts day and night
            day           紧急工作日: 24 hours each, day and night
            calendar_day  自然日: the day of the start does not count; due at
                          24:00 of the N-th day

    Answers come in the order of the lines. A line that cannot be answered gets {"error": …} in its place
    and the rest goes on. A deadline in a year whose holidays are not published yet is counted from Monday
    to Friday, and a warning is written to standard error.
    """
    if hours is not None and calendar == "database":
        raise click.UsageError("--hours goes with the packaged calendar only; the database has its own.")
    answers = Answers(_calendar(calendar, hours or DEFAULT_HOURS))
    warned: set[int] = set()
    for lines in chunks(file):
        click.echo(answers.of(lines), nl=False)  # flushes, so that each answer is read as it comes
        for year in sorted(answers.unofficial_years - warned):
            warned.add(year)
            click.echo(
                f"warning: {year} has no official holiday table yet; Monday to Friday counted as working.",
                err=True,
            )


def _calendar(name: str, hours: OfficeHours) -> WorkCalendar:
    if name == "database":
        return _kept_calendar()
    from chengyun.worktime.packaged import packaged_calendar

    return packaged_calendar(hours)


def _kept_calendar() -> WorkCalendar:
    import django
    from django.db import DatabaseError

    django.setup()
    from chengyun.worktime.queries import current_calendar

    try:
        return current_calendar()
    except DatabaseError:
        raise click.ClickException("The database is not prepared yet; run `chengyun up` first.") from None
