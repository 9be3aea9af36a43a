"""The audit of an answer: accepted, or sent back with grounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chengyun.cases.actions.move import move
from chengyun.cases.facts import CaseFacts
from chengyun.kernel.actor import Actor
from chengyun.kernel.writing import writing


def audit(
    case_id: int,
    *,
    passed: bool,
    picked: Iterable[str],
    words: str,
    seen: int,
    actor: Actor,
    now: datetime,
) -> CaseFacts:
    """Pass or send back. ``picked``: lines of the checklist, or grounds; grounds alone are reason enough.

    Raises what ``move`` raises; ``Invalid`` names ``reason`` if an answer is sent back without any.
    """
    picks = [one for one in picked if one.strip()]
    if passed:
        said = {"checked": picks, "opinion": words}
    else:
        said = {"grounds": picks, "reason": words.strip() or "；".join(picks)}
    with writing():
        return move(
            case_id, "pass_audit" if passed else "fail_audit", actor=actor, seen=seen, now=now, said=said
        )
