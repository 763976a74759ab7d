"""OFD packages made to break the reader: each gives one named error or a document, in time."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from ofd_papers import FILLER, SPACE, packed, page, parts, path, read, text

from gongkai.report.reading.blocks import Document, Paragraph
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.ofd.pages import read_ofd
from gongkai.samples import BODIES, make_report, render


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE a [<!ENTITY x "12">]>', '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">'],
)
def test_document_type_declarations_are_refused(declaration: str) -> None:
    with pytest.raises(Unreadable):
        read_ofd(packed(parts(declaration + page(text("&x;" if "ENTITY" in declaration else "甲", 20, 30)))))


def test_composite_object_that_holds_itself_ends() -> None:
    inner = '<ofd:CompositeObject Boundary="0 0 1 1" ResourceID="7"/>' * 9 + text("甲", 1, 1)
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
    whole = parts(page(inner, text(FILLER, 20, 260)), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    whole["Doc_0/Res.xml"] = f"<ofd:Res {SPACE}>{unit}</ofd:Res>"
    assert read_ofd(packed(whole)).blocks


@pytest.mark.parametrize(
    "content",
    [
        "<ofd:PageBlock>" * 5000,
        page("<ofd:PageBlock>" * 400 + "</ofd:PageBlock>" * 400),
        page("<ofd:PageBlock/>" * 500_000),
        page(" " * 30_000_000),
        page(*[text("一" * 5000, 1, 1)] * 90),
        "",
        "<html/>",
    ],
)
def test_page_too_deep_too_large_or_no_page_is_refused(content: str) -> None:
    with pytest.raises(Unreadable):
        read_ofd(packed(parts(content)))


def test_package_of_very_many_pages_is_refused() -> None:
    with pytest.raises(Unreadable, match="200 页"):
        read_ofd(packed(parts(*[page(text("一", 1, 1))] * 201)))


def test_very_many_rules_are_cut_off_with_a_note() -> None:
    flood = path(" ".join(f"M {n % 200} {n % 290} L {n % 199 + 9} {n % 290}" for n in range(70_000)))
    assert read(flood).notes == ["第 1 页图形过多，表格线未全部读取。"]


@pytest.mark.parametrize(
    "item",
    [
        text("甲", 20, 30, attributes='CTM="nan inf 0 1 1e300 0"'),
        text("甲", 20, 30, attributes='CTM="0 0 0 0 0 0"'),
        text("甲", 20, 30, attributes='HScale="-3"'),
        text("甲", 1e8, -1e8),
        text("", 20, 30, code='DeltaX="g g g"'),
        text("甲乙", 20, 30, code='DeltaX="g -5 3 g 2"'),
        path("M L C 1 2 3 Z 4"),
        path("L 5 5 C C M 1 1"),
        path(""),
    ],
)
def test_nonsense_in_an_object_spares_the_rest(item: str) -> None:
    assert any(isinstance(b, Paragraph) and b.text == FILLER for b in read(item).blocks)


def test_spoiled_packages_give_a_document_or_one_sentence() -> None:
    good = render(make_report(1, BODIES[-1].name, 2024), "ofd_pieces", 1).data
    dice = random.Random(5)
    for keep in range(100, len(good), len(good) // 12):
        with pytest.raises(Unreadable):
            read_ofd(good[:keep])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    for name in whole:
        for _ in range(3):
            spoiled = bytearray(whole[name])
            for _ in range(4):
                spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
            try:
                assert isinstance(read_ofd(packed(whole | {name: bytes(spoiled)})), Document)
            except Unreadable as error:
                assert str(error).endswith("。")
