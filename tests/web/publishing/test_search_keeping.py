"""The search follows what the public may see."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO, StringIO

import pytest
import typst
from county import County
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from docx import Document as Word
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction

from gongkai.web.publishing import feeds
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import ColumnKind, DisclosureAttribute, Effectiveness
from gongkai.web.publishing.models import (
    AttachmentText,
    BodyPage,
    DocumentAttachment,
    DocumentPage,
    SearchEntry,
)
from gongkai.web.publishing.searching import attachments, backends
from gongkai.web.publishing.searching.attachments import read_words
from gongkai.web.publishing.searching.backends import Fields, backend
from gongkai.web.publishing.services.searching import search


def _count(query: str) -> int:
    return len(search(f"“{query}”").numbers)


@pytest.fixture(autouse=True)
def reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every version as reviewed: what follows publishing is asked here, not what comes before."""
    monkeypatch.setattr(DocumentPage, "is_cleared", lambda *_: True)
    monkeypatch.setattr(BodyPage, "is_cleared", lambda *_: True, raising=False)


@pytest.fixture
def rain(county: County) -> DocumentPage:
    """A document about rain."""
    return county.document(county.bureau, "雨棚办法", body=body_of("<p>雨棚应当牢固。</p>"))


def _tokens_held(word: str) -> int:
    """Return how many rows the table of tokens holds for a word, whether or not an entry goes with them."""
    sql, values = backend().match([word])
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return len(cursor.fetchall())


def test_a_changed_text_is_found_by_its_new_words_only(rain: DocumentPage) -> None:
    rain.title, rain.body = "风铃办法", body_of("<p>风铃应当轻声。</p>")
    rain.save_revision().publish()
    assert (_count("风铃"), _count("雨棚"), _tokens_held("雨棚")) == (1, 0, 0)


def test_a_draft_of_a_public_page_is_not_found(rain: DocumentPage) -> None:
    rain.title = "风铃办法"
    rain.save_revision()
    assert (_count("风铃"), _count("雨棚")) == (0, 1)


def test_a_page_that_was_never_public_is_not_found(county: County) -> None:
    county.document(county.bureau, "草稿雨棚", live=False)
    assert _count("雨棚") == 0


@pytest.mark.parametrize("model", [DocumentPage, Page])
def test_an_unpublished_page_is_not_found(rain: DocumentPage, model: type[Page]) -> None:
    model.objects.get(pk=rain.pk).unpublish()
    assert (_count("雨棚"), _tokens_held("雨棚")) == (0, 0)
    rain.refresh_from_db()
    rain.save_revision().publish()
    assert _count("雨棚") == 1


def test_a_deleted_page_leaves_nothing(rain: DocumentPage) -> None:
    _attach(rain, "fulu.txt", "附录里写着蓑衣。".encode())
    rain.refresh_from_db()
    rain.delete()
    assert (_count("雨棚"), _tokens_held("雨棚"), _tokens_held("蓑衣")) == (0, 0, 0)


def test_a_page_no_longer_meant_for_disclosure_is_not_found(rain: DocumentPage) -> None:
    rain.attribute, rain.withhold_reason = DisclosureAttribute.WITHHELD, "内部事务信息"
    rain.save()
    assert _count("雨棚") == 0


def test_what_is_for_some_readers_only_is_not_found(county: County, rain: DocumentPage) -> None:
    section = BodyPage.objects.get(agency=county.bureau)
    limit = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert (_count("雨棚"), _count(county.bureau.name)) == (0, 0)
    limit.delete()
    assert (_count("雨棚"), _count(county.bureau.name)) == (1, 1)
    assert rain.live


def test_a_moved_page_is_found_at_its_new_place(county: County, rain: DocumentPage) -> None:
    rain.move(county.column(county.bureau, ColumnKind.RULES), "last-child")
    entry = SearchEntry.objects.get(page=rain.pk)
    assert (entry.url, entry.column) == (DocumentPage.objects.get(pk=rain.pk).url, "rules")


def test_a_section_with_a_new_address_takes_its_pages_along(
    county: County,
    rain: DocumentPage,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    section = BodyPage.objects.get(agency=county.bureau)
    section.slug = "xinju"
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert SearchEntry.objects.get(page=rain.pk).url == f"/xinju/neirong/{rain.slug}/"


def test_a_repeal_writes_no_tokens(rain: DocumentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(backend()), "write", lambda *_: pytest.fail("tokens were written"))
    rain.effectiveness, rain.repealed_on = Effectiveness.REPEALED, date(2025, 5, 1)
    rain.save()
    assert len(search("雨棚", {"validity": "shixiao"}).numbers) == 1


def test_a_body_is_found_by_its_new_name(county: County) -> None:
    county.bureau.name = "测溪县教育和体育局"
    county.bureau.save()
    assert (_count("教育和体育局"), _count("测溪县教育局")) == (1, 0)


def test_a_column_is_found_by_its_text(county: County) -> None:
    column = county.column(county.bureau, ColumnKind.GUIDE)
    column.body = "<p>受理时间为工作日。</p>"
    column.save()
    (number,) = search("受理时间").numbers
    entry = SearchEntry.objects.get(pk=number)
    assert (entry.kind, entry.agency, entry.column) == ("column", county.bureau, "guide")


def test_what_another_app_feeds_is_followed(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    fed = [feeds.Entry(title="工作年报甲", url="/nianbao/jia/", agency_name=county.bureau.name)]
    monkeypatch.setattr(feeds, "entries", lambda *_, **__: fed)
    feeds.changed.send(sender=None, kind=ColumnKind.ANNUAL_REPORTS)
    assert SearchEntry.objects.get(url="/nianbao/jia/").agency == county.bureau
    assert _count("工作年报甲") == 1
    fed.clear()
    feeds.changed.send(sender=None, kind=ColumnKind.ANNUAL_REPORTS)
    assert (_count("工作年报甲"), _tokens_held("年报甲")) == (0, 0)


def _attach(page: DocumentPage, name: str, data: bytes) -> Document:
    document = Document(title="附录")
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    DocumentAttachment.objects.create(page=page, document=document)
    return document


def test_an_attachment_is_found_by_its_words_until_it_goes(rain: DocumentPage) -> None:
    _attach(rain, "fulu.txt", "附录里写着蓑衣。".encode("gb18030"))
    assert _count("蓑衣") == 1
    DocumentAttachment.objects.all().delete()
    assert _count("蓑衣") == 0


def test_a_file_in_the_text_is_found_too(county: County) -> None:
    document = Document(title="表样")
    document.file.save("biao.txt", ContentFile("斗笠登记".encode()), save=False)
    document.save()
    county.document(county.bureau, "登记", body=[("attachment", {"file": document, "title": "表"})])
    assert _count("斗笠登记") == 1


def test_a_file_that_is_replaced_is_read_again(rain: DocumentPage) -> None:
    document = _attach(rain, "fulu.txt", "蓑衣".encode())
    document.file.save("fulu2.txt", ContentFile("草鞋".encode()), save=False)
    document._set_document_file_metadata()
    document.save()
    rain.save_revision().publish()
    assert (_count("草鞋"), _count("蓑衣")) == (1, 0)


def test_a_file_is_read_once(rain: DocumentPage, monkeypatch: pytest.MonkeyPatch) -> None:
    _attach(rain, "fulu.txt", "蓑衣".encode())
    monkeypatch.setattr(attachments, "read_words", lambda *_: pytest.fail("read again"))
    rain.save_revision().publish()
    assert _count("蓑衣") == 1


def test_a_file_that_cannot_be_read_stops_nothing(rain: DocumentPage) -> None:
    _attach(rain, "fulu.docx", b"PK\x03\x04 not a document")
    rain.save_revision().publish()
    kept = AttachmentText.objects.get()
    assert kept.text == ""
    assert kept.note
    assert _count("雨棚") == 1


def _docx() -> bytes:
    word = Word()
    word.add_paragraph("蓑衣斗笠")
    row = word.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "一", "二"
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _pdf() -> bytes:
    return typst.compile(("蓑衣斗 \\ 笠" + "，草鞋" * 20).encode())


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", _docx, "蓑衣斗笠 一 二"),
        ("a.html", "<p>蓑衣斗笠</p><table><tr><td>一<td>二</table>".encode, "蓑衣斗笠 一 二"),
        ("a.pdf", _pdf, "蓑衣斗笠" + "，草鞋" * 20),
    ],
)
def test_words_are_read_from_files_people_attach(name: str, make: Callable[[], bytes], words: str) -> None:
    assert read_words(make(), name) == (words, "")


def test_a_picture_has_no_words_and_a_note() -> None:
    text, note = read_words(b"\x89PNG\r\n\x1a\n" + bytes(64), "a.png")
    assert (text, "图片" in note) == ("", True)


def test_reading_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "SECONDS", 0.001)
    assert read_words(_docx(), "a.docx") == ("", "读取超过 10 秒，已停止。")


def test_a_long_text_is_found_to_its_end(county: County) -> None:
    text = "第一句。" + "草木生长。" * 6000 + "末尾写着蓑衣斗笠。"
    county.document(county.bureau, "长文", body=body_of(f"<p>{text}</p>"))
    assert _count("末尾写着蓑衣斗笠") == 1
    assert len(search("“第一句” “蓑衣斗笠”").numbers) == 1


def test_reindexing_mends_and_repeats(rain: DocumentPage) -> None:
    entry = SearchEntry.objects.get(page=rain.pk)
    SearchEntry.objects.filter(pk=entry.pk).update(title="错的标题")
    backend().write([(999_999, Fields("雨棚残留", "", "", ""))])
    for _ in range(2):
        out = StringIO()
        call_command("reindex", "--anew", stdout=out)
        assert f"可检索 {SearchEntry.objects.count()} 条" in out.getvalue()
        assert (_count("雨棚"), _tokens_held("雨棚")) == (1, 1)
    SearchEntry.objects.all().delete()
    assert _tokens_held("雨棚") == 0
    call_command("reindex", stdout=StringIO())
    assert _count("雨棚") == 1


def test_tokens_are_written_apart_for_fields_and_parts() -> None:
    parts = backends.Postgresql()._parts(Fields("雨棚", "", "牢固", "草" * 8100))
    heads, words = parts[0]
    assert heads == "'雨棚':1A '棚':2A '牢固':5C '固':6C"
    assert words.startswith("'雨棚':1 '棚':2 '牢固':5 '固':6 '草草':8")
    assert len(parts) == 2
    assert parts[1] == ("", " ".join([f"'草草':{at}" for at in range(1, 100)] + ["'草':100"]))
