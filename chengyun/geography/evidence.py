"""Weighs the names found in an address against each other. Pure.

The weights are a choice, tried on made-up addresses of every community; they order the candidates and say how
far to trust the first. They are not probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

_AGREEMENT = 0.6  # share of a street's strength that backs a community in it
_CONTRADICTION = 0.45  # what is left of a community when the address names another street
_NAMED = 0.6  # a street at least this sure can contradict
_FOREIGN = 0.2  # what is left when the address names another district
_IMPLIED = 0.55  # a street known only through an estate that has several committees
_MOST = 0.99
_FAIRLY_SURE, _MORE_TELLING = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """A street or community that an address may mean. ``confidence`` is 0 to 1; ``why`` says it in words."""

    area_id: int
    community: str
    street: str
    confidence: float
    why: str
    street_id: int
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A word, how surely it is a place, and what it may mean: (area id, community, street id, street)."""

    word: str
    strength: float
    meant: tuple[tuple[int, str, int, str], ...]
    is_street: bool


@dataclass(slots=True)
class Evidence:
    """All that one address says."""

    foreign: str = ""
    streets: dict[int, tuple[float, str, str]] = field(default_factory=dict)  # id -> strength, word, name
    communities: list[Hit] = field(default_factory=list)

    def add(self, hit: Hit) -> None:
        """Take a hit in; of a street named twice the stronger word counts."""
        if not hit.is_street:
            if hit not in self.communities:
                self.communities.append(hit)
            return
        _area, _community, street_id, street = hit.meant[0]
        if hit.strength > self.streets.get(street_id, (0.0, "", ""))[0]:
            self.streets[street_id] = (hit.strength, hit.word, street)


def judge(evidence: Evidence) -> list[AddressMatch]:
    """Return one match for each area, the surest first."""
    best: dict[int, AddressMatch] = {}
    matches = [match for hit in evidence.communities for match in _communities(hit, evidence)]
    for match in [*matches, *_streets(evidence)]:
        known = best.get(match.area_id)
        if known is None or match.confidence > known.confidence:
            best[match.area_id] = match
    return sorted(best.values(), key=_rank)


def _rank(match: AddressMatch) -> tuple[float, int]:
    """A community of which we are fairly sure says more than its street alone."""
    telling = _MORE_TELLING if match.community and match.confidence >= _FAIRLY_SURE else 0.0
    return -match.confidence - telling, match.area_id


def _communities(hit: Hit, evidence: Evidence) -> list[AddressMatch]:
    agreeing = sum(1 for meant in hit.meant if meant[2] in evidence.streets)
    matches = []
    for area_id, community, street_id, street in hit.meant:
        backing = evidence.streets.get(street_id)
        strength = hit.strength / (agreeing if backing else len(hit.meant))
        why = _("写有“%(word)s”") % {"word": hit.word}
        if backing:
            strength = 1 - (1 - strength) * (1 - _AGREEMENT * backing[0] / agreeing)
            why = _("写有“%(street)s”和“%(word)s”") % {"street": backing[1], "word": hit.word}
        elif other := next((name for sure, _w, name in evidence.streets.values() if sure >= _NAMED), ""):
            strength *= _CONTRADICTION
            why = _("写有“%(word)s”，但地址写的是%(other)s，该居村属于%(street)s") % {
                "word": hit.word,
                "other": other,
                "street": street,
            }
        candidates = agreeing if backing else len(hit.meant)
        if candidates > 1:
            why += _("；同名的居村有 %(count)d 个") % {"count": candidates}
        confidence, why = _final(strength, why, evidence)
        matches.append(AddressMatch(area_id, community, street, confidence, why, street_id, area_id))
    return matches


def _streets(evidence: Evidence) -> list[AddressMatch]:
    """The streets named, and those in which all namesakes of an estate lie."""
    found = []
    for street_id, (strength, word, street) in evidence.streets.items():
        why = _("写有“%(word)s”") % {"word": word}
        if strength < _NAMED:
            why += _("，也可能只是路名")
        found.append((street_id, street, strength, why))
    for hit in evidence.communities:
        streets = {(meant[2], meant[3]) for meant in hit.meant}
        if len(hit.meant) > 1 and len(streets) == 1:
            street_id, street = streets.pop()
            why = _("“%(word)s”的各居村都在%(street)s") % {"word": hit.word, "street": street}
            found.append((street_id, street, _IMPLIED, why))
    matches = []
    for street_id, street, strength, why in found:
        confidence, reason = _final(strength, why, evidence)
        matches.append(AddressMatch(street_id, "", street, confidence, reason, street_id))
    return matches


def _final(strength: float, why: str, evidence: Evidence) -> tuple[float, str]:
    if evidence.foreign:
        strength *= _FOREIGN
        why += _("；但地址写的是%(district)s") % {"district": evidence.foreign}
    return round(min(strength, _MOST), 2), why
