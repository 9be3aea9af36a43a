"""Which limit applies: the most specific row that is in force. Pure, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chengyun.worktime.limits import Limit

# process, stage, appeal_type, catalogue, condition, urgency
Key = tuple[str, str, str, str, str, str]
MOST_REMEMBERED = 20_000
# Classes of matters that stand for a part of the same code (…异常): their limits are those of the part.
EDITIONS_WITH_PART_MATTERS = "gbt47678.5"
PART_CLASSES = ("01", "02", "03", "04", "05")


@dataclass(frozen=True, slots=True)
class Dated:
    """A row of limits: its key, the days it is in force (both included), and the limit."""

    key: Key
    valid_from: date
    valid_until: date | None
    limit: Limit


class LimitIndex:
    """Finds the row for a case.

    A row fits if each of its filled fields equals the case's; its catalogue may be the beginning of the
    case's key. Of the rows that fit, the winner is the one with the longest catalogue key, then the one that
    names the condition, then the urgency, then the appeal type, and last the one that began latest.
    """

    def __init__(self, rows: Iterable[Dated]) -> None:
        self._rows: dict[tuple[str, str], dict[str, list[Dated]]] = {}
        self._found: dict[Key, tuple[Dated, ...]] = {}
        for row in rows:
            by_catalogue = self._rows.setdefault(row.key[:2], {})
            by_catalogue.setdefault(row.key[3], []).append(row)

    def find(self, key: Key, on: date) -> Limit | None:
        """The limit for a case on a day, or None if no row fits."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            found = self._found[key] = self._fitting(key)
        for row in found:
            if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until):
                return row.limit
        return None

    def _fitting(self, key: Key) -> tuple[Dated, ...]:
        by_catalogue = self._rows.get(key[:2], {})
        fitting = [
            row
            for catalogue in _beginnings(key[3])
            for row in by_catalogue.get(catalogue, ())
            if _fits(row.key, key)
        ]
        return tuple(sorted(fitting, key=_rank, reverse=True))


def _beginnings(catalogue: str) -> list[str]:
    keys = [catalogue]
    edition, _, rest = catalogue.partition("/M/")
    if rest.startswith(PART_CLASSES) and edition.startswith(EDITIONS_WITH_PART_MATTERS):
        keys.append(f"{edition}/P/{rest}")
    return list(dict.fromkeys(key[:length] for key in keys for length in range(len(key) + 1)))


def _fits(row: Key, case: Key) -> bool:
    return all(not row[place] or row[place] == case[place] for place in (2, 4, 5))


def _rank(row: Dated) -> tuple[int, bool, bool, bool, date]:
    _, _, appeal_type, catalogue, condition, urgency = row.key
    return len(catalogue), bool(condition), bool(urgency), bool(appeal_type), row.valid_from
