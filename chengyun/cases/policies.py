"""Who may take a verb: pure predicates on actor and case."""

from __future__ import annotations

from collections.abc import Iterable

from chengyun.cases.facts import CaseFacts
from chengyun.kernel.actor import Actor, Holding
from chengyun.kernel.loop import Scope, Verb
from chengyun.organisation.posts import Post


def holding_for(verb: Verb, case: CaseFacts, actor: Actor) -> Holding | None:
    """The holding by which the actor may take the verb on this case, or None. One's own comes first."""
    candidates = [
        holding for who in verb.who for holding in actor.holdings
        if holding.post == who.post and _near(who.scope, case, actor, holding)
    ]  # fmt: skip
    return min(candidates, key=lambda holding: holding.for_person_id is not None, default=None)


def may(verb: Verb, case: CaseFacts, actor: Actor) -> bool:
    """Tell whether the actor may take the verb on this case."""
    return actor.system or holding_for(verb, case, actor) is not None


def _near(scope: Scope, case: CaseFacts, actor: Actor, holding: Holding) -> bool:
    if scope is Scope.ANYWHERE:
        return True
    if scope is Scope.LEAD:
        return _reaches(holding, [case["lead_unit_id"]])
    if scope is Scope.HELPER:
        return _reaches(holding, (one.unit_id for one in case.open_helpers))
    tasked = case["handler_id"] if holding.post == Post.HANDLER else case["inspector_id"]
    return tasked is not None and tasked == (holding.for_person_id or actor.person_id)


def _reaches(holding: Holding, units: Iterable[int | None]) -> bool:
    return any(unit is not None and (unit == holding.unit_id or unit in holding.reach) for unit in units)
