"""A report made ready for the page: messages in the reader's language, findings with what became of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengyun.budget.models.review import Disposition, DispositionKind, ReviewedDocument

SEVERITIES: dict[str, tuple[Any, str, str]] = {
    # label, meaning, sign: the word always stands beside the colour
    "F": (_("致命"), "overdue", "ban"),
    "E": (_("错误"), "overdue", "alert-circle"),
    "W": (_("提醒"), "due-soon", "alert-triangle"),
    "I": (_("提示"), "calm", "info-circle"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as the page shows it."""

    said: dict[str, Any]
    message: str
    rule: str
    label: Any
    meaning: str
    sign: str
    where: str
    because: str
    consequences: tuple[Shown, ...]
    history: tuple[Disposition, ...] = ()

    @property
    def latest(self) -> Disposition | None:
        """The disposition that holds, if any."""
        return self.history[-1] if self.history else None

    @property
    def settled(self) -> bool:
        """Whether somebody has dealt with it."""
        return self.latest is not None and self.latest.kind != DispositionKind.REOPENED

    @property
    def applicable(self) -> bool:
        """Whether its proposal can be written into a copy."""
        repair = self.said["repair"] or {}
        return any(change.get("at") for change in repair.get("changes", []))


def shown(finding: dict[str, Any], history: dict[str, list[Disposition]] | None = None) -> Shown:
    """One finding with its consequences."""
    label, meaning, sign = SEVERITIES[finding["severity"]]
    tongue = "en" if (get_language() or "").startswith("en") else "zh"
    repair = finding["repair"] or {}
    return Shown(
        said=finding,
        message=finding[f"message_{tongue}"],
        rule=finding.get(f"rule_{tongue}", ""),
        label=label,
        meaning=meaning,
        sign=sign,
        where=_where(finding),
        because=repair.get(f"because_{tongue}", ""),
        consequences=tuple(shown(one) for one in finding["consequences"]),
        history=tuple((history or {}).get(finding.get("key", ""), ())),
    )


def _where(finding: dict[str, Any]) -> str:
    place = finding["line"]
    if place is None:
        return ""
    if isinstance(place, int):
        return str(_("第 %(line)d 行") % {"line": place})
    if str(place).startswith("p. "):
        return str(_("第 %(page)s 页") % {"page": str(place)[3:].split(" ")[0]})
    return str(place)


def histories(document: ReviewedDocument) -> dict[str, list[Disposition]]:
    """The dispositions of each finding in their order."""
    found: dict[str, list[Disposition]] = {}
    for one in document.dispositions.select_related("by").order_by("number"):
        found.setdefault(one.finding, []).append(one)
    return found


def is_amount(text: str) -> bool:
    """Whether a cell is set flush right."""
    return bool(re.fullmatch(r"[-(（]?[\d,，.]+%?[)）]?", text.strip())) and len(text.strip()) > 3


def places(findings: list[Shown]) -> set[str]:
    """The ids on the page that a finding, or one of its consequences, leads to or is related to."""
    found: set[str] = set()
    for one in findings:
        found |= {one.said["mark"], *one.said["related"]} | places(list(one.consequences))
    return found - {None}


def pieces(text: str, spans: list[list[int]]) -> list[tuple[bool, str]]:
    """A line cut at the characters that a finding is about: ``(marked, text)``."""
    if not spans:
        return [(True, text)]
    start, end = spans[0]
    cut = ((False, text[:start]), (True, text[start:end]), (False, text[end:]))
    return [(marked, piece) for marked, piece in cut if piece]
