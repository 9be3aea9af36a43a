"""How fast orders of another system are replayed: the shipped mapping ``boston_311`` on one core."""

from __future__ import annotations

import csv
import json
import os
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from chengyun.config.testing.real_server import RealServer

REAL = Path(__file__).resolve().parents[2] / "shared/data/service_requests/boston_2011q3.csv"
ROWS = 12_000


def orders_per_second(server: RealServer) -> tuple[int, float]:
    """Import the real file where it is there, else rows made in its shape; (rows, orders a second).

    The whole command is pinned to one core; its own count of seconds leaves the start of Python out.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = REAL if REAL.is_file() else _made(Path(folder) / "orders.csv")
        whole = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(whole)})
        try:
            told = server.run("import-orders", str(file), "--mapping", "boston_311", "--json", timeout=1800)
        finally:
            os.sched_setaffinity(0, whole)
    if told.returncode:
        sys.exit(f"the import failed: {told.stdout}{told.stderr}")
    said = json.loads(told.stdout.splitlines()[-1])
    if said["created"] != said["read"]:
        sys.exit(f"not all rows became orders: {said}")
    return said["read"], said["created"] / said["seconds"]


def _made(path: Path) -> Path:
    shuffled = random.Random(1)
    names = ["case_enquiry_id", "open_dt", "target_dt", "closed_dt", "case_title", "reason", "type", "queue"]
    names += ["closure_reason", "location", "longitude", "latitude", "source", "department", "case_status"]
    opened = datetime(2011, 7, 1)  # noqa: DTZ001 – as the file has it, in its city's time
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, names)
        rows.writeheader()
        for number in range(ROWS):
            opened += timedelta(seconds=shuffled.randint(30, 600))
            closed = opened + timedelta(minutes=shuffled.randint(10, 20_000))
            what = shuffled.choice(
                ["Street Light Outages", "Missed Trash", "Pothole Repair", "Graffiti Removal"]
            )
            texts = [what, "Public Works", what, f"PWDx_{what}", "Case Closed Case Resolved", "10 Main St"]
            target = opened + timedelta(days=5)
            times = [moment.isoformat(sep=" ") for moment in (opened, target, closed)]
            place = [str(-71 - shuffled.random() / 10), str(42.3 + shuffled.random() / 10)]
            said = [str(number), *times, *texts, *place, "Self Service", "PWDx", "Closed"]
            rows.writerow(dict(zip(names, said, strict=True)))
    return path
