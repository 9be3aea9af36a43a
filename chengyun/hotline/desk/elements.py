"""The five elements of an order, and the description that is put together from them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chengyun.kernel.words import N_

# In the order in which they are told. 何地 is the order's address.
NAMES = {
    "who": N_("何人"),
    "when": N_("何时"),
    "where": N_("何地"),
    "cause": N_("何因"),
    "course": N_("经过与诉求"),
}
# The written form is part of the record and the same in every language.
_WRITTEN = {"who": "何人", "when": "何时", "where": "何地", "cause": "何因", "course": "经过与诉求"}


@dataclass(frozen=True, slots=True)
class Elements:
    """What was told, element by element."""

    who: str = ""
    when: str = ""
    where: str = ""
    cause: str = ""
    course: str = ""

    def described(self) -> str:
        """One description: the course first, as it reads best in a list; the others under their names.

        The place stands with the order already and is not said twice.
        """
        told = [self.course.strip()]
        for name in ("who", "when", "cause"):
            if text := getattr(self, name).strip():
                told.append(f"{_WRITTEN[name]}：{text}")
        return "\n".join(told)


def elements_of(said: Mapping[str, str]) -> Elements:
    """The elements out of a cleaned form: ``description`` holds the course, ``address`` the place."""
    return Elements(
        who=said.get("who", ""),
        when=said.get("when", ""),
        where=said.get("address", ""),
        cause=said.get("cause", ""),
        course=said["description"],
    )
