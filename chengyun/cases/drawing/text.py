"""A process as Markdown: what its drawing shows, in tables that can be searched. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from chengyun.cases.drawing.sheet import Word, asked, ways_of, who_may
from chengyun.kernel.loop import Loop


def text(loop: Loop, word: Word) -> str:
    """The whole page."""
    parts = [
        f"# {loop.en} ({loop.label})",
        "",
        f"Made by `chengyun draw-loops` from `chengyun/cases/process/{loop.name}.py`; a test holds it up to date. "
        "Words in brackets are the names in the code; what a centre calls them can be set on the page 用语.",
        "",
        f"![{loop.en}]({loop.name}.svg)",
        "",
        "## States",
        "",
        *_table(("State", "Name", "", "Clocks running", "Clocks paused"), _states(loop, word)),
        "",
        "## Verbs",
        "",
        *_table(
            ("Verb", "From → to", "Who", "Must be filled in", "May be filled in", "What comes next"),
            _verbs(loop, word),
        ),
        "",
        "## Clocks",
        "",
        "How long each may take is a dated row of the table of limits, not part of the process.",
        "",
        *_table(("Clock", "Name", "Runs in", "Pauses in", "Begins anew with"), _clocks(loop, word)),
    ]
    return "\n".join(parts) + "\n"


def _states(loop: Loop, word: Word) -> Iterable[tuple[str, ...]]:
    ends = {str(end) for end in loop.ends}
    for state in (str(one) for one in loop.states):
        runs, pauses = loop.timers_in[state]
        where = "start" if state in {str(one) for one in loop.starts} else "end" if state in ends else ""
        yield (
            word("state", state),
            f"`{state}`",
            where,
            _listed(word("timer", one.name) for one in loop.timers if one.name in runs),
            _listed(word("timer", one.name) for one in loop.timers if one.name in pauses),
        )


def _verbs(loop: Loop, word: Word) -> Iterable[tuple[str, ...]]:
    by_verb: dict[str, list[str]] = {}
    for way in ways_of(loop):
        line = _listed(word("state", source) for source in way.sources)
        line = f"{line} → {word('state', way.target)}" if way.target else f"{line} (stays)"
        by_verb.setdefault(way.verb.name, []).append(
            f"{line}, if {word('when', way.when)}" if way.when else line
        )
    for verb in loop.verbs:
        must, may = asked(verb, word)
        yield (
            f"{word('verb', verb.name)} (`{verb.name}`)",
            "<br>".join(by_verb[verb.name]),
            _listed(who_may(verb, word)),
            _listed(must),
            _listed(may),
            word("ask", verb.note),
        )


def _clocks(loop: Loop, word: Word) -> Iterable[tuple[str, ...]]:
    for timer in loop.timers:
        yield (
            word("timer", timer.name),
            f"`{timer.name}`",
            _listed(word("state", str(one)) for one in loop.states if one in timer.runs_in),
            _listed(word("state", str(one)) for one in loop.states if one in timer.pauses_in),
            _listed(word("verb", one.name) for one in loop.verbs if one.name in timer.renewed_by),
        )


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
