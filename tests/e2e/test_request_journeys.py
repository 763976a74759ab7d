"""Journey J2 in a real browser: a citizen asks, is told to correct once, corrects, downloads the reply."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import ROOT, running_demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

sync_api = pytest.importorskip("playwright.sync_api")

BARRIERS = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
FORM = "/shenqing/jiaoyuju/tianxie/"
PNG = {"name": "zheng.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 64}
WANTED = "霁川县2025年义务教育学校招生工作安排及学区划分依据"
# What the office does meanwhile at its desk.
OFFICE = """
import sys, django
django.setup()
from gongkai.law.procedure.states import Service
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.models import InfoRequest
from gongkai.web.inforequests.services import letters
from gongkai.web.inforequests.services.drafting import Draft
number, kind = sys.argv[1:]
case = InfoRequest.objects.get(number=number)
clerk, approver = (User.objects.get(username=name) for name in ("jingban", "shenpi"))
details = {
    "correction_notice": {"correction_items": "请写明是哪一学段的学区划分依据", "correction_days": 10},
    "granted.given": {"given": ("学区划分依据",), "delivery": "电子文本，随本答复提供"},
}[kind]
letter = letters.draft(case=case, kind=kind, content=Draft(details=details), by=clerk)
signer = clerk
if kind == "granted.given":
    letter, signer = letters.submit(letter=letter, by=clerk), approver
letter = letters.issue(letter=letter, by=signer)
letters.send(letter=letter, service=Service.IN_PERSON, by=clerk)
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give where the demonstration of these journeys keeps its data."""
    return tmp_path_factory.mktemp("requests")


@pytest.fixture(scope="module")
def site(directory: Path) -> Iterator[str]:
    """Give the address of a demonstration in which requests are made."""
    pytest.importorskip("django")
    with running_demo(directory) as address:
        yield address


def _office(directory: Path, number: str, kind: str) -> None:
    environment = os.environ | {
        "GONGKAI_DATA_DIR": str(directory / "data"),
        "DJANGO_SETTINGS_MODULE": "gongkai.web.config.settings",
    }
    command = [sys.executable, "-c", OFFICE, number, kind]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=120)


@pytest.fixture(params=[(1280, True), (390, True), (1280, False)], ids=["wide", "narrow", "without scripts"])
def citizen(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    """A citizen's window: wide, narrow, without scripts."""
    width, scripts = request.param
    context = chromium.new_context(
        base_url=site,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert complaints == []


def _is_open_to_all(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate(BARRIERS) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


def _filled_in(page: Page) -> None:
    page.goto(FORM)
    page.get_by_label("姓名", exact=True).fill("周晓岚")
    page.get_by_label("证件号码", exact=True).fill("11010119900307109X")
    page.get_by_label("联系电话", exact=True).fill("13900001234")
    page.get_by_label("所需的政府信息").fill(WANTED)
    page.get_by_role("button", name="下一步：核对").click()


def _sent(page: Page) -> tuple[str, str]:
    """Fill in, look over and send a request; return its number and code."""
    _filled_in(page)
    page.get_by_label("身份证明", exact=True).set_input_files(PNG)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/shenqing/huizhi/")
    number, code = page.locator(".slip dd").all_inner_texts()
    return number, code


def _entered(page: Page, number: str, code: str) -> None:
    page.goto("/shenqing/chaxun/")
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/shenqing/jindu/")


def test_asked_told_to_correct_corrected_and_answered(citizen: Page, directory: Path) -> None:
    page = citizen
    page.goto("/jiaoyuju/yishenqing/")
    page.get_by_role("link", name="向教育局提出申请").click()
    _is_open_to_all(page)
    page.get_by_role("link", name="我是公民，填写申请").click()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("link", name="姓名：请填写姓名").click()
    _is_open_to_all(page)
    assert page.evaluate("location.hash") == "#id_name"
    _filled_in(page)
    assert "2025年霁川县义务教育学校招生工作实施意见" in page.locator(".found").inner_text()
    _is_open_to_all(page)
    page.get_by_role("button", name="返回修改").click()
    assert page.get_by_label("所需的政府信息").input_value() == WANTED
    number, code = _sent(page)
    assert re.fullmatch(r"\d{4}-\d{3}-\d{5}", number)
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    _is_open_to_all(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="回执 PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="结束查询").click()

    _office(directory, number, "correction_notice")
    _entered(page, number, code.lower())
    assert page.get_by_role("heading", name="等您补正").is_visible()
    _is_open_to_all(page)
    page.get_by_role("link", name="补正申请").click()
    page.get_by_label("内容").fill("小学和初中两个学段都要")
    _is_open_to_all(page)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/shenqing/jindu/")
    assert "您补正了申请" in page.locator(".moments").inner_text()
    page.get_by_role("link", name="日期是怎么算的").click()
    assert page.get_by_role("heading", name="补正", exact=True).is_visible()
    assert page.locator(".days tbody tr").count() >= 20
    _is_open_to_all(page)

    _office(directory, number, "granted.given")
    _entered(page, number, code)
    assert page.get_by_role("heading", name="已答复：予以公开").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="政府信息公开申请答复书（PDF）").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_label("满意度").select_option("5")
    page.get_by_role("button", name="提交评价").click()
    assert page.get_by_text("感谢您的评价").is_visible()
    _is_open_to_all(page)
    assert not {"周晓岚", "11010119900307109X", code} & set(page.url.split("/"))


def test_taken_back_by_keyboard_alone(citizen: Page) -> None:
    page = citizen
    number, code = _sent(page)
    _entered(page, number, code)
    link = page.get_by_role("link", name="撤回申请")
    link.focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="确定撤回")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/shenqing/jindu/")
    assert page.get_by_role("heading", name="已撤回").is_visible()


@pytest.fixture
def terminal(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """A terminal in a service hall."""
    context = chromium.new_context(base_url=site, locale="zh-CN", viewport={"width": 1080, "height": 1600})
    yield context
    context.close()


def test_who_comes_next_to_the_terminal_finds_nothing(terminal: BrowserContext) -> None:
    page = terminal.new_page()
    page.goto("/zizhu/")
    page.get_by_role("button", name="开始使用").click()
    _filled_in(page)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/shenqing/huizhi/")
    _is_open_to_all(page)
    code = page.locator(".slip dd").nth(1).inner_text()
    page.get_by_role("button", name="结束使用").click()
    page.wait_for_url("**/zizhu/")
    for _ in range(4):
        # Of what was posted the browser has kept nothing: it asks whether to send it again.
        with contextlib.suppress(sync_api.Error):
            page.go_back()
        page.wait_for_load_state()
        shown = page.locator("body").inner_text() + page.content()
        assert code not in shown
        assert "11010119900307109X" not in shown
        assert "周晓岚" not in shown
