"""Journeys J1 and J4 in a real browser: a policy is found and taken home; one is made and repealed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from tests.e2e.conftest import running_demo, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")

DRAFTER, SECRECY, INITIAL, SECOND, FINAL = "jingban", "baomi", "shenhe", "fushen", "shenpi"
TITLE = "霁川县中小学研学旅行安全管理办法"
NUMBER = "澄教规〔2024〕8号"
# Before the document that will repeal it.
MADE_ON = "2024-09-02"
# It stands in the text only.
WORD = "随车护学员"
CELLS = (("年级", "带队人数"), ("一至三年级", "每十五人一名"), ("四至九年级", "每二十人一名"))
REPEALED_BY = "霁川县校外培训机构预收费管理规定"
MARK = "废止"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration in which documents are made."""
    pytest.importorskip("django")
    with running_demo(tmp_path_factory.mktemp("journeys")) as address:
        yield address


@pytest.fixture
def reader(chromium: Browser, site: str) -> Iterator[Page]:
    """A citizen's window."""
    with window(chromium, site) as page:
        yield page


# Reading


def _search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="检索", exact=True).click()


def _facts(page: Page) -> dict[str, str]:
    rows = page.locator(".facts > div").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}


def _downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path().read_bytes()


def _words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def _words_of_pdf(data: bytes) -> str:
    """Return the text of all pages without the line ends that typesetting put in."""
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", "", text)


def test_a_policy_is_found_by_a_word_of_its_body_and_taken_home(reader: Page) -> None:
    _search(reader, "末梢水")
    hit = reader.locator(".entries li", has_text="霁川县农村供水管理办法")
    sync_api.expect(hit.locator("mark").first).to_have_text("末梢水")
    hit.get_by_role("link").click()
    facts = _facts(reader)
    assert re.fullmatch(r"[0-9A-Z]{18}/2024-\d{5}", facts["索引号"])
    assert (facts["文号"], facts["成文日期"], facts["有效性"]) == ("澄政规〔2024〕1号", "2024-05-20", "有效")
    sync_api.expect(reader.locator("h1 .tag")).to_have_count(0)
    for words in (
        _words_of_docx(_downloaded(reader, "下载 Word 文档")),
        _words_of_pdf(_downloaded(reader, "下载排版文件")),
    ):
        assert "霁川县农村供水管理办法" in words
        assert "澄政规〔2024〕1号" in words
        assert "每季检测末梢水" in words


def test_a_policy_is_found_by_a_word_of_its_attachment(reader: Page) -> None:
    _search(reader, "鹰嘴岩")
    reader.locator(".entries a").first.click()
    sync_api.expect(reader.locator(".prose")).not_to_contain_text("鹰嘴岩")
    assert "鹰嘴岩" in _downloaded(reader, "重点隐患点一览").decode()


# Writing and reviewing


def _draft(page: Page, title: str) -> None:
    """Write a normative document with a table in the body's policy column, and submit it."""
    page.goto("/admin/pages/")
    column = page.locator("main").get_by_role("link", name="政策文件", exact=True).get_attribute("href")
    page.goto(column.replace("/edit/", "/add_subpage/"))
    page.fill("[name=title]", title)
    page.fill("[name=document_number]", NUMBER)
    page.fill("[name=made_on]", MADE_ON)
    page.select_option("[name=article20_item]", "1")
    page.select_option("[name=normative_kind]", "normative")
    page.fill("[name=abstract]", "规定研学旅行的报备、用车、带队人数和保险。")
    _add_piece(page, "文字")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type(f"学校组织研学旅行，应当提前五个工作日报备，每车配备{WORD}一名。")
    _add_piece(page, "表格")
    _fill_table(page)
    page.get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name="提交审核").click()
    sync_api.expect(page.locator(".messages")).to_contain_text("审核")


def _add_piece(page: Page, name: str) -> None:
    page.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def _fill_table(page: Page) -> None:
    head, *rows = CELLS
    for _ in head:
        page.locator("[data-append-column]").click()
        page.get_by_role("button", name="单元格").click()
    while page.locator("[name$='-cell-0-0'], [name$='-cell-1-0']").count() < len(rows):
        page.locator("[data-add-row]").click()
    page.locator("[name$='-value-caption']").fill("带队人数")
    for column, words in enumerate(head):
        page.locator(f"[name$='-column-{column}-heading']").fill(words)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            page.locator(f"[name$='-cell-{number}-{column}']").fill(words)


def _open_review(page: Page, title: str) -> None:
    page.goto("/admin/shenhe/")
    page.get_by_role("link", name=title).click()


def _pass(page: Page, step: str) -> None:
    sync_api.expect(page.get_by_role("heading", name=f"{step}意见")).to_be_visible()
    proofread = page.get_by_role("checkbox", name="已校对全文")
    if proofread.count():
        proofread.check()
    page.get_by_role("button", name="通过", exact=True).click()
    sync_api.expect(page.locator(".rv-trail > li").last).to_contain_text(f"{step} 通过")


def _review(chromium: Browser, site: str) -> None:
    """Let three people pass the first three steps."""
    with window(chromium, site, SECRECY) as page:
        _open_review(page, TITLE)
        _pass(page, "保密审查")
    with window(chromium, site, INITIAL) as page, window(chromium, site, SECOND) as other:
        _open_review(page, TITLE)
        _pass(page, "初审")
        _open_review(other, TITLE)
        _pass(other, "复审")


def _repeal(page: Page) -> None:
    """Record the repeal on the staff form; the first try lacks the confirmation."""
    page.goto("/admin/xiaoli/")
    page.get_by_role("link", name=TITLE).click()
    page.select_option("[name=act]", "repealed")
    page.fill("[name=on]", page.evaluate("new Date().toLocaleDateString('sv')"))
    page.fill("[name=through]", REPEALED_BY)
    page.get_by_role("button", name="登记").click()
    sync_api.expect(page.locator("form.pol-form")).to_contain_text("请核对后勾选")
    page.check("[name=sure]")
    page.get_by_role("button", name="登记").click()
    sync_api.expect(page.locator(".messages")).to_contain_text("已登记：废止")


def _json(page: Page, address: str) -> dict[str, object]:
    return page.request.get(address).json()


def _atom_entry(page: Page) -> ElementTree.Element:
    feed = ElementTree.fromstring(page.request.get(f"/atom.xml?q={quote(WORD)}").body())
    (entry,) = feed.findall(f"{ATOM}entry")
    return entry


def _line(page: Page, address: str) -> str:
    """Return what a list says of the document."""
    page.goto(address)
    line = page.locator("main li", has=page.get_by_role("link", name=TITLE))
    sync_api.expect(line).to_have_count(1)
    return line.inner_text()


PLACES = ("/jiaoyuju/zhengce/", f"/sousuo/?q={quote(WORD)}", "/zhengce/?jigou=jiaoyuju")


def _check_published(page: Page) -> str:
    """Find the new document wherever it should be; return its address."""
    for place in PLACES:
        assert MARK not in _line(page, place)
    page.get_by_role("link", name=TITLE).click()
    facts = _facts(page)
    assert (facts["文号"], facts["有效性"]) == (NUMBER, "有效")
    assert re.fullmatch(r"[0-9A-Z]{18}/\d{4}-\d{5}", facts["索引号"])
    rows = page.locator(".prose table tr").all()
    assert tuple(tuple(row.locator("th, td").all_inner_texts()) for row in rows) == CELLS
    (item,) = _json(page, f"/api/v1/documents?q={quote(WORD)}")["items"]
    assert item["index_number"] == facts["索引号"]
    assert _json(page, f"/api/v1/documents/{facts['索引号']}")["validity"]["label"] == "有效"
    assert _atom_entry(page).find(f"{ATOM}link").get("href") == page.url
    return page.url


def _check_repealed(page: Page, address: str) -> None:
    """Find the mark on the page, in lists, downloads, the feed, the interface, and where it comes from."""
    for place in PLACES:
        assert MARK in _line(page, place)
    page.goto(address)
    sync_api.expect(page.locator("h1 .tag")).to_have_text(MARK)
    sync_api.expect(page.locator(".notice")).to_contain_text(f"依据{REPEALED_BY}")
    facts = _facts(page)
    assert facts["有效性"] == MARK
    assert MARK in _words_of_docx(_downloaded(page, "下载 Word 文档"))
    assert MARK in _words_of_pdf(_downloaded(page, "下载排版文件"))
    assert _json(page, f"/api/v1/documents/{facts['索引号']}")["validity"]["value"] == "repealed"
    assert MARK in "".join(_atom_entry(page).itertext())
    page.locator(".notice").get_by_role("link", name=REPEALED_BY).click()
    changed = page.locator("section", has=page.get_by_role("heading", name="本文件修改、废止的文件"))
    sync_api.expect(changed.locator("li", has_text=TITLE).locator(".tag")).to_have_text(MARK)


def test_a_document_is_written_reviewed_published_and_marked_everywhere_once_repealed(
    chromium: Browser, site: str, reader: Page
) -> None:
    with window(chromium, site, DRAFTER) as page:
        _draft(page, TITLE)
    _review(chromium, site)
    assert _json(reader, f"/api/v1/documents?q={quote(WORD)}")["count"] == 0
    with window(chromium, site, FINAL) as page:
        _open_review(page, TITLE)
        _pass(page, "终审")
        address = _check_published(reader)
        _repeal(page)
    _check_repealed(reader, address)


def test_nobody_takes_two_steps_of_one_review(chromium: Browser, site: str) -> None:
    title = f"{TITLE}（试行）"
    with window(chromium, site, DRAFTER) as page:
        _draft(page, title)
    with window(chromium, site, SECRECY) as page:
        _open_review(page, title)
        _pass(page, "保密审查")
    with window(chromium, site, INITIAL) as page, window(chromium, site, SECOND) as other:
        _open_review(page, title)
        kept = page.context.new_page()
        kept.goto(page.url)
        _pass(page, "初审")
        sync_api.expect(page.locator(".rv-note")).to_contain_text("同一人不能办理两个环节")
        assert page.locator("[name=decision]").count() == 0
        _open_review(other, title)
        step = other.locator("form.rv-form [name=state]").input_value()
        # A form kept from the first step, made to ask for the second.
        kept.locator("form.rv-form [name=state]").evaluate("(field, step) => field.value = step", step)
        kept.get_by_role("button", name="通过", exact=True).click()
        sync_api.expect(kept.get_by_role("alert")).to_contain_text("同一人不能办理两个环节")
        other.reload()
        sync_api.expect(other.get_by_role("heading", name="复审意见")).to_be_visible()
