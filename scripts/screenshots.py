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
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from chengyun.config.testing.browser import FLAGS, chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
DESK, PHONE = (1440, 900), (390, 844)
MOST_BYTES = 200_000
CALLER = "19900001003"  # has reported on the public's pages of the rehearsal district before


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


def filled(page: Page, **said: str) -> None:
    """Type into the boxes of those labels."""
    for label, text in said.items():
        boxes = page.locator("textarea, input:not([type=radio], [type=checkbox])")
        boxes.and_(page.get_by_label(label)).first.fill(text)


def an_order(page: Page) -> None:
    """A call that is noted by hand, and its order as somebody would type it; it is not sent."""
    page.get_by_label("来电号码").fill(CALLER)
    page.locator("main").get_by_role("button", name="新来电").click()
    page.locator("#part-caller", has_text="来电").wait_for()
    page.wait_for_load_state("networkidle")
    page.get_by_role("group", name="诉求类型").get_by_label("投诉", exact=True).check()
    filled(
        page,
        来电人="赵演练",
        标题="流动摊贩又占了人行道",
        经过与诉求="每天傍晚流动摊贩占了人行道，推婴儿车只能走马路，希望有人来管。",
        事发地址="友谊路街道友谊路1600弄门口",
    )
    page.get_by_role("heading", level=1).click()
    page.locator("[data-address-said]", has_text="识别").wait_for()
    page.locator("#suggest-units").wait_for()
    page.locator("#earlier .found-list").wait_for()


def side_by_side(page: Page) -> None:
    """The same order, and the possible repeat beside it."""
    an_order(page)
    page.wait_for_timeout(2_000)  # the suggestions to the last word have come; what is opened stays open
    page.get_by_role("button", name="对照").first.click()
    page.locator("#suggest-beside :is(table, dl)").first.wait_for()
    page.locator("#suggest-repeats").evaluate("part => part.scrollIntoView()")


def an_emergency(page: Page) -> None:
    """An order whose words point to a line of the decision table."""
    page.wait_for_load_state("networkidle")
    filled(page, 联系电话="13900001234", 标题="楼里燃气泄漏", 经过与诉求="三楼有燃气味，有人头晕。")
    page.get_by_role("button", name="适用这一条").first.click()
    page.select_option("#id_emergency_line", "119")
    page.fill("#id_told", "三方通话转接，119 已接警。")
    page.locator(".desk-decision").evaluate("part => part.scrollIntoView()")


def first_of_queue(page: Page) -> None:
    """Open the first line of a queue."""
    page.locator("main a[data-open]").first.click()
    page.wait_for_url("**/RX*/")


def first_with_hints(page: Page) -> None:
    """Open the first answer of the queue that the product has something to say about."""
    first_of_queue(page)
    while not page.locator(".handling-hints").count():
        page.get_by_role("link", name="下一件").click()
        page.wait_for_load_state()


def an_answer(page: Page) -> None:
    """The form of the answer, with the drafts open."""
    first_case(page)
    page.locator("[data-verbs]").get_by_role("link", name="提交答复").click()
    form = page.locator("#verb-form .verb")
    form.wait_for()
    page.get_by_role("group", name="处理结果").get_by_label("实际解决", exact=True).check()
    page.get_by_text("用答复模板").click()
    page.get_by_role("button", name="套用").first.wait_for()
    page.get_by_label("答复要点").evaluate("part => part.scrollIntoView()")


def next_budget(page: Page) -> None:
    """Next year's budget, begun from the published one, with two amounts typed."""
    if not page.get_by_role("link", name="2025", exact=True).count():
        page.get_by_role("link", name="从 2024 年编制下年").click()
        page.get_by_role("button", name="确定").click()
    else:
        page.get_by_role("link", name="2025", exact=True).click()
    page.get_by_role("heading", level=1, name="2025 年部门预算").wait_for()
    for label, amount in (("30108 机关事业单位基本养老保险缴费", "850000"), ("30201 办公费", "60000")):
        with page.expect_response("**/amounts/**"):
            page.get_by_label(label, exact=True).fill(amount)
            page.keyboard.press("Enter")
    page.evaluate("window.scrollTo(0, 0)")


def its_charts(page: Page) -> None:
    """Its plots."""
    next_budget(page)
    page.get_by_role("link", name="图表").click()
    page.locator("[data-plot] canvas").first.wait_for()


def a_publication(page: Page) -> None:
    """The files of the published year, made and checked; they are not published here."""
    page.get_by_role("link", name="2024", exact=True).click()
    for stage in ("调整", "批复"):
        page.get_by_role("link", name="阶段变更").click()
        page.get_by_label("下一阶段").select_option(label=stage)
        if stage == "批复":
            yesterday = datetime.now(tz=ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)
            page.get_by_label("批复日期").fill(yesterday.isoformat())
        page.get_by_role("button", name="确定").click()
    page.get_by_role("link", name="公开", exact=True).click()
    page.get_by_role("button", name="确定").click()
    page.get_by_text("全部文件核对通过").wait_for()


PICTURES = (
    Picture("log-in", "", "/log-in/"),
    Picture("home", "shift1", "/"),
    Picture("list", "dispatcher1", "/lists/dispatch/"),
    Picture("case", "shift1", "/lists/audit/", first_case),
    Picture("dispatch", "dispatcher1", "/lists/dispatch/", first_case_with_form),
    Picture("register", "intake1", "/hotline/calls/", an_order),
    Picture("repeat", "intake1", "/hotline/calls/", side_by_side),
    Picture("emergency", "intake1", "/hotline/register/", an_emergency),
    Picture("knowledge", "intake1", "/hotline/knowledge/?q=居住证到期了到哪里去办"),
    Picture("answer", "unit-youyilu", "/lists/in-hand/", an_answer),
    Picture("audit", "shift1", "/hotline/audits/", first_with_hints),
    Picture("callback", "callback1", "/hotline/callbacks/", first_of_queue),
    Picture("search", "dispatcher1", "/search/?q=井盖"),
    Picture("map", "dispatcher1", "/geography/"),
    Picture("calendar", "admin1", "/worktime/calendar/"),
    Picture("process", "shift1", "/processes/hotline/"),
    Picture("budget", "budget1", "/budget/", next_budget),
    Picture("budget-charts", "budget1", "/budget/", its_charts),
    Picture("budget-publishing", "budget1", "/budget/", a_publication),
    Picture("phone-report", "inspector1", "/patrol/report/", size=PHONE),
    Picture("phone-citizen", "", "/citizen/", size=PHONE),
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
