"""From the words of an address to a street and community, by names and aliases. Pure, in memory.

All names stand in one dict. The text is read once from the left, at each place looking up only the lengths
that some name with these first two characters has. A 60-character address takes some ten microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chengyun.geography.aliases import community_base, community_stem, tidy
from chengyun.geography.evidence import AddressMatch, Evidence, Hit, judge

_KEY = 2  # characters by which the lengths are found
_LIMIT = 5
# 大场路 or 月浦支路 is a road and may lie anywhere; 友谊路街道 is a street office.
_ROAD = re.compile(r"[东西南北中一二三四五六七八九十]?(?:支路|路|街(?!道)|大道|公路|弄|大桥|高架|隧道)")
_OFFICIAL = ("街道", "镇", "园区", "居委会", "村委会", "居委", "村委", "办事处", "政府", "委员会")


@dataclass(frozen=True, slots=True)
class Name:
    """A street or community as the gazetteer needs it; ``street_id`` of a street is its own id."""

    id: int
    name: str
    aliases: tuple[str, ...]
    street_id: int
    street: str
    is_street: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the address box: what to show and what choosing it means."""

    area_id: int
    label: str
    street_id: int
    community_id: int | None


class Gazetteer:
    """Prepared once from the names in force."""

    def __init__(
        self, names: Iterable[Name], districts: Iterable[str] = (), foreign: Iterable[str] = ()
    ) -> None:
        """Take the names, the names of the own district, and those of districts that are not ours."""
        self._names = tuple(names)
        self._foreign = tuple(foreign)
        prefix = "|".join(map(re.escape, districts)) or "(?!)"
        self._prefix = re.compile(rf"(?:上海市|上海(?={prefix}))?(?:{prefix})?")
        self._words = _meanings(self._names)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:_KEY], set()).add(len(word))
        self._lengths = {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}

    def match(self, text: str, limit: int = _LIMIT) -> list[AddressMatch]:
        """Return the likely areas, the likeliest first; nothing if no name is recognised."""
        tidied = tidy(text)
        found = self._prefix.sub("", tidied) if tidied else ""
        evidence = Evidence(foreign=next((name for name in self._foreign if name in tidied), ""))
        for hit in self._hits(found):
            evidence.add(hit)
        return judge(evidence)[:limit]

    def _hits(self, text: str) -> Iterable[Hit]:
        start = 0
        while start <= len(text) - _KEY:
            word = self._longest(text, start)
            if not word:
                start += 1
                continue
            end = start + len(word)
            if word.endswith(_OFFICIAL) or not _ROAD.match(text, end):
                yield from self._words[word]
            start = end

    def _longest(self, text: str, start: int) -> str:
        for length in self._lengths.get(text[start : start + _KEY], ()):
            word = text[start : start + length]
            if word in self._words:
                return word
        return ""

    def suggest(self, text: str, limit: int = 10) -> list[Suggestion]:
        """Return areas whose name or alias begins with the text, then those that contain it.

        A street in front narrows the rest: 大场镇大华 finds the communities of 大场镇 that begin with 大华.
        """
        rest = self._prefix.sub("", tidy(text), count=1)
        street_id = None
        first = self._longest(rest, 0) if len(rest) >= _KEY else ""
        street = next((hit.meant[0] for hit in self._words.get(first, ()) if hit.is_street), None)
        if street is not None and len(rest) > len(first):
            street_id, rest = street[0], rest[len(first) :]
        ranked = []
        for order, name in enumerate(self._names):
            if street_id is None or (name.street_id == street_id and not name.is_street):
                rank = _rank(name, rest)
                if rank is not None:
                    ranked.append((rank, order, name))
        return [
            _suggestion(name) for _rank_, _order, name in sorted(ranked, key=lambda item: item[:2])[:limit]
        ]


def _meanings(names: Iterable[Name]) -> dict[str, tuple[Hit, ...]]:
    """What each word may mean: a street, and one or several communities."""
    words: dict[str, list[tuple[Name, bool]]] = {}
    for name in names:
        own = {tidy(name.name), *([] if name.is_street else [tidy(community_base(name.name))])}
        others = {
            tidy(alias) for alias in (*name.aliases, *([] if name.is_street else [community_stem(name.name)]))
        }
        for word in own | others:
            if len(word) >= _KEY:
                words.setdefault(word, []).append((name, word in own))
    return {word: tuple(_hits_of(word, senses)) for word, senses in words.items()}


def _hits_of(word: str, senses: list[tuple[Name, bool]]) -> Iterable[Hit]:
    official, road = word.endswith(_OFFICIAL), word.endswith("路")
    for name, _own in senses:
        if name.is_street:
            strength = 0.3 if road else 0.9 if official else 0.6
            yield Hit(word, strength, ((name.id, "", name.street_id, name.street),), is_street=True)
    communities = [(name, own) for name, own in senses if not name.is_street]
    # 泗塘一村 is the name of one committee and the estate of others: the name itself goes first.
    named = [name for name, own in communities if own] or [name for name, _own in communities]
    if named:
        meant = tuple((name.id, name.name, name.street_id, name.street) for name in named)
        yield Hit(word, _strength(word, official=official, road=road), meant, is_street=False)


def _strength(word: str, *, official: bool, road: bool) -> float:
    """How surely a community is meant. Short names turn up by chance, a road's name says little."""
    if road:
        return 0.3
    if official:
        return 0.92
    return {2: 0.5, 3: 0.7}.get(len(word), 0.8)


def _rank(name: Name, text: str) -> int | None:
    if not text:
        return None
    if name.name.startswith(text):
        return 0 if name.is_street else 1
    if any(alias.startswith(text) for alias in name.aliases):
        return 2
    return 3 if text in name.name else None


def _suggestion(name: Name) -> Suggestion:
    label = name.name if name.is_street else f"{name.street} {name.name}"
    return Suggestion(name.id, label, name.street_id, None if name.is_street else name.id)
