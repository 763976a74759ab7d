"""Files made to break the readers: each gives one named error or a document, in time."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from papers import p, package, pdf_stream, raw_pdf, tbl, tc, tr, typeset, word_file

from gongkai.report.reading.blocks import Document, Grid
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.docx import read_docx
from gongkai.report.reading.formats.html import read_html
from gongkai.report.reading.formats.sniff import Format, decode, sniff
from gongkai.report.reading.pdf.pages import read_pdf, read_pdf_second

Reader = Callable[[bytes], Document]
READERS: dict[Format, Reader] = {Format.DOCX: read_docx, Format.HTML: read_html, Format.PDF: read_pdf}
DEEP = 100_000


def outcome(data: bytes, reader: Reader | None = None) -> Document | str:
    """The document, or the sentence of the one error allowed."""
    try:
        if reader is None:
            form = sniff(data, "report.docx")
            reader = READERS.get(form)
            if reader is None:
                return decode(data)
        return reader(data)
    except Unreadable as error:
        return str(error)


def good_files() -> list[bytes]:
    table = tbl(*(tr(tc(f"项目{i}"), tc(str(i))) for i in range(20)))
    page = "<html><body>" + "<p>正文若干。</p><table><tr><td>甲<td>1</table>" * 20 + "</body></html>"
    return [
        word_file(p("正文") + table),
        page.encode(),
        typeset("正文若干若干若干若干若干。#table(columns: 2, [甲], [1])"),
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_file_cut_short_anywhere(which: int) -> None:
    data = good_files()[which]
    for keep in [*range(1, 40, 7), *range(40, len(data), max(1, len(data) // 40))]:
        assert outcome(data[:keep])


@pytest.mark.parametrize("which", [0, 1, 2])
def test_bytes_changed_at_random(which: int) -> None:
    data = good_files()[which]
    dice = random.Random(which)
    for _ in range(40):
        spoiled = bytearray(data)
        for _ in range(30):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        assert outcome(bytes(spoiled)) is not None


@pytest.mark.parametrize(
    "head", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_random_bytes_are_refused(head: bytes) -> None:
    assert isinstance(outcome(head + random.Random(7).randbytes(100_000)), str)


@pytest.mark.parametrize("reader", [read_docx, read_pdf, read_pdf_second])
@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-", "文字".encode(), b"<html>"])
def test_reader_given_another_format_says_so(reader: Reader, data: bytes) -> None:
    with pytest.raises(Unreadable):
        reader(data)


def test_zip_bomb_is_stopped_while_inflating() -> None:
    bomb = word_file(" " * 200_000_000)
    assert len(bomb) < 300_000
    assert outcome(bomb) == "文件解压后过大，超出读取上限。"


def test_archive_of_very_many_members_is_refused() -> None:
    assert outcome(package({f"{i}.txt": "" for i in range(6000)})) == "压缩包内的文件过多，超出读取上限。"


@pytest.mark.parametrize(
    "opening", ["<w:tbl><w:tr><w:tc>", "<w:sdt><w:sdtContent>", "<w:p><w:r><w:txbxContent>"]
)
def test_word_file_nested_too_deep_is_refused(opening: str) -> None:
    tags = [tag + ">" for tag in opening.split(">") if tag]
    closing = "".join(tag.replace("<", "</") for tag in reversed(tags))
    assert isinstance(outcome(word_file(opening * DEEP + closing * DEEP)), str)
    # As deep as the parser lets through must not exhaust the interpreter's stack either.
    assert isinstance(outcome(word_file(opening * 80 + closing * 80)), Document)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
        '<!DOCTYPE w SYSTEM "http://example.invalid/w.dtd">',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_and_type_declarations_in_word_files_are_refused(declaration: str, codec: str) -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    xml = f'<?xml version="1.0" encoding="{codec}"?>{" " * 5000}{declaration}{body}'
    assert isinstance(outcome(package({"word/document.xml": xml.encode(codec)})), str)


def test_absurd_spans_in_word_files_are_bounded() -> None:
    wide = '<w:gridSpan w:val="999999999"/>'
    document = read_docx(
        word_file(tbl(*(tr(tc("甲", wide), tc("1"), tc("2", '<w:gridSpan w:val="x"/>')) for _ in range(3))))
    )
    assert isinstance(document.blocks[0], Grid)
    assert document.blocks[0].rows == [["甲", "1", "2"]] * 3


def test_word_table_of_very_many_cells_is_refused() -> None:
    row = tr(*("<w:tc/>" for _ in range(200)))
    assert outcome(word_file(tbl(row * 600))) == "Word 文件中的表格过大，超出读取上限。"


@pytest.mark.parametrize(
    "bomb",
    [
        b"<div>" * DEEP,
        b"<table><tr><td>" * DEEP,
        b"<html><p>" + b"<span>" * DEEP,
        b"<html>" + b"<dd><li>" * DEEP,
        b"<html><svg>" + b"<td>" * DEEP,
        b"<html>" + b"".join(b"<font color=%d>" % i for i in range(5000)) + b"<p>x" * 5000,
        b"<html>" + b"<" * 3_000_000,
        b"<html>" + b"<p>x</p>" * 500_000,
    ],
)
def test_page_nested_too_deep_or_too_large_is_refused(bomb: bytes) -> None:
    assert isinstance(outcome(bomb, read_html), str)


@pytest.mark.parametrize(
    "table",
    [
        b"<tr><td colspan=999999999 rowspan=99999999>1<td>2" * 2000,
        b"<tr>" + b"<td>1" * 100_000,
        b"".join(b"<tr>" + b"<td colspan=%d>1" % (i % 60 + 1) * 8 for i in range(3000)),
    ],
)
def test_monstrous_web_table_still_gives_a_document(table: bytes) -> None:
    assert isinstance(outcome(b"<html><table>" + table + b"</table>"), Document)


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
KIDS = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>"
    "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
)
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>"


@pytest.mark.parametrize(
    "objects",
    [
        {1: "1 0 R", 2: "2 0 R"},
        {1: CATALOG, 2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"},
        {1: CATALOG, 2: "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100>>"},
        {1: CATALOG, 2: "<</Type/Pages/Kids[3 0 R]/Count 100000000>>", 3: PAGE},
        {1: CATALOG, 2: "<</Type/Pages/Kids[3 0 R]/Count -5>>", 3: PAGE},
        {1: CATALOG, 2: KIDS, 3: PAGE, 4: pdf_stream(b"/F Do"), 5: pdf_stream(b"/F Do", FORM)},
        {1: CATALOG, 2: "[" * DEEP, 3: "<<" * DEEP},
        {1: CATALOG, 2: KIDS, 3: PAGE, 4: pdf_stream(b" " * 50_000_000)},
    ],
)
def test_pdf_that_refers_to_itself_or_lies_about_its_size_is_refused(objects: dict[int, str | bytes]) -> None:
    assert isinstance(outcome(raw_pdf(objects)), str)


def one_page(content: bytes, page: str = PAGE) -> bytes:
    writing = b"BT /A 9 Tf 1 0 0 1 50 50 Tm (a line of plain writing to be found) Tj ET\n"
    return raw_pdf({1: CATALOG, 2: KIDS, 3: page, 4: pdf_stream(writing + content), 5: pdf_stream(b"", FORM)})


def test_pdf_with_very_many_lines_is_read_with_a_note() -> None:
    lines = b"".join(b"%d %d m %d %d l S\n" % (i % 600, i % 777, i % 590 + 9, i % 777) for i in range(90_000))
    document = outcome(one_page(lines))
    assert isinstance(document, Document)
    assert document.notes == ["第 1 页图形过多，表格线未全部读取。"]


def test_pdf_with_a_million_cells_is_read_as_text() -> None:
    rules = b"".join(b"%d 0 m %d 9000 l S 0 %d m 9000 %d l S\n" % (i, i, i, i) for i in range(0, 9000, 4))
    document = outcome(one_page(rules, PAGE.replace("600 800", "9000 9000")))
    assert isinstance(document, Document)
    assert not any(isinstance(block, Grid) for block in document.blocks)


def test_pdf_of_very_many_pages_or_characters_is_refused() -> None:
    pages = dict.fromkeys(range(6, 207), PAGE)
    kids = " ".join(f"{number} 0 R" for number in pages)
    many = {1: CATALOG, 2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>", 4: pdf_stream(b""), **pages}
    assert outcome(raw_pdf(many)) == "PDF 超过 200 页，超出读取上限。"
    words = b"".join(b"1 0 0 1 %d %d Tm (1234567890) Tj\n" % (i * 7 % 500, i % 790) for i in range(60_000))
    assert outcome(one_page(b"BT /A 5 Tf " + words + b"ET")) == "PDF 文字过多，超出读取上限。"


def test_pdf_without_text_is_called_a_scan() -> None:
    assert "扫描件" in str(outcome(typeset("#rect(width: 5cm, height: 5cm)", page=", footer: none")))


def test_encrypted_pdf_is_refused_for_its_password() -> None:
    trailer = (
        "/Root 1 0 R /ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>] "
        "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44"
        f"/O<{'ab' * 32}>/U<{'cd' * 32}>>>"
    )
    data = raw_pdf({1: CATALOG, 2: KIDS, 3: PAGE, 4: pdf_stream(b""), 5: pdf_stream(b"", FORM)}, trailer)
    assert outcome(data) == "PDF 设有打开密码，请取消密码后再试。"
