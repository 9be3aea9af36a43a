"""Replies and appeals as sets of short pieces: what is alike, what is missing. Pure.

Pieces are of characters, not words, so that no dictionary is needed.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator

import numpy as np

_KEPT = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:路|街道|弄|公路|新村|小区|村|镇|苑|城)|[0-9０-９A-Za-z]+(?:号|弄|栋|室|楼|层|幢)?"
)
_FILLER = re.compile(
    r"请问|希望|要求|反映|来电|市民|居民|本人|我们|他们|有关|部门|尽快|处理|解决|问题|情况|目前|现在|相关|予以|一下|一直"
    r"|的|了|着|和|与|在|是|有|不|没|把|被|对|从|到|向|为|也|都|就|还|又|很|太|吗|呢|吧|请|我|他|她|它|这|那|每|个|些"
)
PERMUTATIONS, PER_BAND = 24, 4
_LONGEST = 20_000  # characters that are read
_SHORTEST = 12  # pieces; a shorter reply is alike to many and copied from none
_DRAW = np.random.default_rng(12345)  # the fingerprints are stored: the numbers must never change
_FACTORS = _DRAW.integers(1 << 62, 1 << 63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
_TERMS = _DRAW.integers(0, 1 << 63, PERMUTATIONS, dtype=np.uint64)


def shingles(text: str) -> frozenset[str]:
    """Every three characters in a row, without digits, signs and spaces."""
    bare = "".join(_KEPT.findall(text[:_LONGEST]))
    return frozenset(bare[at : at + 3] for at in range(len(bare) - 2))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pieces over all pieces, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bands(pieces: frozenset[str], unit_id: int | None) -> list[int]:
    """Hashes of which two alike replies of one unit share at least one, nearly always; [] if it is too short.

    24 minima of hashed pieces, four to a band: of two texts that share 85 % one band is found with
    98 %, of two that share 30 % with 5 %.
    """
    if len(pieces) < _SHORTEST:
        return []
    hashed = np.fromiter((zlib.crc32(one.encode()) for one in pieces), dtype=np.uint64, count=len(pieces))
    # Numbers of 64 bits run over on purpose: that is what mixes them.
    minima = (hashed[None, :] * _FACTORS[:, None] + _TERMS[:, None]).min(axis=1)
    found = []
    for place in range(0, PERMUTATIONS, PER_BAND):
        said = f"{unit_id}:{place}:{minima[place : place + PER_BAND].tolist()}"
        found.append(
            int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), "big", signed=True)
        )
    return found


def key_words(text: str) -> list[str]:
    """What an appeal is about: its runs of characters without places, numbers and fillers."""
    words: list[str] = []
    for part in re.split(r"[，。；、！？,.;!?\s]", text):
        bare = _FILLER.sub(" ", _PLACE.sub(" ", part))
        words.extend(run for run in _HAN.findall(bare))
    return list(dict.fromkeys(words))


def addressed(appeal: str, reply: str) -> tuple[float, list[str]]:
    """How much of the appeal's words the reply takes up (0 to 1, by pairs of characters), and what it leaves out."""
    words = key_words(appeal)
    there = set(_pairs("".join(_KEPT.findall(reply))))
    pairs = [pair for word in words for pair in _pairs(word)]
    if not pairs:
        return 1.0, []
    found = sum(pair in there for pair in pairs)
    missing = [word for word in words if not any(pair in there for pair in _pairs(word))]
    return found / len(pairs), missing


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))
