"""Write docs/glossary.md: every coded value, verb, clock and post with its Chinese and English term.

`python scripts/glossary.py` writes it; `--check` only tells whether it is up to date (exit code 1 if not).
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
NOT_PRODUCT = re.compile(r"\.(tests|testing|migrations|management|wsgi|bench)(\.|$)")
HEAD = """# Glossary

Made by `python scripts/glossary.py` from the product's own words; edit those, not this file. *Value* is what stands in the
database and in the JSON interface, *where* the module that owns it. States and verbs may be renamed on screen by an
administrator; the terms here are those that are shipped.
"""


def coded_values() -> list[type[object]]:
    """Every ``Labelled`` type of the product, found by importing all of it."""
    import chengyun
    from chengyun.kernel.labelled import Labelled

    for module in pkgutil.walk_packages(chengyun.__path__, "chengyun."):
        if not NOT_PRODUCT.search(module.name):
            importlib.import_module(module.name)
    found: list[type[Labelled]] = []
    waiting: list[type[Labelled]] = [Labelled]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("chengyun.") and not NOT_PRODUCT.search(kind.__module__):
                found.append(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def of_values() -> Iterator[str]:
    """A table for each coded type, under its room."""
    room = ""
    for kind in coded_values():
        here = kind.__module__.split(".")[1]
        if here != room:
            room = here
            yield from ("", f"## {room}")
        about = (kind.__doc__ or "").strip().splitlines()
        yield from ("", f"### {kind.__name__}", "", f"{about[0] if about else ''} (`{kind.__module__}`)", "")
        members = ((f"`{one.value}`", one.zh, one.en) for one in kind)  # type: ignore[attr-defined]
        yield from table(("value", "中文", "English"), members)


def of_loops() -> Iterator[str]:
    """Verbs and clocks of each process."""
    from chengyun.cases.process import LOOPS
    from chengyun.organisation.posts import Post

    yield from ("", "## Verbs and clocks of the closed loop")
    for loop in LOOPS.values():
        yield from ("", f"### {loop.label} {loop.en}: verbs", "")
        verbs = (
            (
                f"`{verb.name}`",
                verb.label,
                verb.en,
                "、".join(dict.fromkeys(Post(who.post).zh for who in verb.who)),
            )
            for verb in loop.verbs
        )
        yield from table(("value", "中文", "English", "who"), verbs)
        yield from ("", f"### {loop.label} {loop.en}: clocks", "")
        clocks = (
            (
                f"`{timer.name}`",
                timer.label,
                timer.en,
                "、".join(state.zh for state in loop.states if state in timer.runs_in),
                "、".join(state.zh for state in loop.states if state in timer.pauses_in),
            )
            for timer in loop.timers
        )
        yield from table(("value", "中文", "English", "runs in", "pauses in"), clocks)


def text() -> str:
    """The whole glossary. Needs Django set up."""
    return "\n".join([HEAD.rstrip(), *of_loops(), *of_values()]) + "\n"


def main() -> int:
    """Write or check; the exit code says whether the file was up to date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing, say whether it is up to date")
    check = parser.parse_args().check

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
    django.setup()
    wanted = text()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    if check:
        print("docs/glossary.md is out of date: run `python scripts/glossary.py`")
        return 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
