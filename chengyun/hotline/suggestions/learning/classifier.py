"""A learnt classifier and its file. Needs numpy alone; nothing is read before somebody asks."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chengyun.hotline.suggestions.learning.features import Codes, grams, normalised, word_of
from chengyun.kernel.errors import Refused

_FORMAT = 1
# In both languages: this is said where no catalogue of translations is loaded.
_AGAIN = "请重新学习 (the model file is missing or damaged: run `chengyun learn` again)"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Guess:
    """A label and how likely it is, 0 to 1. ``words`` are what in the text spoke for it, strongest first."""

    label: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear classifier over weighted runs of characters.

    ``vocabulary`` is sorted, ``rarity`` (inverse document frequency) goes with it; ``weights`` has a row for
    each feature and a column for each of ``labels``. ``warmth`` divides the decisions before they are made
    into shares: it was fitted on texts that the classifier had not seen.
    """

    labels: tuple[str, ...]
    vocabulary: Codes
    rarity: Floats
    weights: Floats
    bias: Floats
    warmth: float

    def guesses(self, text: str, limit: int = 3, *, words: int = 0) -> list[Guess]:
        """The likeliest labels of a text, best first; none if nothing in it was ever seen.

        ``words`` asks for so many words of the text that spoke for each label.
        """
        places, values = weighed(text, self.vocabulary, self.rarity)
        if not len(places):
            return []
        rows = self.weights[places]
        shares = softmax((values @ rows + self.bias)[None, :] / self.warmth)[0]
        best = np.argsort(-shares, kind="stable")[:limit]
        return [
            Guess(
                self.labels[label],
                float(shares[label]),
                self._words(text, places, values * rows[:, label], words) if words else (),
            )
            for label in best
        ]

    def _words(
        self, text: str, places: NDArray[np.intp], spoke: NDArray[np.float64], most: int
    ) -> tuple[str, ...]:
        """Words of two or three characters that spoke for a label, neighbours joined as they stand in the text."""
        strong = [place for place in np.argsort(-spoke, kind="stable")[:12] if spoke[place] > 0]
        found = [word_of(int(self.vocabulary[places[place]])) for place in strong]
        joined: list[str] = []
        letters = normalised(text)
        for word in (one for one in found if len(one) > 1):
            at = next((n for n, other in enumerate(joined) if _overlapping(word, other, letters)), None)
            if at is None:
                joined.append(word)
            else:
                joined[at] = _overlapping(word, joined[at], letters)
        return tuple(joined[:most])

    def to_bytes(self) -> bytes:
        """The classifier as a zipped set of arrays and a JSON head: data only, nothing that could run."""
        head = json.dumps(
            {"format": _FORMAT, "labels": self.labels, "warmth": self.warmth}, ensure_ascii=False
        )
        file = io.BytesIO()
        np.savez_compressed(
            file,
            head=np.frombuffer(head.encode(), dtype=np.uint8),
            vocabulary=self.vocabulary,
            rarity=self.rarity,
            weights=self.weights,
            bias=self.bias,
        )
        return file.getvalue()


def _overlapping(some: str, other: str, letters: str) -> str:
    """The two words as one, if one holds the other or they overlap in the text; else empty."""
    if some in other or other in some:
        return max(some, other, key=len)
    for first, second in ((some, other), (other, some)):
        for shared in range(min(len(first), len(second)) - 1, 0, -1):
            if first.endswith(second[:shared]) and (whole := first + second[shared:]) in letters:
                return whole
    return ""


def weighed(
    text: str | tuple[Codes, NDArray[np.int64]], vocabulary: Codes, rarity: Floats
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Places in the vocabulary of what occurs in a text, and its weight there (length of all: 1)."""
    codes, counts = grams(text) if isinstance(text, str) else text
    if not len(vocabulary) or not len(codes):
        return np.zeros(0, np.intp), np.zeros(0, np.float64)
    places = np.minimum(np.searchsorted(vocabulary, codes), len(vocabulary) - 1)
    known = vocabulary[places] == codes
    places = places[known]
    values = (1 + np.log(counts[known])) * rarity[places].astype(np.float64)
    length = float(np.linalg.norm(values))
    return places, values / length if length else values


def softmax(decisions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares that add up to 1 in each row."""
    powers = np.exp(decisions - decisions.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def digest_of(content: bytes) -> str:
    """The name of a file: SHA-256 of what is in it."""
    return hashlib.sha256(content).hexdigest()


def read_classifier(path: Path) -> Classifier:
    """The classifier in a file named by its digest. Raises ``Refused`` if it is not there or damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"模型文件 {path.name} 读不出来：{error.strerror}；{_AGAIN}") from None
    if digest_of(content) != path.stem:
        raise Refused(f"模型文件 {path.name} 的内容与其摘要不符，可能已损坏；{_AGAIN}")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as parts:
            head = json.loads(parts["head"].tobytes())
            if head["format"] != _FORMAT:
                raise Refused(f"模型文件 {path.name} 的格式 {head['format']} 不认识；{_AGAIN}")
            return Classifier(
                labels=tuple(head["labels"]),
                vocabulary=parts["vocabulary"],
                rarity=parts["rarity"],
                weights=parts["weights"],
                bias=parts["bias"],
                warmth=float(head["warmth"]),
            )
    except (KeyError, ValueError, zipfile.BadZipFile):
        raise Refused(f"模型文件 {path.name} 不是模型；{_AGAIN}") from None
