"""Scripts of the shell in a real browser, on the page of parts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.one_database  # scripts on pages


@pytest.fixture
def parts(live_server, page, settings):
    settings.DEBUG = True  # the page of parts is open then; the live server reads the same settings
    page.goto(f"{live_server.url}/ui/style/")
    page.wait_for_load_state("networkidle")
    return page


def test_rows_walk_and_tick_by_keyboard(parts):
    parts.keyboard.press("j")
    parts.keyboard.press("j")
    parts.keyboard.press("x")
    row = parts.locator("tr[data-row]").nth(1)
    assert row.get_attribute("aria-selected") == "true"
    assert parts.locator("[data-bulk-count]").inner_text() == "已选 1 条"


def test_a_column_put_away_stays_away(parts):
    parts.locator("[data-columns] summary").click()
    parts.locator("[data-columns-panel] label", has_text="地点").click()
    parts.reload()
    parts.wait_for_load_state("networkidle")
    assert parts.locator("th[data-col=place]").is_hidden()
    assert parts.locator("th[data-col=unit]").is_visible()


def test_what_was_typed_comes_back_until_it_is_dropped(parts):
    parts.fill("textarea[name=reason]", "请今日到场")
    parts.reload()
    parts.wait_for_load_state("networkidle")
    assert parts.input_value("textarea[name=reason]") == "请今日到场"
    parts.locator(".draft button").click()
    parts.reload()
    parts.wait_for_load_state("networkidle")
    assert parts.input_value("textarea[name=reason]") == ""


def test_a_dangerous_verb_asks_and_escape_keeps_everything(parts):
    parts.locator("button.btn-danger[data-confirm]").click()
    dialog = parts.locator("#confirm")
    assert dialog.is_visible()
    assert "来电人会收到短信" in dialog.inner_text()
    parts.keyboard.press("Escape")
    assert dialog.is_hidden()


def test_dark_mode_is_kept(parts):
    parts.locator("[data-theme-toggle]").click()
    parts.reload()
    assert parts.locator("html").get_attribute("data-bs-theme") == "dark"


def test_nothing_sticks_out_on_a_phone(parts):
    parts.set_viewport_size({"width": 360, "height": 740})
    assert parts.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing(parts, axe_violations, width):
    parts.set_viewport_size({"width": width, "height": 800})
    assert axe_violations(parts) == []
