"""Features of a Chinese text: runs of one to three characters, whatever blanks a segmenter put between them.

Blanks, punctuation and marks are dropped before anything is counted, so that a text and its segmented spelling
have the same features and a model learnt from the one works on the other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

LENGTHS = (1, 2, 3)
MOST_CHARACTERS = 20_000  # a longer text is judged by its beginning
_BITS = 21  # every code point of Unicode fits, so three make one 63-bit number: no two features collide
_MASK = (1 << _BITS) - 1
_NOT_TELLING = re.compile(r"[\W_]+")
# Particles that lists of stop words take out of a segmented file and that a caller's own words are full of.
_PARTICLES = re.compile("[的了着吗呢吧啊呀嘛]")

Codes = NDArray[np.uint64]


def letters_of(text: str) -> str:
    """The letters, digits and Chinese characters of a text, in one spelling each, with nothing between them."""
    spelt = unicodedata.normalize("NFKC", text[: 4 * MOST_CHARACTERS]).lower()
    return _NOT_TELLING.sub("", spelt)[:MOST_CHARACTERS]


def normalised(text: str) -> str:
    """The characters of a text that count: its letters without particles."""
    return _PARTICLES.sub("", letters_of(text))


def grams(text: str) -> tuple[Codes, NDArray[np.int64]]:
    """The features of a text as sorted numbers, and how often each occurs."""
    letters = np.frombuffer(normalised(text).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    runs = [_runs(letters, length) for length in LENGTHS if len(letters) >= length]
    if not runs:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    found: tuple[Codes, Any] = np.unique(np.concatenate(runs), return_counts=True)
    return found


def _runs(letters: Codes, length: int) -> Codes:
    count = len(letters) - length + 1
    codes = letters[:count].copy()
    for step in range(1, length):
        codes = (codes << np.uint64(_BITS)) | letters[step : step + count]
    return codes


def word_of(code: int) -> str:
    """The characters that a feature stands for."""
    letters = ""
    while code:
        letters = chr(code & _MASK) + letters
        code >>= _BITS
    return letters
