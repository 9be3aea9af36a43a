"""A few reports of residents for the rehearsal district (演练数据)."""

from __future__ import annotations

import csv
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from chengyun.cases.models import Case
from chengyun.citizen.actions.report import Sender, report_problem
from chengyun.citizen.hashes import keyed
from chengyun.citizen.models import PlainCategory, Supporter
from chengyun.geography.places import places_sample
from chengyun.kernel.actor import Actor

_FILE = Path(__file__).parent / "reference" / "rehearsal.csv"
_CITIZEN = Actor(person_id=None, name="市民（网上）", system=True)


def load_rehearsal_reports(*, now: datetime) -> int:
    """Report what stands in the file, each at its own place and hour, some of it met by others, too.

    Return how many. Needs the reference data.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, (row, place) in enumerate(zip(rows, places_sample(len(rows), seed=7), strict=True)):
        at = now - timedelta(hours=int(row["hours"]))
        said = {
            "client_id": uuid.uuid5(uuid.NAMESPACE_URL, f"rehearsal:{number}:{now.isoformat()}"),
            "description": row["description"].format(address=place.address),
            "address": place.address,
            "longitude": place.lng,
            "latitude": place.lat,
            "name": row["name"],
            "phone": row["phone"],
            "rehearsal": True,
        }
        sender = Sender(keyed("browser", f"rehearsal:{number}"))
        category = PlainCategory.objects.get(name=row["category"])
        done = report_problem(said, category, sender, nonce=uuid.uuid4().hex, actor=_CITIZEN, now=at)
        case = Case.objects.get(number=done.number)
        Supporter.objects.bulk_create(
            Supporter(case=case, browser_hash=keyed("browser", f"rehearsal:{number}:{one}"), at=at)
            for one in range(int(row["supporters"]))
        )
    return len(rows)
