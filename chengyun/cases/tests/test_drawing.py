"""The drawings of the processes: complete, up to date in docs/loops, and shown with the centre's own words."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from chengyun.cases.commands_draw import draw_loops, drawings
from chengyun.cases.drawing.picture import picture
from chengyun.cases.drawing.sheet import ways_of
from chengyun.cases.drawing.words import given_words
from chengyun.cases.labels import forget_labels
from chengyun.cases.models import Label
from chengyun.cases.process import LOOPS
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

DOCS = Path(__file__).resolve().parents[3] / "docs" / "loops"


@pytest.mark.parametrize("path", [path for path, _text in drawings(DOCS)], ids=lambda path: path.name)
def test_the_docs_are_up_to_date(path: Path):
    assert path.read_text("utf-8") == dict(drawings(DOCS))[path], "run `chengyun draw-loops`"


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_every_step_is_drawn(loop):
    drawn = {(source, way.verb.name, way.target or source) for way in ways_of(loop) for source in way.sources}
    assert drawn == {(str(step.source), step.verb, str(step.target)) for step in loop.steps}


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_the_picture_is_well_formed_and_names_everything(loop):
    text = picture(loop, given_words(loop))
    root = ElementTree.fromstring(text)
    words = "".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    for named in (*(verb.label for verb in loop.verbs), *(timer.label for timer in loop.timers)):
        assert named in words
    assert all(state.zh in words for state in loop.states)
    assert "style" not in text  # the content policy of pages forbids it


def test_words_are_escaped():
    loop = LOOPS["grid"]
    text = picture(loop, lambda thing, name: '<b>"&')
    ElementTree.fromstring(text)
    assert "<b>" not in text


def test_the_command_writes_and_checks(tmp_path: Path):
    folder = tmp_path / "loops"
    assert CliRunner().invoke(draw_loops, ["--to", str(folder), "--check"]).exit_code == 1
    assert CliRunner().invoke(draw_loops, ["--to", str(folder)]).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "grid.md",
        "grid.svg",
        "hotline.md",
        "hotline.svg",
    ]
    assert CliRunner().invoke(draw_loops, ["--to", str(folder), "--check"]).exit_code == 0
    (folder / "grid.svg").write_text("old")
    said = CliRunner().invoke(draw_loops, ["--to", str(folder), "--check"])
    assert said.exit_code == 1
    assert "grid.svg" in said.output


@pytest.mark.django_db
def test_the_page_speaks_as_the_centre_does(client: Client):
    people.enter(client, people.person("alice", Post.INTAKE))
    assert "派遣" in client.get("/processes/").content.decode()
    Label.objects.create(process="grid", thing="state", name="checking", zh="现场复核")
    forget_labels()
    page = client.get("/processes/grid/").content.decode()
    assert "现场复核" in page
    assert "<svg" in page
    assert client.get("/processes/nothing/").status_code == 404
