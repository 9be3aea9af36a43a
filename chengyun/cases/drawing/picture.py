"""A process as an SVG: a column per state, a line per verb, a bar per clock. Pure, and the same every time.

Colours are attributes, not styles: a page's content policy forbids styles, and classes let its style sheet
draw the dark set over them.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from chengyun.cases.drawing.sheet import Way, Word, bracketed, ways_of, who_may
from chengyun.kernel.loop import Loop

LEFT, COLUMN, HEAD, ROW, BAR, EDGE = 244, 74, 72, 34, 26, 16
INK, QUIET, LINE, PAPER, BAND = "#1b2430", "#5c6873", "#c3cad3", "#ffffff", "#f4f6f9"
USUAL, DANGER, OTHER, RUNS = "#1d4f91", "#ae1e1e", "#47535f", "#7fa3d1"
FONTS = "system-ui, PingFang SC, Microsoft YaHei, Noto Sans SC, sans-serif"


def picture(loop: Loop, word: Word) -> str:
    """The whole drawing as text of an SVG file."""
    return _Drawing(loop, word).text()


class _Drawing:
    def __init__(self, loop: Loop, word: Word) -> None:
        self.loop, self.word = loop, word
        self.states = [str(state) for state in loop.states]
        self.ways = ways_of(loop)
        self.bars_from = HEAD + len(self.ways) * ROW + 34
        self.bottom = self.bars_from + len(loop.timers) * BAR
        self.column, self.left = self._widths()
        self.width = self.left + len(self.states) * self.column + EDGE
        self.height = self.bottom + 40

    def _widths(self) -> tuple[int, int]:
        """Of a column and of the names on the left: as usual, or wider for longer words."""
        heads = [line for state in self.states for line in self._head(state)]
        names = [self._name(way) for way in self.ways]
        column = max(_width(line, 13) for line in heads) + 14
        return max(COLUMN, column), max(LEFT, max(_width(name, 13) for name in names) + 12 + EDGE)

    def _head(self, state: str) -> list[str]:
        return _folded(self.word("state", state), 4, 10)

    def _name(self, way: Way) -> str:
        name = self.word("verb", way.verb.name)
        return name + bracketed(self.word("when", way.when), self.word) if way.when else name

    def text(self) -> str:
        title = f"{self.word('process', self.loop.name)}"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" font-family="{FONTS}" class="loop">',
            f"<title>{escape(title)}</title>",
            f'<rect class="loop-paper" width="{self.width}" height="{self.height}" fill="{PAPER}"/>',
            *self._bands(),
            *self._lifelines(),
            *self._heads(),
            *(part for place, way in enumerate(self.ways) for part in self._way(place, way)),
            *self._clocks(),
            *self._legend(),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def x(self, state: str) -> int:
        return self.left + self.states.index(state) * self.column + self.column // 2

    def _bands(self) -> Iterable[str]:
        for place in range(1, len(self.ways), 2):
            y = HEAD + place * ROW
            yield f'<rect class="loop-band" y="{y}" width="{self.width}" height="{ROW}" fill="{BAND}"/>'

    def _lifelines(self) -> Iterable[str]:
        for state in self.states:
            x = self.x(state)
            yield (
                f'<line class="loop-line" x1="{x}" y1="{HEAD - 8}" x2="{x}" y2="{self.bottom}" stroke="{LINE}"/>'
            )

    def _heads(self) -> Iterable[str]:
        ends = {str(end) for end in self.loop.ends}
        starts = {str(start) for start in self.loop.starts}
        for state in self.states:
            x, wide = self.x(state) - self.column // 2 + 4, self.column - 8
            thick = 2 if state in starts else 1
            dashed = ' stroke-dasharray="4 3"' if state in ends else ""
            yield (
                f'<rect class="loop-box" x="{x}" y="12" width="{wide}" height="48" rx="6" fill="{PAPER}" '
                f'stroke="{INK}" stroke-width="{thick}"{dashed}/>'
            )
            lines = self._head(state)
            first = 36 - (len(lines) - 1) * 8 + 5
            for number, text in enumerate(lines):
                yield _text(self.x(state), first + number * 16, text, 13, INK, anchor="middle", bold=True)

    def _way(self, place: int, way: Way) -> Iterable[str]:
        y = HEAD + place * ROW + ROW // 2
        colour, kind = self._colour(way)
        name, end = self._name(way), self.left - 12
        yield _text(end, y - 1, name, 13, colour, anchor="end", bold=True, kind=f"loop-{kind}")
        who = self.word("sign", "、").join(who_may(way.verb, self.word))
        yield _text(end, y + 12, _cut(who, (end - 12) / 10), 10, QUIET, anchor="end", kind="loop-quiet")
        if not way.target:
            for state in way.sources:
                yield (
                    f'<circle class="loop-stay loop-{kind}-stroke" cx="{self.x(state)}" cy="{y}" r="4" '
                    f'fill="{PAPER}" stroke="{colour}" stroke-width="1.5"/>'
                )
            return
        yield from self._arrows(way, y, colour, kind)

    def _arrows(self, way: Way, y: int, colour: str, kind: str) -> Iterable[str]:
        to = self.x(way.target)
        sources = [self.x(state) for state in way.sources]
        for far, sign in ((min(sources), 1), (max(sources), -1)):
            if (to - far) * sign <= 0:
                continue
            tip = to - 3 * sign
            yield (
                f'<line class="loop-{kind}-stroke" x1="{far}" y1="{y}" x2="{tip - 7 * sign}" y2="{y}" '
                f'stroke="{colour}" stroke-width="2"/>'
            )
            back = tip - 9 * sign
            yield f'<path class="loop-{kind}" d="M{tip} {y}L{back} {y - 5}V{y + 5}Z" fill="{colour}"/>'
        for x in sources:
            yield f'<circle class="loop-{kind}" cx="{x}" cy="{y}" r="4" fill="{colour}"/>'

    def _colour(self, way: Way) -> tuple[str, str]:
        if way.verb.dangerous:
            return DANGER, "danger"
        return (USUAL, "usual") if way.verb.primary else (OTHER, "other")

    def _clocks(self) -> Iterable[str]:
        yield _text(EDGE, self.bars_from - 10, self.word("legend", "clocks"), 12, QUIET, kind="loop-quiet")
        for place, timer in enumerate(self.loop.timers):
            y = self.bars_from + place * BAR
            name = self.word("timer", timer.name)
            yield _text(self.left - 12, y + 15, name, 12, INK, anchor="end")
            for state in self.states:
                if state in timer.runs_in or state in timer.pauses_in:
                    yield self._bar(state, y, runs=state in timer.runs_in)

    def _bar(self, state: str, y: int, *, runs: bool) -> str:
        x, wide = self.x(state) - self.column // 2 + 2, self.column - 4
        if runs:
            return (
                f'<rect class="loop-runs" x="{x}" y="{y + 4}" width="{wide}" height="14" rx="3" '
                f'fill="{RUNS}"/>'
            )
        return (
            f'<rect class="loop-pauses" x="{x}" y="{y + 4}" width="{wide}" height="14" rx="3" '
            f'fill="none" stroke="{RUNS}" stroke-width="1.5" stroke-dasharray="4 3"/>'
        )

    def _legend(self) -> Iterable[str]:
        yield _text(EDGE, self.height - 14, self.word("legend", "signs"), 11, QUIET, kind="loop-quiet")


def _text(
    x: int,
    y: int,
    text: str,
    size: int,
    colour: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    kind: str = "loop-ink",
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text class="{kind}" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"{weight} '
        f'fill="{colour}">{escape(text)}</text>'
    )


def _folded(text: str, wide: int, narrow: int) -> list[str]:
    """Two lines at most: cut between Chinese characters, or between words."""
    if text.isascii():
        words, lines = text.split(), [""]
        for one in words:
            if lines[-1] and len(lines[-1]) + len(one) >= narrow:
                lines.append(one)
            else:
                lines[-1] = f"{lines[-1]} {one}".strip()
        return lines[:3]
    return [text] if len(text) <= wide else [text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]]


def _width(text: str, size: int) -> int:
    """About how wide a line of bold letters is."""
    return round(sum(size * (0.62 if letter.isascii() else 1) for letter in text))


def _cut(text: str, most: float) -> str:
    """As much as fits into ``most`` times the size of the letters; Latin ones are about half as wide."""
    taken = 0.0
    for place, letter in enumerate(text):
        taken += 0.55 if letter.isascii() else 1
        if taken > most:
            return text[: place - 1] + "…"
    return text
