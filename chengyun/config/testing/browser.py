"""Fixtures that drive the machine's own Chromium through Playwright, against pytest-django's live server."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--headless",
    "--no-sandbox",  # tests may run as root, where Chromium's sandbox refuses
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
REQUIRED = "CHENGYUN_TEST_BROWSER"  # "required": a missing browser is a failure, not a skip


def chromium() -> str | None:
    """Where Chromium is: the variable CHENGYUN_BROWSER, else the search path."""
    named = os.environ.get("CHENGYUN_BROWSER")
    if named:
        return named
    # The headless shell does the same with a little more than half of the work.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the browser is marked so, and skipped with a reason where there is none."""
    missing = chromium() is None
    for item in items:
        if "browser" not in getattr(item, "fixturenames", ()):
            continue
        item.add_marker(pytest.mark.browser)
        if missing and os.environ.get(REQUIRED) != "required":
            item.add_marker(
                pytest.mark.skip(reason="no Chromium; on Debian: apt-get install chromium fonts-noto-cjk")
            )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    assert path is not None, "no Chromium; on Debian: apt-get install chromium fonts-noto-cjk"
    # Playwright keeps an event loop in this thread, and Django would refuse to use its database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page, 1440 by 900, in Chinese, Shanghai time. An error of script on it fails the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(10_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if _is_breach(said.text) else None)
    yield opened
    context.close()
    if "live_server" in request.fixturenames:
        _let_the_server_finish()
    assert not faults, f"the page complained: {faults}"


def _let_the_server_finish() -> None:
    """Wait until nothing is at work for a page that has closed: what it still asked for, such as keeping a draft,
    and the emptying of PostgreSQL's tables after the test would wait for each other.
    """
    from django.db import connection

    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _look in range(50 if connection.vendor == "postgresql" else 0):
        time.sleep(0.1)
        with connection.cursor() as cursor:
            cursor.execute(f"{busy} AND state <> 'idle'")
            if cursor.fetchone() == (0,):
                return


def _is_breach(text: str) -> bool:
    return "Content Security Policy" in text or "Content-Security-Policy" in text


@pytest.fixture
def axe_violations() -> Callable[[Page], list[str]]:
    """A function: the accessibility faults of the page as it stands, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    def look(seen: Page) -> list[str]:
        # Without preloading axe fetches nothing, so that the page's own content policy has nothing to forbid.
        found = (
            Axe().run(seen, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
        )
        return [
            f"{fault['id']}: {fault['help']} ({node['target']})" for fault in found for node in fault["nodes"]
        ]

    return look
