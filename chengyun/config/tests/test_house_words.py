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
from chengyun.config.tests.sources import ROOT
from chengyun.kernel.labelled import Labelled

CHINESE = re.compile(r"[\u4e00-\u9fff]")


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


@pytest.mark.parametrize(("language", "begins"), [("zh-hans", "zh"), ("en", "en")])
@pytest.mark.django_db
def test_a_reader_gets_their_own_language(client, language: str, begins: str):
    page = client.get(reverse(settings.LOGIN_URL), headers={"accept-language": language}).content.decode()
    assert re.search(rf'<html[^>]* lang="{begins}', page)
