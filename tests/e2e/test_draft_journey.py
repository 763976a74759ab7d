"""A report drafted from its records, audited, approved by others, published, and its files taken away."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import StartDemo, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")

CLERK, REVIEWER, APPROVER = "jingban", "shenhe", "shenpi"
BODY = "霁川县教育局"
WORDS = "招生季以前把学区、学位和收费信息按学校归并公开，逐条核对来源和期限。"


def _open(page: Page) -> None:
    page.goto("/admin/nianbao/qicao/")
    page.get_by_role("link", name=BODY).first.click()
    page.wait_for_url(re.compile(r"/admin/nianbao/qicao/\d+/$"))


def _a_number_opens_down_to_its_requests(page: Page) -> None:
    """From the sentence to the cell, from the cell to as many requests as it says."""
    expect = sync_api.expect
    fact = page.locator("#s-overview a.gk-fact[title='新收申请']").first
    number = int(fact.inner_text())
    fact.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("本年新收政府信息公开申请数量")
    page.get_by_role("link", name="查看统计的记录").click()
    expect(page.locator("main tbody tr")).to_have_count(number)


def _write_what_is_wanting(page: Page) -> None:
    """Insert a field by a click, replace the cues, save, and explain what is left."""
    expect = sync_api.expect
    _open(page)
    problems = page.locator("textarea[name=problems]")
    for area in page.locator("textarea[data-gk-text]").all():
        area.fill(re.sub(r"\{请[^{}]*\}", WORDS, area.input_value()))
    problems.press("Control+End")
    problems.press_sequentially("本年新收")
    page.locator("[data-gk-fields] > summary").click()
    page.get_by_label("查找字段").fill("新收申请")
    page.get_by_role("button", name="新收申请", exact=True).click()
    problems.press_sequentially("件。")
    page.get_by_role("button", name="保存并核查").first.click()
    expect(page.locator(".messages")).to_contain_text("已保存")
    expect(page.locator("#s-problems .gk-prose").last).to_contain_text(re.compile(r"本年新收\d+件。"))
    cards = page.locator(".gk-card.gk-error.gk-is-open")
    for left in range(cards.count(), 0, -1):
        card = cards.first
        card.locator("summary", has_text="说明").click()
        card.locator("textarea").fill("已核对原始记录")
        card.get_by_role("button", name="保存说明").click()
        expect(cards).to_have_count(left - 1)


def _step(page: Page, label: str) -> None:
    _open(page)
    page.locator(".gk-step > summary", has_text=label).first.click()
    page.get_by_role("button", name=f"确定{label}").click()
    sync_api.expect(page.locator(".messages")).to_contain_text(f"已{label}")


def _publish(page: Page) -> None:
    _open(page)
    page.get_by_role("link", name="公开…").click()
    sync_api.expect(page.get_by_role("button", name="确认公开")).to_be_visible()  # `all` waits for nothing
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.locator("main form button[type=submit]").click()
    sync_api.expect(page.locator(".messages")).to_contain_text("已公开")


def _files(page: Page) -> dict[str, bytes]:
    _open(page)
    page.locator("details.gk-menu > summary", has_text="下载").click()
    files = {}
    for kind in ("DOCX", "PDF"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        files[kind] = Path(download.value.path()).read_bytes()
    return files


def test_a_report_is_drafted_audited_approved_by_others_and_published(
    chromium: Browser, start_demo: StartDemo
) -> None:
    with start_demo() as address:
        with window(chromium, address, CLERK) as page:
            _open(page)
            _a_number_opens_down_to_its_requests(page)
            _write_what_is_wanting(page)
            _step(page, "送审")
        with window(chromium, address, REVIEWER) as page:
            _step(page, "审核通过")
        with window(chromium, address, APPROVER) as page:
            _step(page, "审定")
            _publish(page)
            files = _files(page)
        with window(chromium, address) as page:
            page.goto("/nianbao/")
            year = page.get_by_role("link", name=re.compile("年$")).first
            sync_api.expect(year).to_be_visible()
    assert WORDS[:12] in zipfile.ZipFile(BytesIO(files["DOCX"])).read("word/document.xml").decode()
    assert files["PDF"].startswith(b"%PDF")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_a_draft_fit_the_window(chromium: Browser, demo: str, width: int) -> None:
    with window(chromium, demo, CLERK, width) as page:
        _open(page)
        draft = page.url
        for way in ("", "danyuange/t3.new.total/", "koujing/", "../"):
            page.goto(f"{draft}{way}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, way
