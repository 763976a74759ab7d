"""Terminals in service halls: nothing leads away, nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from county import County
from django.core.files.base import ContentFile
from django.test import Client
from lxml import html
from wagtail.documents.models import Document

from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.models import DocumentAttachment, DocumentPage

START = "/zizhu/"


@pytest.fixture
def terminal(county: County) -> Client:
    """A terminal in use."""
    assert county.portal.live
    client = Client()
    client.post("/zizhu/kaishi/")
    return client


@pytest.fixture
def document(county: County) -> DocumentPage:
    """A page with links that lead away."""
    body = body_of(
        '<p><a href="https://x.example/">外站</a> <a href="/cexi/">县政府</a> '
        '<a href="mailto:a@x.example">写信</a> <a href="//x.example/">外站二</a></p>'
    )
    return county.document(county.bureau, "学区办法", slug="xuequ", body=body)


def attached(page: DocumentPage, name: str, content: bytes) -> Document:
    document = Document(title=name)
    document.file.save(name, ContentFile(content))
    document.save()
    DocumentAttachment.objects.create(page=page, document=document)
    page.save()
    return document


def test_the_start_page_waits_for_somebody_to_begin(client: Client, county: County) -> None:
    assert county.portal.live
    text = client.get(START).content.decode()
    assert "开始使用" in text
    assert "结束使用</button>" not in text


def test_in_use_one_can_search_browse_and_ask(terminal: Client) -> None:
    page = html.document_fromstring(terminal.get(START).content.decode())
    targets = page.xpath("//main//@href | //main//@action")
    for address in ("/sousuo/", "/mulu/", "/zhengce/", "/zhengcepipei/", "/shenqing/", "/shenqing/chaxun/"):
        assert address in targets


@pytest.mark.parametrize("address", [START, "/", "/cexi-jiaoyuju/", "/sousuo/?q=学区"])
def test_every_page_is_in_large_type_with_the_way_out_and_the_idle_reset(
    terminal: Client, address: str
) -> None:
    response = terminal.get(address)
    text = response.content.decode()
    assert 'class="large kiosk"' in text
    assert "结束使用</button>" in text
    assert '<noscript><meta http-equiv="refresh" content="90;url=/zizhu/jieshu/"></noscript>' in text
    assert "kiosk.js" in text
    assert "no-store" in response.headers["Cache-Control"]


def test_elsewhere_nothing_of_it_is_seen(client: Client, county: County) -> None:
    assert county.portal.live
    assert "kiosk" not in client.get("/").content.decode()


def test_nothing_leads_away(terminal: Client, document: DocumentPage) -> None:
    text = terminal.get(document.url).content.decode()
    targets = html.document_fromstring(text).xpath("//a/@href | //form/@action")
    assert "/cexi/" in targets
    assert [url for url in targets if not re.match(r"/(?!/)|[?#]", url)] == []
    assert [url for url in targets if url.startswith("/admin/")] == []
    assert "外站" in text


def test_the_same_page_elsewhere_keeps_its_links(client: Client, document: DocumentPage) -> None:
    assert 'href="https://x.example/"' in client.get(document.url).content.decode()


def test_what_a_browser_kept_before_the_use_began_is_made_anew(client: Client, county: County) -> None:
    assert county.portal.live
    tag = client.get("/sousuo/").headers["ETag"]
    client.post("/zizhu/kaishi/")
    assert client.get("/sousuo/", headers={"If-None-Match": tag}).status_code == 200


def test_the_back_office_is_closed(terminal: Client) -> None:
    assert terminal.get("/admin/login/").url == START


def test_a_pdf_is_shown_inside_a_page_and_not_saved(terminal: Client, document: DocumentPage) -> None:
    file = attached(document, "学区表.pdf", b"%PDF-1.4\n%%EOF\n")
    sent = terminal.get(file.url)
    assert sent.url.startswith("/zizhu/kan/?dizhi=")
    viewer = terminal.get(sent.url)
    assert "frame-src 'self'" in viewer.headers["Content-Security-Policy"]
    source = html.document_fromstring(viewer.content.decode()).xpath("//iframe/@src")[0]
    shown = terminal.get(source)
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("address", ["https://x.example/a.pdf", "//x.example/a.pdf", "/\\x.example", ""])
def test_only_own_files_are_shown(terminal: Client, address: str) -> None:
    assert terminal.get("/zizhu/kan/", {"dizhi": address}).status_code == 404


def test_other_files_are_refused_in_plain_words(terminal: Client, document: DocumentPage) -> None:
    file = attached(document, "学区表.docx", b"PK\x03\x04")
    for address in (file.url, f"/xiazai/{document.pk}.docx", "/zhengcepipei/atom.xml"):
        response = terminal.get(address)
        assert response.status_code == 403
        assert "不能打开这类文件" in response.content.decode()
        assert "Content-Disposition" not in response.headers


@pytest.mark.parametrize("method", ["get", "post"])
def test_ending_clears_every_mark_and_returns_to_the_start(
    county: County, client_of: Callable[..., Client], method: str
) -> None:
    terminal = client_of(Role.CLERK, county.bureau)
    terminal.post("/zizhu/kaishi/")
    terminal.post("/zihao/", {"zihao": "da"})
    assert getattr(terminal, method)("/zizhu/jieshu/").url == START
    assert {name for name, cookie in terminal.cookies.items() if cookie.value} == set()
    assert "开始使用" in terminal.get(START).content.decode()


def test_outside_a_use_nobody_is_logged_out(county: County, client_of: Callable[..., Client]) -> None:
    staff = client_of(Role.CLERK, county.bureau)
    staff.get("/zizhu/jieshu/")
    assert staff.get("/admin/").status_code == 200
