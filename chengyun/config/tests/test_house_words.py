"""Both languages, everywhere: coded values and texts."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

import chengyun
from chengyun.config.tests.sources import PACKAGE, ROOT, name, python_files
from chengyun.kernel.labelled import Labelled
from scripts.translations import KEYWORDS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKED = re.compile(r"""\b(?:_|n?p?gettext)\(\s*(?:"[^"]*"\s*,?\s*)+""")
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|//[^\n]*", re.DOTALL)
# The switch to Chinese is in Chinese; the map knows by this word that a name says already what it is.
SAID_AS_IS = re.compile("中文|示意")


def coded_values() -> list[type[Labelled]]:
    """Every Labelled type of the product, found by importing all of it."""
    for module in pkgutil.walk_packages(chengyun.__path__, "chengyun."):
        if not re.search(r"\.(tests|testing|migrations|management|wsgi)(\.|$)", module.name):
            importlib.import_module(module.name)
    found, waiting = [], [Labelled]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("chengyun.") and ".tests" not in kind.__module__:
                found.append(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def test_every_coded_value_has_both_languages():
    lacking = [
        f"{kind.__module__}.{kind.__name__}.{member.name}"
        for kind in coded_values()
        for member in kind
        if not _is_chinese(member.zh) or not member.en.strip() or CHINESE.search(member.en)
    ]
    assert not lacking


def _is_chinese(term: str) -> bool:
    """A Chinese term, or one that is the same in every language, such as 12345 or CSV."""
    return bool(CHINESE.search(term)) or bool(re.fullmatch(r"[0-9A-Z][0-9A-Z .+-]*", term))


def test_no_coded_value_is_a_single_letter():
    short = [
        f"{kind.__name__}.{member.name}"
        for kind in coded_values()
        for member in kind
        if len(member.value) < 2
    ]
    assert not short


def test_every_text_has_its_english():
    done = subprocess.run(
        [sys.executable, "scripts/translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_name_that_marks_a_text_is_known_to_the_extractor():
    unknown = [
        f"{name(path)}: {alias}"
        for path in python_files()
        for alias in re.findall(r"\bn?p?gettext(?:_lazy|_noop)? as (\w+)", path.read_text(encoding="utf-8"))
        if alias not in KEYWORDS
    ]
    assert not unknown


def test_no_page_speaks_past_the_catalogue():
    pages = [*PACKAGE.glob("*/jinja2/**/*.html"), *PACKAGE.glob("*/static/**/*.js")]
    bare = []
    for path in sorted(pages):
        if "vendor" in path.parts or path.name == "style.html":  # the page of patterns shows made-up data
            continue
        rest = SAID_AS_IS.sub("", MARKED.sub("", COMMENT.sub("", path.read_text(encoding="utf-8"))))
        bare += [f"{name(path)}: {line.strip()[:80]}" for line in rest.splitlines() if CHINESE.search(line)]
    assert not bare


@pytest.mark.parametrize(("language", "begins"), [("zh-hans", "zh"), ("en", "en")])
@pytest.mark.django_db
def test_a_reader_gets_their_own_language(client, language: str, begins: str):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse(settings.LOGIN_URL)).content.decode()
    assert re.search(rf'<html[^>]* lang="{begins}', page)
