"""Every pair of colours that carries text is readable (WCAG 2.2 AA), in both themes."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parent.parent / "static" / "ui" / "tokens.css"
MEANINGS = ("calm", "due-soon", "overdue", "good", "stopped")
SURFACES = ("paper", "card", "sunken")
TEXT = [
    *product(("ink", "ink-2", "ink-3", "accent", *MEANINGS), SURFACES),
    *((meaning, f"{meaning}-soft") for meaning in MEANINGS),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink-3", "accent-soft"),
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-fill-hover"),
    ("on-accent", "danger-fill"),
    ("on-accent", "danger-fill-hover"),
]
EDGES = [("line-strong", "card"), ("line-strong", "paper")]


def _set(theme):
    text = TOKENS.read_text(encoding="utf-8")
    block = re.search(rf'\[data-bs-theme="{theme}"\] \{{(.*?)\}}', text, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.group(1)))


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_readable(theme):
    colours = _set(theme)
    weak = {pair: round(_contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_fields_can_be_seen(theme):
    colours = _set(theme)
    weak = {pair: round(_contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in EDGES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_both_themes_name_the_same_tokens():
    assert _set("light").keys() == _set("dark").keys()
