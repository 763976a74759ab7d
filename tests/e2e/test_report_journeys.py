"""Journeys J7 with one file, in a real browser on the demonstration, and J8, in the shell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import ROOT, StartDemo, log_in

from gongkai.samples import make_series, plant, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

sync_api = pytest.importorskip("playwright.sync_api")

BODY = "霁川县教育局"
REASON = "已与该局核对台账，正文按受理口径填写"
SUPERVISOR = "zhuguan"
# The demonstration's own seed, so that the file sent in follows on from the report of the year before.
SEED = 711


def _open(chromium: Browser, address: str, **context: object) -> Page:
    """Open a window at the site's door; an error in any page's script ends the test."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"} | context
    page = chromium.new_context(base_url=address, **options).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script broke: {error}"))
    return page


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    """A window on the demonstration that all tests share: nothing is registered in it."""
    page = _open(chromium, demo)
    yield page
    page.context.close()


def _faulty_report(directory: Path) -> Path:
    """Write the body's next report, in which one number of the prose and one sum are wrong."""
    *_, last, report = make_series(SEED, BODY, range(2022, 2026))
    for fault in ("prose_number", "column_sum"):
        report = plant(report, fault, SEED, last).report
    path = directory / "教育局2025年报.docx"
    path.write_bytes(render(report, "docx_merged", SEED).data)
    return path


def _send_in(page: Page, path: Path) -> None:
    page.get_by_role("link", name="年度报告").first.click()
    page.get_by_role("link", name="登记报告").click()
    page.set_input_files("input[name=file]", path)
    page.get_by_role("button", name="上传并识读").click()
    page.wait_for_url("**/dengji/*/")
    expect = sync_api.expect
    expect(page.locator("#id_agency option:checked")).to_have_text(BODY)
    expect(page.locator("#id_year")).to_have_value("2025")
    page.get_by_role("button", name="登记并核查").click()
    page.wait_for_url("**/admin/nianbao/*/")


def _review(page: Page) -> Locator:
    """Follow a finding to its cell and back, dismiss it with a reason, confirm another; return the first."""
    expect = sync_api.expect
    sums = page.locator(".gk-card", has_text="RQ02").first
    prose = page.locator(".gk-card", has_text="NR01").first
    card = prose.bounding_box()
    quoted = page.locator(f"#q{prose.get_attribute('data-f')} + .gk-q").bounding_box()
    assert card["x"] > quoted["x"] and abs(card["y"] - quoted["y"]) < 600, "the card is not beside its words"

    prose.locator("a.gk-chip").last.click()
    cell = page.locator("td:target")
    expect(cell).to_be_visible()
    cell.locator("a.gk-ref").first.click()
    expect(page.locator(".gk-card:target")).to_be_visible()

    address = prose.locator("form").get_attribute("action")
    prose.get_by_text("排除…").click()
    prose.get_by_role("textbox").fill(REASON)
    prose.get_by_role("button", name="确定排除").click()
    dismissed = page.locator(f'.gk-card:has(form[action="{address}"])')
    expect(dismissed).to_contain_text(REASON)
    sums.get_by_role("button", name="属实").click()
    expect(page.locator(".gk-tabs")).to_contain_text("属实 1")
    expect(page.locator(".gk-tabs")).to_contain_text("已排除 1")
    return dismissed


def _audit_again(page: Page, dismissed: Locator) -> None:
    total = page.locator(".gk-card").count()
    page.get_by_role("button", name="重新核查").click()
    sync_api.expect(page.locator(".messages")).to_contain_text("已重新核查")
    sync_api.expect(page.locator(".gk-tabs")).to_contain_text("已排除 1")
    sync_api.expect(dismissed).to_contain_text(REASON)
    assert page.locator(".gk-card").count() == total


def _publish(page: Page) -> None:
    desk = page.url
    page.get_by_role("link", name="公开…").click()
    sync_api.expect(page.get_by_role("button", name="确认公开")).to_be_visible()
    owned = page.get_by_role("checkbox")
    if owned.count():
        owned.check()
    page.get_by_role("button", name="确认公开").click()
    page.wait_for_url(desk)
    page.get_by_role("link", name="查看公开页").click()
    sync_api.expect(page.get_by_role("heading", level=1)).to_contain_text(f"{BODY}2025年")
    assert page.locator("table").count() == 3
    assert REASON not in page.content()
    assert page.locator("a[rel=prev]").count() == 1


def test_a_supervisor_sends_in_a_report_reviews_its_findings_and_publishes_it(
    chromium: Browser, start_demo: StartDemo, tmp_path: Path
) -> None:
    with start_demo() as address:
        page = _open(chromium, address)
        log_in(page, SUPERVISOR)
        _send_in(page, _faulty_report(tmp_path))
        dismissed = _review(page)
        _audit_again(page, dismissed)
        _publish(page)
        page.context.close()


def _choose_by_keyboard(page: Page, file: Path) -> None:
    """Reach the field by Tab from the link before it, see the label lit, and open the chooser by Space."""
    field, label = page.locator("input[name=file]"), page.locator(".gk-choose")
    transparent = "rgba(0, 0, 0, 0)"
    sync_api.expect(label).to_have_text("选择文件")
    sync_api.expect(field).to_have_css("color", transparent)
    # Listening from before the first key: the browser is told to hand the chooser over in good time.
    with page.expect_file_chooser() as chooser:
        field.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        sync_api.expect(field).to_be_focused()
        sync_api.expect(label).to_have_css("outline-style", "solid")
        page.keyboard.press("Space")
    chooser.value.set_files(file)


def test_the_file_is_chosen_by_a_chinese_label(page: Page, tmp_path: Path) -> None:
    log_in(page, SUPERVISOR)
    page.goto("/admin/nianbao/dengji/")
    note = tmp_path / "便条.txt"
    note.write_text("今天下午开会。", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_text("选择文件").click()
    chooser.value.set_files(note)
    sync_api.expect(page.locator(".gk-drop-name")).to_contain_text("便条.txt")
    page.reload()
    _choose_by_keyboard(page, note)
    sync_api.expect(page.locator(".gk-drop-name")).to_contain_text("便条.txt")


def test_a_colleagues_decision_in_another_window_is_told(chromium: Browser, start_demo: StartDemo) -> None:
    with start_demo() as address:
        page = _open(chromium, address)
        log_in(page, SUPERVISOR)
        page.goto("/admin/nianbao/?findings=errors&year=2024")
        page.locator(".gk-list a").first.click()
        page.wait_for_selector(".gk-card")
        other = page.context.new_page()
        other.goto(page.url)
        other.locator(".gk-card").first.get_by_role("button", name="属实").click()
        sync_api.expect(other.locator(".gk-card.gk-is-confirmed")).to_have_count(1)
        page.locator(".gk-card").first.get_by_role("button", name="属实").click()
        sync_api.expect(page.locator(".messages")).to_contain_text("已有处理（属实）")
        page.context.close()


def test_the_desk_works_without_scripts(chromium: Browser, start_demo: StartDemo, tmp_path: Path) -> None:
    with start_demo() as address:
        page = _open(chromium, address, java_script_enabled=False)
        log_in(page, SUPERVISOR)
        page.goto("/admin/nianbao/dengji/")
        note = tmp_path / "便条.txt"
        note.write_text("今天下午开会。", encoding="utf-8")
        _choose_by_keyboard(page, note)
        page.get_by_role("button", name="上传并识读").click()
        sync_api.expect(page.get_by_role("alert")).to_contain_text("便条.txt")
        page.goto("/admin/nianbao/?findings=open")
        page.locator(".gk-list a").first.click()
        page.locator(".gk-card").first.get_by_role("button", name="属实").click()
        sync_api.expect(page.locator(".gk-card.gk-is-confirmed").first).to_be_visible()
        page.context.close()


def test_findings_are_walked_by_keyboard_and_light_up_with_their_cells(page: Page) -> None:
    expect = sync_api.expect
    log_in(page, SUPERVISOR)
    page.goto("/admin/nianbao/?findings=errors&year=2024")
    page.locator(".gk-list a").first.click()
    expect(page.get_by_role("button", name="下一个")).to_be_visible()
    first, second = page.locator(".gk-card").nth(0), page.locator(".gk-card").nth(1)
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    tied = page.locator(".gk-card", has=page.locator("a[href^='#q']")).filter(
        has=page.locator("a[href^='#t3']")
    )
    card = tied.first
    number = card.get_attribute("data-f")
    card.hover()
    expect(page.locator(f".gk-mark[data-f~='{number}']").first).to_have_class(re.compile("is-lit"))
    expect(page.locator(f"td[data-f~='{number}']").first).to_have_class(re.compile("is-lit"))


def test_a_file_can_be_dropped_on_the_upload_page(page: Page) -> None:
    log_in(page, SUPERVISOR)
    page.goto("/admin/nianbao/dengji/")
    dropped = page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["今天开会。"], "便条.txt", { type: "text/plain" }));
            return files;
        }"""
    )
    page.dispatch_event(".gk-drop", "drop", {"dataTransfer": dropped})
    sync_api.expect(page.locator(".gk-drop-name")).to_contain_text("便条.txt")
    page.get_by_role("button", name="上传并识读").click()
    sync_api.expect(page.get_by_role("alert")).to_contain_text("便条.txt")


def test_pages_fit_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, SUPERVISOR)
    page.goto("/admin/nianbao/?findings=open")
    addresses = ["/nianbao/", "/admin/nianbao/", page.locator(".gk-list a").first.get_attribute("href")]
    page.goto("/nianbao/")
    addresses.append(page.locator(".years a").first.get_attribute("href"))
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        frames = page.locator(".gk-table-frame")
        for i in range(frames.count()):
            assert frames.nth(i).evaluate("f => f.scrollWidth - f.clientWidth") <= 0, address


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    """A folder as it comes: two years of one body, the newer with faults, and a broken file."""
    folder = tmp_path / "年报"
    (folder / "教育").mkdir(parents=True)
    last, report = make_series(SEED, BODY, (2023, 2024))
    (folder / "教育" / "2023.html").write_bytes(render(last, "html_portal", SEED).data)
    report = plant(report, "column_sum", SEED, last).report
    report = plant(report, "prose_number", SEED, last).report
    (folder / "教育" / "2024.docx").write_bytes(render(report, "docx_merged", SEED).data)
    (folder / "坏文件.docx").write_bytes(b"PK\x03\x04 cut short")
    return folder


def _audit(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gongkai.cli", "audit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


def test_an_inspector_audits_a_folder_of_strangers_reports(strangers: Path) -> None:
    told = _audit(strangers)
    assert told.returncode == 2, told.stderr
    assert "坏文件.docx" in told.stdout + told.stderr and "Traceback" not in told.stderr
    assert "2024年" in told.stdout and "2023年" in told.stdout
    assert "【" in told.stdout and "《" in told.stdout

    audits = json.loads(_audit(strangers, "--format", "json").stdout)
    newer = next(a for a in audits if a.get("year") == 2024)
    assert {"RQ02", "NR01"} <= {f["code"] for f in newer["findings"]}
    assert newer["last"].endswith("2023.html")


def test_the_inspectors_page_opens_in_a_browser_by_itself(
    chromium: Browser, strangers: Path, tmp_path: Path
) -> None:
    report = tmp_path / "audit.html"
    _audit(strangers, "--format", "html", "--output", report)
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    sync_api.expect(page.locator("body")).to_contain_text("RQ02")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
