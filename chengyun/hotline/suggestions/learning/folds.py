"""Texts that are the same message, so that no copy of a tested text is ever learnt from.

People send one message several times and copy each other's. Texts that share a run of ``RUN`` characters go
into one group, and a group never stands on both sides of a fold.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chengyun.hotline.suggestions.learning.features import normalised

RUN = 40
_EVERY = np.uint64(
    8
)  # of the runs, those whose number divides by this are compared: the same ones in each text
_BASE, _MIX = np.uint64(1_099_511_628_211), np.uint64(0x9E3779B97F4A7C15)


def groups_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """A number for each text; texts with the same number are copies or largely copies of each other."""
    parents = list(range(len(texts)))

    def top(one: int) -> int:
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    first: dict[int | str, int] = {}
    for place, text in enumerate(texts):
        spelt = normalised(text)
        marks: list[int | str] = [spelt, *_marks(spelt)]
        for mark in marks:
            other = first.setdefault(mark, place)
            if other != place:
                parents[top(place)] = top(other)
    return np.array([top(place) for place in range(len(texts))])


def _marks(spelt: str) -> list[int]:
    """Numbers of the compared runs of a text."""
    letters = np.frombuffer(spelt.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(letters) - RUN + 1
    if count <= 0:
        return []
    with np.errstate(over="ignore"):
        runs = np.zeros(count, np.uint64)
        for step in range(RUN):
            runs = runs * _BASE + letters[step : step + count]
        mixed = runs * _MIX >> np.uint64(20)
    return [int(run) for run in np.unique(runs[mixed % _EVERY == 0])]
