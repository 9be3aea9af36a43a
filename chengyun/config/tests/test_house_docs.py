"""The documents: links lead somewhere, nothing of one machine is in them, lists are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chengyun.config.tests.sources import ROOT, name
from scripts import glossary

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = ROOT / "docs" / "decisions"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
OUTSIDE = re.compile(r"^(https?:|mailto:)")
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(work|tmp|root|home)/|[A-Z]:\\\\")


def links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [one or other for one, other in LINK.findall(text)]


def anchors(path: Path) -> set[str]:
    """The places in a document that a link may name, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path: Path):
    for link in links(path):
        if OUTSIDE.match(link):
            continue
        file, _, place = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link}: no such file"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        assert not place or place in anchors(target), f"{link}: no such heading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_nothing_of_one_machine_is_written_down(path: Path):
    found = OF_ONE_MACHINE.findall(path.read_text(encoding="utf-8"))
    assert not found, f"a path of one machine: {found}"


def test_every_document_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path)]
    lost = [name(path) for path in DOCUMENTS if path not in reached]
    assert not lost, f"no document leads to {lost}"


def test_the_list_of_decisions_is_whole_and_numbers_are_used_once():
    written = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    numbers = [one[:4] for one in written]
    assert len(set(numbers)) == len(numbers), f"one number twice: {numbers}"
    listed = [link for link in links(DECISIONS / "README.md") if re.match(r"\d", link)]
    assert listed == written


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=name)
def test_a_decision_says_what_and_why(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    assert "**Decided.**" in text


def test_the_glossary_is_up_to_date():
    shipped = glossary.TARGET.read_text(encoding="utf-8")
    assert shipped == glossary.text(), "run `python scripts/glossary.py`"
