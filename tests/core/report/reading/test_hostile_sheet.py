"""Workbooks made to break the reader: each gives one named error or a document, in time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from books import MAIN, ods, packed, raw, sheet_of

from gongkai.report.reading import NotAReport, read_bytes
from gongkai.report.reading.blocks import Document
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sheet import read_sheet
from gongkai.samples import BODIES, make_report, render

KEPT_XLS = next((Path(__file__).resolve().parents[3] / "samples").glob("*.xls"))


@pytest.mark.parametrize(
    "cells",
    [
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>',
        '<sheetData><row r="9999999"><c r="ZZZ9999999"><v>2</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        + '<mergeCell ref="A1:XFD1048576"/>' * 5000
        + "</mergeCells>",
        "<sheetData>" + "<row/>" * 400_000 + "</sheetData>",
        '<sheetData><row r="x"><c r="?"><v>nan</v></c><c r="A0"><v>1e999</v></c>'
        '<c s="99"><v>1e29</v></c></row></sheetData>',
        "<sheetData/>",
    ],
)
def test_boundless_or_senseless_sheets_give_a_document_at_once(cells: str) -> None:
    assert isinstance(read_sheet(raw(cells)), Document)


def scattered(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="{_letters(n)}{n}"><v>1</v></c></row>' for n in range(1, count))


def _letters(n: int) -> str:
    return chr(65 + n // 676 % 26) + chr(65 + n // 26 % 26) + chr(65 + n % 26)


@pytest.mark.parametrize(
    "cells",
    [
        "<sheetData>" + "<row><c><v>1</v></c><c/></row>" * 400_000 + "</sheetData>",
        "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 3000 + "</row>") * 80 + "</sheetData>",
        f"<sheetData>{scattered(5000)}</sheetData>",
        "<sheetData>" + " " * 40_000_000 + "</sheetData>",
        "<sheetData>" + "<a>" * 5000,
        '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>',
        "<sheetData><row><c><v>&x;</v></c></row></sheetData>",
    ],
)
def test_sheet_beyond_the_limits_or_damaged_is_refused(cells: str) -> None:
    with pytest.raises(Unreadable):
        read_sheet(raw(cells))


@pytest.mark.parametrize("part", ["workbook", "sharedStrings", "styles", "worksheets/sheet1"])
def test_document_type_declarations_are_refused(part: str) -> None:
    declared = f'<!DOCTYPE a [<!ENTITY x "1">]><a xmlns="{MAIN}"><si><t>&x;</t></si><numFmt/><c/><sheet/></a>'
    with pytest.raises(Unreadable):
        read_sheet(raw("<sheetData/>", **{part: declared}))


def test_binary_and_encrypted_workbooks_are_refused_by_name() -> None:
    with pytest.raises(Unreadable, match="xlsb"):
        read_bytes(packed({"xl/workbook.bin": b"\x83\x01"}), "表.xlsb")
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(Unreadable, match="密码"):
        read_sheet(ods("", **{"META-INF/manifest.xml": manifest}))


def test_xls_with_a_password_and_xml_of_excel_2003_are_refused_by_name() -> None:
    data = bytearray(KEPT_XLS.read_bytes())
    first = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    data[first : first + 2] = b"\x2f\x00"
    with pytest.raises(Unreadable, match="密码"):
        read_bytes(bytes(data), "表.xls")
    old = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    with pytest.raises(Unreadable, match="xlsx"):
        read_bytes(old.encode(), "表.xls")


def test_workbook_without_a_statutory_table_is_no_report() -> None:
    with pytest.raises(NotAReport):
        read_bytes(sheet_of([["姓名", "电话"], ["甲", "0000"]]), "通讯录.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_spoiled_workbooks_give_a_document_or_one_sentence(kind: str) -> None:
    good = KEPT_XLS.read_bytes()
    if kind == "xlsx":
        good = render(make_report(1, BODIES[-1].name, 2024), "sheet_parts", 1).data
    dice = random.Random(kind)
    spoiled = [good[:keep] for keep in range(600, len(good), len(good) // 12)]
    for _ in range(40):
        changed = bytearray(good)
        for _ in range(20):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        spoiled.append(bytes(changed))
    for data in spoiled:
        try:
            assert isinstance(read_sheet(data), Document)
        except Unreadable as error:
            assert str(error).endswith("。")
