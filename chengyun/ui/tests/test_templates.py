"""House rules for the templates, styles and scripts of every room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

PACKAGE = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(PACKAGE.glob("*/jinja2/**/*.html"))
SCRIPTS = sorted(path for path in PACKAGE.glob("*/static/**/*.js") if "vendor" not in path.parts)
SPRITE = PACKAGE / "ui" / "static" / "vendor" / "icons.svg"


def _name(path):
    return str(path.relative_to(PACKAGE))


def _without_comments(path):
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_it_parses(path):
    engines["jinja2"].env.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_the_policy_forbids_inline_script_and_style(path):
    text = _without_comments(path)
    assert not re.findall(r"<style\b", text, re.IGNORECASE)
    assert not re.findall(r"<[^>]*\sstyle\s*=", text, re.IGNORECASE)
    assert not re.findall(r"<[^>]*\s(?:on\w+|hx-on[:\w-]*)\s*=", text, re.IGNORECASE)
    assert not re.findall(r"javascript:", text, re.IGNORECASE)
    without_source = [
        tag for tag in re.findall(r"<script\b[^>]*>", text, re.IGNORECASE) if " src=" not in tag
    ]
    assert [tag for tag in without_source if 'type="application/json"' not in tag] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_it_calls_nothing_from_other_machines(path):
    text = _without_comments(path)
    assert not re.findall(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_its_icons_are_in_the_sprite(path):
    there = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    asked = set(re.findall(r"icon\(\"([\w-]+)\"", path.read_text(encoding="utf-8")))
    assert asked - there == set(), "add the name to scripts/vendor/icons.txt and run scripts/vendor_assets.py"


@pytest.mark.parametrize("path", SCRIPTS, ids=_name)
def test_scripts_evaluate_no_text(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]|document\.write\(", text)


def test_the_lock_file_names_no_registry():
    lock = PACKAGE.parent / "scripts" / "vendor" / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")
