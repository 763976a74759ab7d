"""Journey J3 in a real browser: a posted letter is registered, a third party heard, the period extended, the
reply drafted, signed by another and sent; its DOCX tells the right remedy. Once with the keyboard alone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import docx
import pytest
from tests.e2e.conftest import running_demo, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")

CLERK, APPROVER = "jingban", "shenpi"
DESK = "/admin/yishenqing/"
WANTED = "县城第二幼儿园食堂承包合同及招标评审报告"
THIRD = "霁川县鲜禾餐饮服务有限公司"
FIRST_REMEDY = "先向霁川县人民政府申请行政复议"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration in which cases are made."""
    pytest.importorskip("django")
    with running_demo(tmp_path_factory.mktemp("desk")) as address:
        yield address


def _registered(page: Page) -> str:
    """Register a letter that came by EMS; return the case's address."""
    page.goto(f"{DESK}dengji/")
    page.select_option("[name=channel]", "ems")
    page.fill("[name=wanted]", WANTED)
    page.select_option("[name=applicant_kind]", "natural_person")
    page.fill("[name=name]", "郑可为")
    page.fill("[name=phone]", "13900005678")
    page.fill("[name=address]", "霁川县城关镇文昌路8号")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile(rf"{DESK}\d+/$"))
    return re.sub(r"^https?://[^/]+", "", page.url)


def _draft(page: Page, case: str, kind: str, fill: Callable[[Page], None]) -> str:
    """Write a letter of a kind; return its address."""
    page.goto(f"{case}wenshu/{kind}/")
    fill(page)
    page.get_by_role("button", name="保存草稿并预览").click()
    page.wait_for_url(re.compile(rf"{DESK}wenshu/\d+/$"))
    return re.sub(r"^https?://[^/]+", "", page.url)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def _sent(page: Page, letter: str, way: str) -> None:
    page.goto(letter)
    page.get_by_label(way).check()
    _press(page, "登记发出")


def _text(data: bytes) -> str:
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_a_posted_request_is_handled_to_its_signed_reply(chromium: Browser, site: str) -> None:
    with window(chromium, site, CLERK) as clerk, window(chromium, site, APPROVER) as approver:
        case = _registered(clerk)
        assert "下一步" in clerk.content()

        def ask(page: Page) -> None:
            page.fill("[name=d_third_party]", THIRD)
            page.fill("[name=d_summary]", "幼儿园食堂承包合同和评审报告")

        letter = _draft(clerk, case, "third_party_letter", ask)
        _press(clerk, "签发")
        assert "公开征〔" in clerk.content()
        _sent(clerk, letter, "直接送达")
        clerk.goto(f"{case}banli/opinion/")
        clerk.select_option("[name=name]", THIRD)
        clerk.select_option("[name=opinion]", "objects")
        _press(clerk, "登记")

        def extend(page: Page) -> None:
            page.fill("[name=d_reasons]", "需要核对合同中的商业秘密")
            page.fill("[name=d_extension_days]", "10")

        letter = _draft(clerk, case, "extension_notice", extend)
        _press(clerk, "送审")
        assert clerk.get_by_role("button", name="签发", exact=True).count() == 0
        approver.goto(letter)
        _press(approver, "签发")
        _sent(clerk, letter, "直接送达")
        clerk.goto(case)
        assert "延长10个工作日" in clerk.content()

        def refuse_part(page: Page) -> None:
            page.fill("[name=d_given]", "食堂承包合同（隐去报价）")
            page.fill("[name=d_delivery]", "复印件，邮寄")
            page.fill("[name=part0]", "合同附件中的报价明细")
            page.select_option("[name=ground0]", "trade_secret")
            page.fill("[name=why0]", "属于商业秘密，第三方不同意公开，公开会损害其合法权益")

        letter = _draft(clerk, case, "partial", refuse_part)
        _press(clerk, "送审")
        approver.goto(letter)
        _press(approver, "签发")
        with clerk.expect_download() as download:
            clerk.goto(letter)
            clerk.get_by_role("link", name="下载 DOCX").click()
        text = _text(download.value.path().read_bytes())
        assert FIRST_REMEDY in text
        assert WANTED in text
        assert "公开答〔" in text
        _sent(clerk, letter, "邮寄")
        clerk.goto(case)
        assert "已办结" in clerk.content()
        assert "瑕疵" not in clerk.inner_text("main")


def test_the_keyboard_alone_registers_a_request(chromium: Browser, site: str) -> None:
    with window(chromium, site, CLERK, width=390) as page:
        page.goto(f"{DESK}dengji/")
        page.focus("[name=wanted]")
        page.keyboard.type("全县学校食堂食品安全检查结果")
        _tab_to(page, "name")
        page.keyboard.type("郑可为")
        _tab_to(page, "needs_help")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"{DESK}\d+/$"))
        assert "需要协助" in page.content()


def _tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('name')") == name:
            return
    pytest.fail(f"the keyboard does not get to {name}")
