"""Running text: wrapped lines joined to paragraphs, white space taken out, sections told by their headings."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from chengyun.budget.check.source import Line, Place

# What begins a paragraph of its own whatever stood before.
_STARTS = re.compile(
    r"^([-•]\s*)?([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|\d{1,2}(?:、|[.．](?!\d)))"
)
_ENDS = "。；：！？:;"
# Sections by a word of their heading.
SECTIONS = {
    "duties": r"主要职能|主要职责",
    "organisation": r"机构设置",
    "terms": r"名词解释",
    "narrative": r"预算编制说明|预算安排情况说明|收支情况说明|(部门|单位)预算(情况)?说明",
    "other": r"其他相关情况说明|其他情况说明|其他重要事项(的?情况)?(说明)?",
    "projects": r"项目经费情况说明|项目情况说明",
}


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``text`` has no white space and half-width digits, ``raw`` stands as written."""

    text: str
    raw: str
    section: str
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.places[0]

    def at(self, offset: int) -> Place:
        """Where the character at an offset of ``text`` stands."""
        return self.places[max(0, bisect_right(self.starts, offset) - 1)]


def clean(text: str) -> str:
    """White space out, full-width digits, letters, per cent and points between digits as half-width."""
    out = "".join(
        unicodedata.normalize("NFKC", char) if char.isalnum() or char in "％＋－＜＞＝" else char
        for char in text
    )
    out = re.sub(r"\s+", "", out)
    return re.sub(
        r"(?<=\d)[，](?=\d{3}(?!\d))|(?<=\d)[．](?=\d)", lambda m: {"，": ",", "．": "."}[m[0]], out
    )


def width(text: str) -> int:
    """Columns that a text takes: a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def section_of(text: str) -> str | None:
    """The section that a heading opens, or None."""
    short = re.sub(r"^([-\s]*[一二三四五六七八九十]+、)", "", text)
    if len(short) > 50 or re.search(r"[。；，：:…]|\.{3}", short) or short.endswith("见"):
        return None
    return next((name for name, word in SECTIONS.items() if re.search(f"({word})$", short)), None)


def paragraphs(runs: list[list[Line]]) -> list[Paragraph]:
    """Join the lines of each run (lines without a table between) to paragraphs."""
    longest = max((width(line.text) for run in runs for line in run if not line.whole), default=0)
    section = ""
    found: list[Paragraph] = []
    for run in runs:
        previous: Line | None = None
        for line in run:
            opened = section_of(clean(line.text))
            if opened:
                section = opened
            if previous is not None and not opened and _goes_on(previous, line, longest):
                _append(found[-1], line)
            else:
                found.append(Paragraph("", "", section))
                _append(found[-1], line)
            previous = None if opened else line
    return found


def _goes_on(previous: Line, line: Line, longest: int) -> bool:
    if previous.whole or line.whole:
        return False
    text = line.text.strip()
    if text[:1] in "。；，、）》”！？":
        return True
    before = previous.text.rstrip()
    if _STARTS.match(text):
        return before[-1:] not in _ENDS + "，" and width(before) >= 0.88 * longest
    if before[-1:] in _ENDS:
        # A full line that happens to end a sentence: rather one paragraph too few than one torn apart.
        return width(before) >= 0.88 * longest
    unclosed = before.count("（") > before.count("）") or before.count("“") > before.count("”")
    return unclosed or width(before) >= 0.6 * longest


def _append(paragraph: Paragraph, line: Line) -> None:
    paragraph.starts.append(len(paragraph.text))
    paragraph.places.append(line.place)
    paragraph.text = clean(paragraph.text + line.text) if paragraph.text else clean(line.text)
    paragraph.raw += line.text
