"""Fixtures of every room's tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """A test's changes are rolled back; what this process remembers of the tables goes with them."""
    from chengyun.geography import freshness
    from chengyun.organisation import version

    freshness.forget()
    version.forget()


@pytest.fixture(autouse=True)
def _fresh_worktime() -> None:
    """The same for the calendar and the limits."""
    from chengyun.worktime import freshness

    freshness.forget()


@pytest.fixture(autouse=True)
def _fresh_words() -> None:
    """The same for the rules of the loop and the words that a centre uses."""
    from chengyun.cases.labels import forget_labels
    from chengyun.cases.world import forget_rules

    forget_labels()
    forget_rules()


@pytest.fixture(autouse=True)
def _fresh_language() -> None:
    """Every test begins in Chinese, whatever the one before it asked a page for."""
    from django.utils import translation

    translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def _fresh_suggestions() -> None:
    """The same for the words and the model that suggest classes."""
    from chengyun.hotline.suggestions.classes.suggesting import forget

    forget()
