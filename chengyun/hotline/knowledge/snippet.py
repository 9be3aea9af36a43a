"""The piece of a text that shows why it was found, with what was found marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable

LENGTH = 90  # characters


def snippet(text: str, tokens: Iterable[str], length: int = LENGTH) -> list[tuple[str, bool]]:
    """Pieces of ``text``, each with whether it is to be marked, around the place with most of the tokens."""
    text = " ".join(text.split())
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that grows when made small would shift every place
        lowered = text
    places = sorted({(at, at + len(token)) for token in tokens for at in _places(lowered, token)})
    start = _best_start([at for at, _ in places], length)
    start = max(start - 12, 0) if start else 0
    end = min(start + length, len(text))
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for first, last in _joined(places):
        left, right = max(first, at), min(last, end)
        if left >= right:
            continue
        if left > at:
            pieces.append((text[at:left], False))
        pieces.append((text[left:right], True))
        at = right
    if at < end:
        pieces.append((text[at:end], False))
    return [*pieces, ("…", False)] if end < len(text) else pieces


def _places(text: str, token: str) -> Iterable[int]:
    at = text.find(token)
    for _ in range(50):
        if at < 0:
            return
        yield at
        at = text.find(token, at + 1)


def _best_start(starts: list[int], length: int) -> int:
    best, most, right = 0, 0, 0
    for left, start in enumerate(starts):
        while right < len(starts) and starts[right] <= start + length - 14:
            right += 1
        if right - left > most:
            best, most = start, right - left
    return best


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for left, right in places:
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
