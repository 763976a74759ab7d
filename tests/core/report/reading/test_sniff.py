"""What a file is, told by its content; text in whatever encoding."""

from __future__ import annotations

import pytest
from papers import p, package, typeset, word_file

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sniff import Format, decode, sniff

TEXT = "云栖县人民政府2024年政府信息公开工作年度报告\r\n一、总体情况\r\n本年新收申请21件。\r\n"


def test_content_decides_and_the_extension_does_not() -> None:
    assert sniff(word_file(p("甲")), "report.pdf") is Format.DOCX
    assert sniff(typeset("甲"), "report.doc") is Format.PDF
    assert sniff(b"<html><body><p>\xe7\x94\xb2</p></body></html>", "report.docx") is Format.HTML
    assert sniff(TEXT.encode(), "report.pdf") is Format.TEXT


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_is_decoded_and_its_line_ends_made_one(codec: str) -> None:
    assert sniff(TEXT.encode(codec), "a.txt") is Format.TEXT
    assert decode(TEXT.encode(codec)) == TEXT.replace("\r\n", "\n")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_decoded(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == TEXT.replace("\r\n", "\n")


def test_text_cut_within_a_character_keeps_what_came_before() -> None:
    assert decode("政府信息公开".encode()[:-1]) == "政府信息公"


def test_a_stray_byte_is_shown_and_swallows_nothing() -> None:
    damaged = TEXT.encode() * 20
    at = damaged.index("21件".encode())
    assert "\ufffd21件" in decode(damaged[:at] + b"\xff" + damaged[at:])


@pytest.mark.parametrize(
    "html",
    [
        "<!DOCTYPE html><html><body>甲</body></html>",
        "<?xml version='1.0'?><!-- 注 --><html xmlns='x'><p>甲</p></html>",
        "<p style='text-align:center'>甲</p><p>乙</p>",
        "来源：某网站\n<div><p>甲</p></div><div><p>乙</p><p>丙</p></div>",
    ],
)
def test_pages_and_pieces_of_pages_are_html(html: str) -> None:
    assert sniff(html.encode(), "a.txt") is Format.HTML


def test_markdown_is_told_by_its_name_or_its_tables() -> None:
    assert sniff("# 一、总体情况\n".encode(), "a.md") is Format.MARKDOWN
    assert sniff("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n".encode(), "a.txt") is Format.MARKDOWN
    assert sniff("甲-----乙\n".encode(), "a.txt") is Format.TEXT


def test_our_own_json_is_told_from_text_in_braces() -> None:
    assert sniff('{"agency": "云栖县", "edition": 2021}'.encode(), "a.txt") is Format.JSON
    assert sniff("{甲}乙".encode(), "a.json") is Format.TEXT


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), Format.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(50), Format.PICTURE),
        (b"BM" + bytes(60), Format.PICTURE),
        (OLE + bytes(4096), Format.DOC),
        (OLE + bytes(2000) + "Workbook".encode("utf-16-le"), Format.SHEET),
        (package({"xl/workbook.xml": "<workbook/>"}), Format.SHEET),
        (
            package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            Format.SHEET,
        ),
        (package({"OFD.xml": "<OFD/>"}), Format.OFD),
        (package({"report.txt": "甲"}), Format.ARCHIVE),
        ("Subject: 年报\nMIME-Version: 1.0\n\n正文".encode(), Format.MAIL),
        ("标题: 年报\n正文".encode(), Format.TEXT),
    ],
)
def test_content_names_the_format(data: bytes, format_: Format) -> None:
    assert sniff(data) is format_


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf \r\n", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不完整"),
        (b"{\\rtf1\\ansi }", "另存为 .docx"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "解压"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "另存为 JPG"),
        (b"\x00\x01\x02\x03\xfe\x80\x81" * 100, "编码"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_a_clerk_understands(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says.replace(".", r"\.")):
        sniff(data, "report.docx")
