"""How many short messages a text takes, and where it is cut. Pure.

Chinese goes out in UCS-2: 140 bytes hold 70 units; a longer text is joined from segments of 134 bytes, 67 units,
after a header of six bytes (domain rule of CMPP, TP_udhi = 1). A sign outside the basic plane, such as an
emoji, is two units, which must stay in one segment. The signature counts like any other text.
"""

from __future__ import annotations

ALONE = 70  # units of a message that is one segment
JOINED = 67  # units of each segment of a longer one
MOST_SEGMENTS = 255  # the header numbers them in one byte


def units(text: str) -> int:
    """The length in UCS-2 units: two for a sign outside the basic plane."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def split(text: str) -> list[str]:
    """The text cut into what each short message carries; joined they give the text again.

    An empty text is one empty message. A pair of surrogates is never cut, so that a segment may stay one
    unit short of 67 and a text may need one segment more than its length alone would say.
    """
    if units(text) <= ALONE:
        return [text]
    cut, begin, filled, before = [], 0, 0, ""
    for place, sign in enumerate(text):
        size = 2 if sign > "\uffff" else 1
        if filled + size > JOINED:
            # Two halves written as separate signs are one pair on the wire.
            start = place - 1 if _are_pair(before, sign) else place
            cut.append(text[begin:start])
            begin, filled = start, place - start
        filled, before = filled + size, sign
    return [*cut, text[begin:]]


def segments(text: str) -> int:
    """How many short messages the text takes: 1 up to 70 units, then one for each 67 or part of it."""
    return len(split(text))


def _are_pair(first: str, second: str) -> bool:
    return "\ud800" <= first <= "\udbff" and "\udc00" <= second <= "\udfff"
