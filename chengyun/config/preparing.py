"""What stands before serving: tables, reference data, static files and rehearsal data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import django

from chengyun.config.environment import environment
from chengyun.config.prepared import applied_migrations, read_note, write_note

# A rehearsal district that looks alive: four weeks, a few dozen new cases a day.
REHEARSAL_DAYS = 28
REHEARSAL_CASES = 1200
REHEARSAL_SEED = 20260901

Say = Callable[[str], None]


def prepare(*, rehearsal: bool, say: Say) -> None:
    """Prepare everything; safe to run again at any time, also after it was interrupted.

    1. Bring the tables up to date.
    2. Load the reference data of every room.
    3. Gather the static files, with names that carry their content's digest.
    4. Fill the rehearsal district, if nobody works here yet and ``rehearsal`` is wanted.
    5. Note that all this was done.
    """
    django.setup()
    from django.core.management import call_command

    from chengyun.config.logins import rehearsal_logins
    from chengyun.config.reference import load_reference
    from chengyun.kernel.clock import now

    moment = now()
    say("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)
    say("Loading reference data …")
    load_reference(now=moment, say=say)
    say("Gathering static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    if rehearsal and district_is_empty():
        fill_rehearsal(REHEARSAL_DAYS, REHEARSAL_CASES, REHEARSAL_SEED, moment, say)
    write_note(environment, rehearsal_logins())


def prepare_for_a_command(*, reference: bool, say: Say) -> None:
    """Bring a database that nobody started yet up to date, so that a command can work on it.

    Static files and rehearsal data are left to the first ``up``. With ``reference`` an empty database gets
    the reference data too. Django must be set up.
    """
    from django.core.management import call_command

    from chengyun.config.reference import load_reference
    from chengyun.kernel.clock import now
    from chengyun.organisation.models import Unit

    if read_note(environment) is not None:
        return
    if applied_migrations(environment) == "":
        say("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)
    if reference and not Unit.objects.exists():
        say("Loading reference data …")
        load_reference(now=now(), say=say)


def district_is_empty() -> bool:
    """Nobody has an account and there is no case: only then may rehearsal data come in by itself."""
    from chengyun.cases.models import Case
    from chengyun.organisation.models import Account

    return not Account.objects.exists() and not Case.objects.exists()


def fill_rehearsal(days: int, cases: int, seed: int, now: datetime, say: Say) -> None:
    """Fill the rehearsal district (演练数据), wholly or not at all."""
    from chengyun.budget.performance.rehearsal import measure_rehearsal
    from chengyun.citizen.rehearsal import load_rehearsal_reports
    from chengyun.config.rehearsal import fill
    from chengyun.hotline.knowledge.loading import load_rehearsal_articles
    from chengyun.kernel.writing import writing

    say(f"Filling a rehearsal district (演练数据): {cases} cases over {days} days …")
    with writing():
        fill(days, cases, seed, now, say)
        load_rehearsal_articles(now=now)
        load_rehearsal_reports(now=now)
        measure_rehearsal(now=now)
