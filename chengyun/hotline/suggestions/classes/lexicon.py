"""Classes by the words in a text: synonyms that callers use, and the names of the classes themselves. Pure.

This is the starter of a fresh installation: it knows nothing but the catalogue and an editable table of words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chengyun.hotline.suggestions.learning.features import letters_of

_SAID_FIRST = 1.5  # what stands in the first line, the title, counts so much more
_NAME_ENOUGH = 0.6  # share of a class's name, weighed by rarity, that must be found
_SHORTEST = 2  # characters of a word; one alone stands in too many others
_HALF = 2.5  # weight at which a suggestion scores 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A class with its score (0 to 1) and the words in the text that named it, strongest first."""

    key: str
    score: float
    words: tuple[str, ...]


class Lexicon:
    """``names`` maps the keys of leaves to their names; ``words`` are pairs of word and key."""

    def __init__(self, names: dict[str, str], words: Iterable[tuple[str, str]]) -> None:
        self._keys: dict[str, list[str]] = defaultdict(list)
        for word, key in words:
            if key in names and len(spelt := letters_of(word)) >= _SHORTEST:
                self._keys[spelt].append(key)
        by_first: dict[str, list[str]] = defaultdict(list)
        for word in self._keys:
            by_first[word[0]].append(word)
        self._by_first = {first: sorted(found, key=len, reverse=True) for first, found in by_first.items()}
        self._named: dict[str, list[str]] = defaultdict(list)
        pairs = {key: _pairs(name) for key, name in names.items() if not name.startswith("其他")}
        common = Counter(pair for found in pairs.values() for pair in found)
        self._rarity = {pair: math.log(1 + len(pairs) / count) for pair, count in common.items()}
        self._whole = {key: sum(self._rarity[pair] for pair in found) for key, found in pairs.items()}
        for key, found in pairs.items():
            for pair in found:
                self._named[pair].append(key)

    def find(self, text: str, limit: int) -> list[Found]:
        """Classes that words of the text name, best first."""
        weights: dict[str, float] = defaultdict(float)
        words: dict[str, dict[str, float]] = defaultdict(dict)
        title, _, rest = text.partition("\n")
        seen: set[str] = set()
        for part, factor in ((title, _SAID_FIRST), (rest, 1.0)):
            spelt = letters_of(part)
            for word in self._words_in(spelt):
                if word in seen:
                    continue
                seen.add(word)
                keys = self._keys[word]
                for key in keys:
                    weight = factor * (1 + 0.6 * (len(word) - 1)) / math.sqrt(len(keys))
                    weights[key] += weight
                    words[key][word] = weight
            for key, word, weight in self._names_in(spelt):
                if word not in words[key]:
                    weights[key] += factor * weight
                    words[key][word] = factor * weight
        best = sorted(weights, key=lambda key: (-weights[key], key))[:limit]
        return [self._found(key, weights[key], words[key]) for key in best]

    def _found(self, key: str, weight: float, words: dict[str, float]) -> Found:
        strongest = sorted(words, key=lambda word: (-words[word], word))
        return Found(key, weight / (weight + _HALF), tuple(strongest[:4]))

    def _words_in(self, spelt: str) -> Iterable[str]:
        """Synonyms as they stand in a text; of two at one place the longer."""
        at = 0
        while at < len(spelt):
            here = self._by_first.get(spelt[at], ())
            word = next((one for one in here if spelt.startswith(one, at)), "")
            if word:
                yield word
            at += len(word) or 1

    def _names_in(self, spelt: str) -> Iterable[tuple[str, str, float]]:
        """Classes most of whose name stands in a text, the part that does, and its weight."""
        found: dict[str, list[str]] = defaultdict(list)
        for pair in {spelt[at : at + 2] for at in range(len(spelt) - 1)}:
            for key in self._named.get(pair, ()):
                found[key].append(pair)
        for key, pairs in found.items():
            share = sum(self._rarity[pair] for pair in pairs) / self._whole[key]
            if share >= _NAME_ENOUGH:
                yield key, max(_runs(pairs, spelt), key=len), 1.5 * share


def _pairs(name: str) -> set[str]:
    spelt = letters_of(name)
    return {spelt[at : at + 2] for at in range(len(spelt) - 1)} or {spelt}


def _runs(pairs: list[str], spelt: str) -> list[str]:
    """The pairs joined to the words that they are part of in the text."""
    wanted, runs, run = set(pairs), [], ""
    for at in range(len(spelt) - 1):
        pair = spelt[at : at + 2]
        if pair in wanted:
            run = run + pair[-1] if run else pair
        elif run:
            runs.append(run)
            run = ""
    return [*runs, run] if run else runs or pairs
