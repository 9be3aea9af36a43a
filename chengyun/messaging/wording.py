"""Filling a template: places such as ``{number}``, values that cannot break out of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
LONGEST = 60  # signs of a value whose variable says nothing else


@dataclass(frozen=True, slots=True)
class Variable:
    """A place of a template: how the form calls it, an example, and the longest value in signs."""

    name: str
    label: str = ""
    sample: str = ""
    most: int = LONGEST

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Variable:
        """From the template's JSON."""
        return cls(
            str(row["name"]),
            str(row.get("label", row["name"])),
            str(row.get("sample", "")),
            int(row.get("most", LONGEST)),
        )


def variables_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Variable, ...]:
    """The places that a template declares."""
    return tuple(Variable.of(row) for row in rows)


def places(text: str) -> set[str]:
    """The names in braces."""
    return set(_PLACE.findall(text))


def stray_braces(text: str) -> bool:
    """Whether a brace stands that belongs to no place, so that a mistyped one is not sent to a citizen."""
    return bool(_BRACE.search(_PLACE.sub("", text)))


def fill(text: str, variables: Sequence[Variable], values: Mapping[str, str]) -> str:
    """The text with its values. A missing value is "", one too long is cut with “…”.

    Values lose line breaks, control signs and 【】, so that nobody can forge a signature through a name.
    """
    most = {variable.name: variable.most for variable in variables}

    def value(place: re.Match[str]) -> str:
        name = place[1]
        return _plain(str(values.get(name, "")), most.get(name, LONGEST))

    return _PLACE.sub(value, text)


def _plain(value: str, most: int) -> str:
    value = " ".join(_CONTROL.sub(" ", value).translate({ord("【"): "[", ord("】"): "]"}).split())
    return value if len(value) <= most else f"{value[: most - 1]}…"


def storable(text: str, most: int) -> str:
    """A text from outside as both databases take it: no NUL, no half pair of surrogates, not too long."""
    return _UNSTORABLE.sub("", text)[:most]


def longest(text: str, variables: Sequence[Variable]) -> str:
    """The text with every value at its longest: what the count of segments must allow for."""
    return fill(text, variables, {variable.name: "字" * variable.most for variable in variables})


def sample(text: str, variables: Sequence[Variable]) -> str:
    """The text with the declared examples."""
    return fill(text, variables, {variable.name: variable.sample for variable in variables})
