"""Journey J7 in a real browser: a superior's January. Twelve reports in five formats are sent in and read by
a job; one is returned with a letter, the rest are accepted and summed, a cell is opened to its addends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import running_demo, window

from gongkai.report.schema import CellId
from gongkai.samples import make_report, plant, render
from gongkai.samples.collection import LAYOUTS
from gongkai.samples.variations import KEEPING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")

SUPERVISOR, CLERK = "zhuguan", "jingban"
COUNTY = "霁川县"
OWN, RETURNED = f"{COUNTY}人民政府", f"{COUNTY}教育局"
MEMBERS = (
    "人民政府办公室", "发展和改革局", "教育局", "公安局", "自然资源局", "市场监督管理局", "卫生健康局",
    "财政局", "栖桐镇人民政府", "映荷街道办事处",
)  # fmt: skip
SEED = 11
NEW = CellId(3, "new", "total")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration in which reports are collected."""
    pytest.importorskip("django")
    with running_demo(tmp_path_factory.mktemp("january")) as address:
        yield address


def _files(directory: Path, year: int) -> tuple[list[Path], dict[str, int]]:
    """Write twelve reports: the members', the county's own, and one of the year before; and what to add."""
    reports = [make_report(SEED, COUNTY + name, year) for name in MEMBERS]
    reports[2] = plant(reports[2], "column_sum", SEED).report
    new = {each.agency: each.number(NEW) for each in reports}
    reports += [make_report(SEED, OWN, year), make_report(SEED, COUNTY + MEMBERS[0], year - 1)]
    paths = []
    for number, report in enumerate(reports):
        drawn = render(report, LAYOUTS[number % len(LAYOUTS)], SEED + number, variations=KEEPING)
        suffix = drawn.name.rpartition(".")[2]
        paths.append(directory / f"{number + 1:02d}-{report.agency}{report.year}.{suffix}")
        paths[-1].write_bytes(drawn.data)
    return paths, new


def _fits(page: Page) -> None:
    """No page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def _prints_whole(page: Page) -> None:
    """Nothing is cut off on paper: the page is as high as what stands on it."""
    page.emulate_media(media="print")
    cut = page.evaluate(
        "document.querySelector('.gk-desk').getBoundingClientRect().bottom"
        " - document.documentElement.getBoundingClientRect().bottom"
    )
    page.emulate_media(media="screen")
    assert cut <= 0, f"{cut} px of {page.url} would not be printed"


def _accept(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="接收", exact=True).click()
    accepted, asked = page.get_by_text(f"已接收{name}的报告"), page.get_by_label("我已了解，仍然接收")
    accepted.or_(asked).first.wait_for()
    if asked.count():
        asked.check()
        page.get_by_role("button", name="接收", exact=True).click()
    accepted.wait_for()
    _fits(page)
    page.get_by_role("link", name=re.compile(r"^\d{4} 年度$")).click()


@pytest.mark.parametrize(("width", "year"), [(1280, 2025), (390, 2021)])
def test_twelve_reports_come_in_and_are_summed(
    chromium: Browser, site: str, tmp_path: Path, width: int, year: int
) -> None:
    paths, new = _files(tmp_path, year)
    with window(chromium, site, SUPERVISOR, width) as page:
        page.goto("/admin/nianbao/baosong/")
        _fits(page)
        page.get_by_role("link", name="发起报送").first.click()
        page.select_option("[name=year]", str(year))
        page.fill("[name=due_on]", f"{year + 1}-01-31")
        assert page.locator("[name=members]:checked").count() == len(MEMBERS)
        _fits(page)
        page.get_by_role("button", name="发起报送").click()
        page.get_by_text(f"已发起 {year} 年度报告的报送").wait_for()
        board = page.url

        page.get_by_role("link", name="批量上传").click()
        page.set_input_files("input[name=file]", paths)
        _fits(page)
        page.get_by_role("button", name="上传", exact=True).click()
        page.locator("progress").wait_for()
        page.get_by_text("12 个文件处理完毕：已报送 10 个，待认领 2 个").wait_for(timeout=120_000)
        _fits(page)
        unsure = page.locator(".gk-claims")
        assert "这是汇总机关自己的报告" in unsure.inner_text()
        assert f"文件中写的年度是 {year - 1} 年" in unsure.inner_text()
        unsure.locator("li", has_text=f"{OWN}{year}").get_by_role("button", name="认领并报送").click()
        page.get_by_text(f"已作为{OWN}的报告办理").wait_for()
        page.get_by_role("button", name="放弃", exact=True).click()

        page.goto(board)
        _fits(page)
        line = page.locator("tr", has=page.get_by_role("link", name=RETURNED, exact=True))
        assert "错误" in line.inner_text()
        page.get_by_role("link", name=RETURNED, exact=True).click()
        page.get_by_text("退回修改", exact=True).click()
        page.fill("[name=reason]", "合计与分项不一致，请核对。")
        page.fill("[name=due_on]", "2099-02-10")
        page.get_by_role("button", name="退回并发出通知").click()
        page.get_by_text("退回通知已送达").wait_for()
        with page.expect_download() as letter:
            page.get_by_role("link", name="DOCX").first.click()
        assert letter.value.suggested_filename.startswith("关于退回修改霁川县教育局")
        _fits(page)

        page.goto(board)
        for name in MEMBERS:
            if COUNTY + name != RETURNED:
                _accept(page, COUNTY + name)
        page.get_by_role("link", name="汇总", exact=True).click()
        sync_api.expect(page.locator("main")).to_contain_text("没有计入的单位（1）")
        _fits(page)
        expected = sum(number for name, number in new.items() if name != RETURNED)
        cell = page.locator(f"td[id='{NEW}'] a")
        assert cell.inner_text() == str(expected)
        page.get_by_role("button", name="确定汇总数").click()
        page.get_by_label("我已了解，仍按现在的数汇总").check()
        page.get_by_role("button", name="确定汇总数").click()
        page.get_by_text("此后没有变化").wait_for()
        _prints_whole(page)
        cell.click()
        page.locator(".gk-total").wait_for()
        addends = page.locator(".gk-addends tbody td.gk-num").all_inner_texts()
        assert sum(map(int, addends)) == expected and len(addends) == len(MEMBERS) - 1
        _fits(page)

    with window(chromium, site, CLERK, width) as page:
        page.goto("/admin/nianbao/baosong/")
        page.get_by_role("link", name=f"{year} 年", exact=True).click()
        sync_api.expect(page.locator("main")).to_contain_text("合计与分项不一致，请核对。")
        _fits(page)
