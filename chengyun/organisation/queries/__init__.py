"""Named reads of the organisation."""

from chengyun.organisation.queries.actors import actor_of
from chengyun.organisation.queries.duties import UnitSuggestion, inspector_for, unit_for
from chengyun.organisation.queries.people import people_holding
from chengyun.organisation.queries.policy import CurrentPolicy, current_policy
from chengyun.organisation.queries.tree import UnitNode, unit_tree, units_beneath

__all__ = [
    "CurrentPolicy",
    "UnitNode",
    "UnitSuggestion",
    "actor_of",
    "current_policy",
    "inspector_for",
    "people_holding",
    "unit_for",
    "unit_tree",
    "units_beneath",
]
