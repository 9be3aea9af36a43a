"""Ids into names for one page: units from the tree in memory, people in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Person
from chengyun.organisation.queries import unit_tree


@dataclass(slots=True)
class Names:
    """Names of the units and people that one page speaks of."""

    units: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)

    def unit(self, unit_id: int | None) -> str:
        """The unit's name; "" for none, its number for one that is not known."""
        if unit_id is None:
            return ""
        return self.units.get(unit_id) or _("单位 %(id)s") % {"id": unit_id}

    def person(self, person_id: int | None) -> str:
        """The person's name; "" for none, their number for one that is not known."""
        if person_id is None:
            return ""
        return self.people.get(person_id) or _("人员 %(id)s") % {"id": person_id}


def names_for(actor: Actor, people: Iterable[int | None]) -> Names:
    """Names of all units, and of these people."""
    wanted = {one for one in people if one is not None}
    rows = Person.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else ()
    return Names(units={node.id: node.name for node in unit_tree(actor)}, people=dict(rows))
