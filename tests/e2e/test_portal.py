"""The portal in a real browser: wide and narrow, by keyboard, in large type, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGES = (
    "/",
    "/jiaoyuju/",
    "/jiaoyuju/zhinan/",
    "/shichangjianguanju/neirong/",
    "/jiaoyuju/nianbao/",
    "/qitongzhen/yishenqing/",
    "/xianzhengfu/neirong/xinxi-1/",
    "/sousuo/?q=供水",
    "/meiyou/",
    "/nianbao/",
    "/nianbao/jiaoyuju/",
    "/nianbao/jiaoyuju/2023/",
)
WIDTHS = (1280, 390)
LARGE = {"name": "zihao", "value": "da"}

# Text against the nearest painted background; gradients count as the colour given with them.
CONTRASTS = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const gradient = style.backgroundImage.match(/rgb\\([^)]*\\)/g);
      if (gradient) return parse(gradient[gradient.length - 1]);
      const colour = parse(style.backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) found.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""
# Links inside a sentence are exempt (WCAG 2.2, 2.5.8); so is what is hidden until it has the focus.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
  .filter(element => element.checkVisibility() && !element.closest('p, .prose, dd, .skip, .visually-hidden'))
  .filter(element => element.offsetWidth < 24 || element.offsetHeight < 24)
  .map(element => element.textContent.trim() || element.name)"""


@pytest.fixture(params=WIDTHS)
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A window as wide as a desk or a pocket."""
    opened = chromium.new_context(viewport={"width": request.param, "height": 800}, locale="zh-CN")
    yield opened
    opened.close()


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def _overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(context: BrowserContext, demo: str, path: str) -> None:
    page = _open(context, demo + path)
    assert _overflow(page) == 0
    context.add_cookies([{**LARGE, "url": demo}])
    page.reload()
    assert page.locator("html.large").count() == 1
    assert _overflow(page) == 0


@pytest.mark.parametrize("path", PAGES)
def test_text_stands_out_and_targets_can_be_hit(context: BrowserContext, demo: str, path: str) -> None:
    page = _open(context, demo + path)
    assert page.evaluate(CONTRASTS) == []
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_nobody_else_and_breaks_no_rule(context: BrowserContext, demo: str, path: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(demo + path)
    assert [url for url in asked if not url.startswith((demo, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []


def test_the_first_tab_skips_to_the_content(context: BrowserContext, demo: str) -> None:
    page = _open(context, f"{demo}/jiaoyuju/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到主要内容"
    box = skip.bounding_box()
    assert box is not None and box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('content').contains(document.activeElement)")


def test_the_focus_is_always_seen(context: BrowserContext, demo: str) -> None:
    page = _open(context, demo)
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2


def test_large_type_works_without_scripts_and_lasts(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = _open(context, f"{demo}/jiaoyuju/zhinan/")
    before = page.locator("main p, main dd").first.bounding_box()
    page.get_by_role("button", name="大字版").click()
    assert page.url == f"{demo}/jiaoyuju/zhinan/"
    after = page.locator("main p, main dd").first.bounding_box()
    assert before is not None and after is not None and after["height"] > before["height"]
    page.goto(demo)
    page.get_by_role("button", name="恢复标准字号").click()
    assert page.get_by_role("button", name="大字版").is_visible()
    context.close()


def test_a_citizen_finds_a_policy_by_a_word_in_its_text_and_downloads_it(
    chromium: Browser, demo: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = _open(context, demo)
    page.get_by_role("searchbox").fill("末梢水")
    page.get_by_role("button", name="检索", exact=True).click()
    page.get_by_role("link", name="霁川县农村供水管理办法").click()
    assert page.locator("h1").inner_text() == "霁川县农村供水管理办法"
    assert "澄政规〔2024〕1号" in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="霁川县农村供水管理办法（文本）").click()
    assert "末梢水" in download.value.path().read_text(encoding="utf-8")
    context.close()


def test_a_reader_goes_from_the_front_page_to_a_bodys_report(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = _open(context, demo)
    page.locator("#jiguan").get_by_role("link", name="教育局").click()
    page.get_by_role("link", name="政府信息公开年报").first.click()
    page.locator("main").get_by_role("link", name="2023年").first.click()
    assert "霁川县教育局2023年政府信息公开工作年度报告" in page.locator("h1").inner_text()
    context.close()


def test_the_back_office_asks_nobody_else(chromium: Browser, demo: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{demo}/admin/")
    page.get_by_label("用户名").fill("jingban")
    page.get_by_label("密码").fill("Gongkai-2025")
    page.get_by_role("button", name="登录").click()
    page.get_by_role("navigation", name="快捷入口").get_by_role("link", name="依申请公开").click()
    assert page.get_by_role("heading", level=1).inner_text().strip() == "依申请公开"
    page.goto(f"{demo}/admin/pages/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((demo, "data:", "blob:"))] == []
    assert complaints == []
    context.close()
