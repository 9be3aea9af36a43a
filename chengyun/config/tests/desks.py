"""People at their desks in a real browser: each in a window of their own, clicking and typing only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

BOXES = "textarea, input:not([type=radio], [type=checkbox])"
CASE = re.compile(r"/cases/([A-Z]{2}[0-9-]+)/")


@dataclass
class Desk:
    """One person's window. Labels and buttons are named as a reader sees them."""

    page: Page

    def go(self, line: str) -> None:
        """Follow a line of the rail."""
        self.page.locator("#rail").get_by_role("link", name=line).click()
        self.page.get_by_role("heading", level=1, name=line).wait_for()

    def open_from(self, worklist: str, title: str) -> None:
        """From 我的工作 into a work-list, and there the case of that title."""
        self.go("我的工作")
        self.page.get_by_label("工作列表").get_by_role("link", name=worklist).first.click()
        self.page.get_by_role("heading", level=1, name=worklist).wait_for()
        self.page.get_by_role("row", name=title).get_by_role("link").first.click()
        self.page.get_by_role("heading", level=1, name=title).wait_for()

    def open_case(self, number: str) -> None:
        """By its number in the search box, as on the telephone."""
        box = self.page.get_by_role("search").get_by_role("searchbox")
        box.fill(number)
        box.press("Enter")
        self.page.wait_for_url(re.compile(f"/(search|cases/{number})/"))
        if "/search/" in self.page.url:
            self.page.get_by_role("link", name=number).first.click()
        self.page.locator("#case-head", has_text=number).wait_for()

    def choose(self, verb: str) -> None:
        """Open the form of a verb beside the case."""
        self.page.locator("[data-verbs]").get_by_role("link", name=verb, exact=False).first.click()
        self.page.locator("#verb-form").get_by_role("heading", name=verb).wait_for()

    def fill(self, label: str, text: str) -> None:
        self.box(label).fill(text)

    def box(self, label: str) -> Locator:
        """The box to type into with that label."""
        return self.page.locator(BOXES).and_(self.page.get_by_label(label)).first

    def find_class(self, label: str, words: str, name: str) -> None:
        """Type into the box of the class and take the line of that name."""
        self.page.wait_for_load_state()  # what is typed before the page has its behaviours finds no list
        self.box(label).press_sequentially(words)
        self.page.locator("[data-picker] [role=option]", has_text=name).first.click()

    def pick(self, label: str, option: str) -> None:
        """Choose in a select box by a part of the option's text."""
        box = self.page.locator("#verb-form select").and_(self.page.get_by_label(label))
        value = box.locator("option", has_text=option).first.get_attribute("value")
        box.select_option(value)

    def tick(self, group: str, option: str) -> None:
        """Choose one of the radio buttons under a heading."""
        self.page.get_by_role("group", name=group).get_by_label(option, exact=True).check()

    def send(self, verb: str, then: str) -> None:
        """Press the form's button; the page that comes back shows the new state."""
        self.page.locator("#verb-form").get_by_role("button", name=verb).click()
        self.page.locator("#verb-form .verb").wait_for(state="detached")
        self.expect_state(then)

    def expect_state(self, state: str) -> None:
        """The pill beside the title."""
        self.page.locator("#case-head .pill", has_text=state).first.wait_for()

    @property
    def number(self) -> str:
        """The number of the case that is open."""
        found = CASE.search(self.page.url)
        assert found, f"no case is open: {self.page.url}"
        return found[1]


@dataclass
class Office:
    """The desks of a rehearsal district; a person who was there before still sits there, logged in."""

    browser: Browser
    address: str
    desks: dict[str, Desk] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def desk(self, username: str, width: int = 1440, height: int = 900) -> Desk:
        """The desk of a rehearsal account; at the first time the person logs in as the log-in page offers it."""
        if username not in self.desks:
            page = self._window(width, height)
            page.goto(self.address)
            for folded in page.locator("main details:not([open]) > summary").all():
                folded.click()
            page.get_by_role("button", name=username, exact=True).click()
            page.get_by_role("button", name="登录", exact=True).click()
            page.get_by_role("heading", level=1, name="我的工作").wait_for()
            self.desks[username] = Desk(page)
        return self.desks[username]

    def stranger(self, width: int, height: int) -> Page:
        """The window of somebody who has no account."""
        return self._window(width, height)

    def _window(self, width: int, height: int) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._note(said.text))
        return page

    def _note(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.faults.append(said)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
