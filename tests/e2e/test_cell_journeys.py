"""A supervisor settles the cells that nobody could read, by mouse and by keyboard, and corrects one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import StartDemo, log_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")

SUPERVISOR = "zhuguan"
# The demonstration's report with mistyped numbers.
BODY = "霁川县教育局"


def _open_report(chromium: Browser, address: str, **context: object) -> Page:
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"} | context
    page = chromium.new_context(base_url=address, **options).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script broke: {error}"))
    log_in(page, SUPERVISOR)
    page.goto("/admin/nianbao/?findings=illegible&year=2024")
    page.get_by_role("link", name=BODY).click()
    page.wait_for_url("**/admin/nianbao/*/")
    return page


def _count(page: Page, selector: str) -> int:
    return int(page.locator(f"{selector} b").inner_text())


def _settle_and_correct_without_scripts(chromium: Browser, address: str) -> None:
    """Settle one cell, correct another, see the sums fail, and take both back."""
    expect = sync_api.expect
    page = _open_report(chromium, address, java_script_enabled=False)
    page.locator(".gk-open .gk-choice").first.click()
    expect(page.locator("#doubts-title")).to_contain_text("待确认单元格 2 格")
    page.get_by_text("更正识读有误的单元格").click()
    page.get_by_label("哪一格").select_option("t3.granted.natural_person")
    page.get_by_role("button", name="查看这一格").click()
    page.locator("#correct").get_by_label("更正为").fill("9")
    page.locator("#correct").get_by_label("理由").fill("原件为 9")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.locator(".gk-decided-cells")).to_contain_text("更正为 9")
    expect(page.locator(".gk-off")).to_contain_text("不符")
    for left in (1, 0):
        page.locator(".gk-decided-cells > summary").click()
        page.locator(".gk-decided-cells").get_by_role("button").first.click()
        expect(page.locator(".gk-decided-cells li")).to_have_count(left)
    page.context.close()


def _settle_with_scripts(chromium: Browser, address: str) -> None:
    """Settle three cells, by mouse, by keyboard and in writing, and find them again after a reload."""
    expect = sync_api.expect
    page = _open_report(chromium, address)
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    cells, held = page.locator(".gk-open .gk-cell"), _count(page, ".gk-held")
    expect(cells).to_have_count(3)

    first, second = (cells.nth(n).get_attribute("id") for n in (0, 1))
    cells.first.locator(".gk-choice.is-fit").click()
    expect(cells).to_have_count(2)
    expect(page.locator(f"[id='{first.removeprefix('c-')}']")).to_contain_class("gk-how-settled")
    assert _count(page, ".gk-held") > held
    expect(page.locator(f"[id='{second}']")).to_be_focused()

    held = _count(page, ".gk-held")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    expect(cells.first.locator("[data-gk-key='1']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cells).to_have_count(1)
    assert _count(page, ".gk-held") > held

    page.keyboard.press("Enter")
    page.keyboard.type("2x")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("“2x”不是数")
    expect(cells).to_have_count(1)
    cells.first.locator("[name=other]").fill("2")
    page.keyboard.press("Enter")
    expect(cells).to_have_count(0)
    expect(page.locator(".gk-wait", has_text="待确认")).to_have_count(0)
    assert loads == [], "the page was loaded anew"

    page.reload()
    expect(page.locator("#doubts-title")).to_have_text("没有待确认的单元格")
    expect(page.locator(".gk-how-settled .gk-by-hand")).to_have_count(3)
    page.get_by_role("button", name="撤销对").first.click()
    expect(cells).to_have_count(1)
    expect(cells.first).to_be_focused()
    page.context.close()


def test_cells_are_settled_without_scripts_and_with_them_while_the_sums_follow(
    chromium: Browser, start_demo: StartDemo
) -> None:
    with start_demo() as address:
        _settle_and_correct_without_scripts(chromium, address)
        _settle_with_scripts(chromium, address)


def test_the_cells_fit_a_phone(chromium: Browser, demo: str) -> None:
    page = _open_report(chromium, demo, viewport={"width": 390, "height": 844})
    for query in ("", "?cell=t3.granted.natural_person"):
        page.goto(page.url.split("?")[0] + query)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.evaluate("scrollTo(1000, 0)")
        assert page.evaluate("scrollX") == 0
    page.context.close()
