"""Take the pictures of docs/screenshots/ from a running rehearsal district.

    chengyun up                                             in one window
    python scripts/screenshots.py http://127.0.0.1:8000     in another

Needs Chromium. Every picture is reduced to 256 colours; one that is still larger than 200 kB is an error.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from chengyun.config.testing.browser import FLAGS, chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
DESK, PHONE = (1440, 900), (390, 844)
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Picture:
    """One picture: whose screen, which address, and what to do there before it is taken."""

    name: str
    who: str
    path: str
    before: Callable[[Page], None] = lambda _page: None
    size: tuple[int, int] = DESK


def first_case(page: Page) -> None:
    """Open the first case of the list."""
    page.locator("[data-row] a, .hand-line").first.click()
    page.locator("#case-head").wait_for()


def first_case_with_form(page: Page) -> None:
    """Open the first case, and the form of its usual next step."""
    first_case(page)
    page.locator("[data-verbs] .verb-primary a").first.click()
    page.locator("#verb-form .verb").wait_for()


def an_order(page: Page) -> None:
    """Fill in a new order as somebody would on the telephone; it is not sent."""
    page.get_by_role("group", name="诉求类型").get_by_label("求助", exact=True).check()
    for label, text in (
        ("联系电话", "13900001234"),
        ("来电人", "王女士"),
        ("经过与诉求", "三号楼道灯坏了一周，晚上老人上下楼看不清，希望尽快修好。"),
        ("事发地址", "友谊路街道友谊路1600弄3号"),
        ("标题", "友谊路 1600 弄 3 号楼道灯不亮"),
    ):
        page.locator("textarea, input:not([type=radio], [type=checkbox])").and_(
            page.get_by_label(label)
        ).first.fill(text)
    page.get_by_role("heading", level=1).click()
    page.locator("[data-address-said]", has_text="识别").wait_for()


PICTURES = (
    Picture("log-in", "", "/log-in/"),
    Picture("home", "shift1", "/"),
    Picture("list", "dispatcher1", "/lists/dispatch/"),
    Picture("case", "shift1", "/lists/audit/", first_case),
    Picture("dispatch", "dispatcher1", "/lists/dispatch/", first_case_with_form),
    Picture("register", "intake1", "/hotline/register/", an_order),
    Picture("search", "dispatcher1", "/search/?q=井盖"),
    Picture("map", "dispatcher1", "/geography/"),
    Picture("calendar", "admin1", "/worktime/calendar/"),
    Picture("process", "shift1", "/processes/hotline/"),
    Picture("phone-report", "inspector1", "/patrol/report/", size=PHONE),
    Picture("phone-case", "unit-youyilu", "/lists/in-hand/", first_case, size=PHONE),
)


def log_in(page: Page, address: str, who: str) -> None:
    """As the log-in page of a rehearsal district offers it."""
    page.goto(f"{address}/log-in/")
    page.locator(f"[data-demo-username={who}]").evaluate("button => button.click()")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", level=1, name="我的工作").wait_for()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Take one picture and write it."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    if picture.who:
        log_in(page, address, picture.who)
    page.goto(address + picture.path)
    picture.before(page)
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    shot = page.screenshot(animations="disabled", caret="hide")
    context.close()
    small = Image.open(io.BytesIO(shot)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    target = FOLDER / f"{picture.name}.png"
    small.save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.name}: {size // 1000} kB", flush=True)
    if size > MOST_BYTES:
        raise SystemExit(f"{target.name} is larger than {MOST_BYTES // 1000} kB")


def main() -> int:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="where the product runs, such as http://127.0.0.1:8000")
    parser.add_argument("names", nargs="*", help=f"only these: {', '.join(one.name for one in PICTURES)}")
    arguments = parser.parse_args()
    if chromium() is None:
        parser.error("no Chromium; on Debian: apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in PICTURES if not arguments.names or one.name in arguments.names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for picture in wanted:
            take(browser, arguments.address.rstrip("/"), picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
