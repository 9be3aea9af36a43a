"""The measurements. Each takes a prepared, running server and returns rows for the table of results."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import bare, checking, doors, through, wrk
from bench.clock import due_per_second
from bench.importing import orders_per_second
from bench.load import Request, press
from chengyun.config.testing.cluster import Cluster
from chengyun.config.testing.real_server import RealServer


@dataclass
class Place:
    """Where we measure; ``cluster`` is None on SQLite. ``logins`` are the rehearsal district's."""

    database: str
    server: RealServer
    cluster: Cluster | None
    seconds: int
    documents: Path | None = None

    def logins(self) -> list[dict[str, str]]:
        note = json.loads((self.server.data / "prepared.json").read_text(encoding="utf-8"))
        return list(note["logins"])

    def cookie(self, post: str = "派遣") -> str:
        """Logged in as a dispatcher, whose list is the whole district, or in another post; else as the first."""
        logins = self.logins()
        chosen = next((login for login in logins if post in login["post"]), logins[0])
        return doors.cookies(self.server, chosen["username"], chosen["password"])


@dataclass
class Row:
    """One line of the table. ``wanted`` is the promise it is held against."""

    what: str
    database: str
    measured: str
    wanted: str


def create(place: Place) -> list[Row]:
    """Cases a second over HTTP JSON on 32 connections, and the bare database beside it."""
    bearer = doors.token(place.server)
    least = 500 if place.cluster else 400
    if wrk.is_here():
        rate, p50, p99, refused = wrk.post(
            place.server.port, doors.CREATE, doors.NEW_CASE, bearer, connections=32, seconds=place.seconds
        )
    else:
        result = press(place.server.port, lambda: doors.create(bearer), connections=32, seconds=place.seconds)
        rate, refused = result.per_second, result.errors
        p50, p99 = result.percentile(0.5), result.percentile(0.99)
    if refused:
        raise SystemExit(f"{refused} creates were refused")
    ceiling = bare.postgresql_per_second(place.cluster) if place.cluster else bare.sqlite_per_second()
    said = f"{rate:.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    return [
        Row("create a case over HTTP, 32 connections", place.database, said, f"≥ {least}/s, p99 < 120 ms"),
        Row("the same inserts, bare database", place.database, f"{ceiling:.0f}/s", "–"),
    ]


def _page(place: Place, what: str, make: Callable[[], Request], wanted: int) -> list[Row]:
    result = press(place.server.port, make, connections=1, seconds=place.seconds, warm=1)
    if result.errors:
        raise SystemExit(f"{what}: {result.errors} errors, the first: {result.first_error}")
    said = f"p50 {result.percentile(0.5):.0f} ms, p95 {result.percentile(0.95):.0f} ms"
    return [Row(what, place.database, said, f"p95 < {wanted} ms")]


def work_list(place: Place) -> list[Row]:
    """Work-list pages with 50 rows, filter and counts, one line each."""
    cookie = place.cookie()
    street = doors.street(place.server, cookie)
    rows: list[Row] = []
    for what, path in doors.LISTS.items():
        request = doors.page(path.format(street=street), cookie)
        rows += _page(place, what, lambda request=request: request, 80)  # type: ignore[misc]
    return rows


def case_page(place: Place) -> list[Row]:
    """One case with everything on its page."""
    cookie, numbers = place.cookie(), case_numbers(place)
    return _page(place, "case page", lambda: doors.case_page(cookie, numbers), 60)


def case_numbers(place: Place) -> list[str]:
    """A few hundred case numbers, spread over the table."""
    script = (
        "from chengyun.cases.models import Case; "
        "ids = Case.objects.order_by('-id').values_list('id', flat=True)[:1]; top = ids[0]; "
        "rows = Case.objects.filter(id__in=range(1, top + 1, max(1, top // 300))); "
        "print(*rows.values_list('number', flat=True))"
    )
    return place.server.run("manage", "shell", "-v", "0", "-c", script).stdout.split()


def search(place: Place) -> list[Row]:
    """Full-text search for words of two to four characters."""
    cookie = place.cookie()
    return _page(place, "search", lambda: doors.search(cookie), 200)


def suggest(place: Place) -> list[Row]:
    """Class, unit and possible repeats for an order being typed; what is typed is like what is stored."""
    cookie, typed = place.cookie("受理"), typed_orders(place)
    return _page(place, "suggestions for an order", lambda: doors.suggest(cookie, typed), 60)


def typed_orders(place: Place) -> list[dict[str, str]]:
    """A few hundred forms, filled like orders that are there; every other one has a point, a class, a caller."""
    script = (
        "import json; from chengyun.cases.models import Case; "
        "ids = Case.objects.order_by('-id').values_list('id', flat=True)[:1]; top = ids[0]; "
        "rows = Case.objects.filter(kind='hotline', id__in=range(1, top + 1, max(1, top // 600))); "
        "print(json.dumps([{'title': r.title, 'description': r.description, 'address': r.address, "
        "**({'longitude': r.longitude, 'latitude': r.latitude, 'catalogue_key': r.catalogue_key, "
        "'phone': r.contact.phone if hasattr(r, 'contact') else ''} if r.id % 2 and r.longitude else {})} "
        "for r in rows.select_related('contact')]))"
    )
    return list(json.loads(place.server.run("manage", "shell", "-v", "0", "-c", script).stdout))


def start_up(place: Place) -> list[Row]:
    """From `chengyun up` to the first answer, on a prepared database; the middle one of five."""
    times = []
    for _ in range(5):
        place.server.stop()
        times.append(place.server.start())
    return [Row("start on a prepared database", place.database, f"{sorted(times)[2]:.2f} s", "< 4 s")]


def memory(place: Place) -> list[Row]:
    """Idle memory of web and worker together, shared pages counted once."""
    place.server.stop()
    place.server.start()
    place.server.ask("GET", doors.LOG_IN)
    time.sleep(5)
    said = f"{place.server.memory():.0f} MB"
    return [Row("idle memory of web and worker (Pss)", place.database, said, "< 350 MB")]


def clock(place: Place) -> list[Row]:
    """Due times a second, in one batch on one core."""
    return [Row("due times, one core", place.database, f"{due_per_second():,.0f}/s", "≥ 500,000/s")]


def import_orders(place: Place) -> list[Row]:
    """Orders a second with their whole history, by the console command on one core."""
    rows, rate = orders_per_second(place.server)
    what = f"import of {rows:,} orders with their history, one core"
    return [Row(what, place.database, f"{rate:,.0f}/s", "≥ 1,000/s")]


def citizen(place: Place) -> list[Row]:
    """The public list and map, as citizens ask for them."""
    rows: list[Row] = []
    for what, path in doors.PUBLIC.items():
        rows += _page(place, what, lambda path=path: doors.public(path), 300)  # type: ignore[misc]
    return rows


def sms(place: Place) -> list[Row]:
    """Messages a second from rows of the outbox through the CMPP simulator, to the reports on disk."""
    count = 6_000
    told = through.messages(place.server, count)
    said = f"{count / told['reported']:.0f}/s ({told['segments'] / told['reported']:.0f} segments/s)"
    return [Row("messages through the CMPP simulator, reports included", place.database, said, "≥ 300/s")]


def check(place: Place) -> list[Row]:
    """The slowest published budget of each format, and a folder of a hundred."""
    wanted = {"TXT": "< 1 s", "PDF": "< 10 s"}
    rows = [
        Row(
            f"check of a budget, {ending}, slowest of {count}",
            place.database,
            f"{seconds:.2f} s",
            wanted[ending],
        )
        for ending, (seconds, count) in checking.slowest(place.documents).items()
    ]
    said = f"{checking.many(place.documents):.0f} s"
    return [*rows, Row(f"check of a folder of {checking.MANY}", place.database, said, "–")]


ALL: dict[str, Callable[[Place], list[Row]]] = {
    "start": start_up,
    "memory": memory,
    "clock": clock,
    "create": create,
    "list": work_list,
    "case": case_page,
    "search": search,
    "citizen": citizen,
    "sms": sms,
    "suggest": suggest,
    "import": import_orders,
    "check": check,
}
