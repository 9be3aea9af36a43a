"""The rules of notices: find the one that decides, load the starting ones."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from chengyun.hotline.models import NoticeRule
from chengyun.hotline.notices.words import Notice
from chengyun.kernel.writing import writing
from chengyun.organisation.models.dated import valid_on
from chengyun.worktime.limits import Provenance

_FILE = Path(__file__).resolve().parent.parent / "reference" / "notices.csv"
START = date(2020, 1, 1)


def rule_for(notice: Notice, *, channel: str, appeal_type: str, on: date) -> NoticeRule | None:
    """The narrowest rule in force on a day; None if there is none or it keeps silent."""
    fitting = NoticeRule.objects.filter(
        valid_on(on), notice=notice, channel__in=("", channel), appeal_type__in=("", appeal_type)
    )
    rule = max(fitting, key=lambda one: (one.narrowness, one.valid_from), default=None)
    return rule if rule is not None and rule.sends else None


def load_reference(*, now: datetime) -> int:
    """Load the starting rules of happenings that have none; return how many."""
    known = set(NoticeRule.objects.values_list("notice", flat=True))
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["notice"] not in known]
    with writing():
        for row in rows:
            NoticeRule.objects.create(
                notice=Notice(row["notice"]),
                channel=row["channel"],
                appeal_type=row["appeal_type"],
                template=row["template"],
                sends=row["sends"] == "yes",
                within_hours=int(row["within_hours"]),
                valid_from=START,
                source=row["source"],
                provenance=Provenance(row["provenance"]),
                note=row["note"],
            )
    return len(rows)
