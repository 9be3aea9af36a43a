"""The piece of a text around the words that were searched for. Pure."""

from __future__ import annotations

import re

AROUND = 24  # characters before the first word
LONGEST = 90


def marked(text: str, asked: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is one of the words asked for."""
    words = sorted({word for word in asked.split() if word}, key=len, reverse=True)
    if not words or not text:
        return [(text, False)] if text else []
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            pieces.append((text[end : match.start()], False))
        pieces.append((match[0], True))
        end = match.end()
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def snippet(text: str, asked: str) -> list[tuple[str, bool]]:
    """Some ninety characters around the first of the words, in pieces; nothing if none stands there.

    The text is masked before it comes here, so that what may not be read cannot be found in it either.
    """
    text = " ".join(text.split())
    places = [place for word in asked.split() if (place := text.lower().find(word.lower())) >= 0]
    if not places:
        return []
    start = max(min(places) - AROUND, 0)
    piece = text[start : start + LONGEST]
    found = marked(piece, asked)
    if start:
        found.insert(0, ("…", False))
    if start + LONGEST < len(text):
        found.append(("…", False))
    return found
