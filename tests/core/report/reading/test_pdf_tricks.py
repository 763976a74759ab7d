"""PDFs whose text is not simply what is seen: hidden, doubled, covered, turned, filled in, without codes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
import pytest
from papers import FIGURES, pdf_stream, raw_pdf, requests_table, typeset

from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.errors import Scanned
from gongkai.report.reading.pdf.pages import read_pdf, read_pdf_second

LINE = "A line of prose that stands above the table."
PROSE = f"BT /F1 10 Tf 72 760 Td ({LINE}) Tj ET\n"
RULES = "".join(f"72 {y} m 372 {y} l S\n" for y in (600, 640, 680)) + "".join(
    f"{x} 600 m {x} 680 l S\n" for x in (72, 172, 272, 372)
)
CELLS = (("aaaa", 85, 655), ("11", 210, 655), ("22", 310, 655), ("bbbb", 85, 615), ("33", 210, 615))
IMAGE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8 /Length 1>>"


def say(text: str, x: float, y: float, before: str = "") -> str:
    return f"BT {before} /F1 10 Tf {x} {y} Td ({text}) Tj ET\n"


TABLE = RULES + "".join(say(*cell) for cell in CELLS)


def printed(*contents: str, page: str = "", more: dict[int, str | bytes] | None = None) -> bytes:
    """A PDF with a page for each content stream; F1 is Helvetica, Im a grey picture; objects from 20 on."""
    kids = " ".join(f"{30 + i} 0 R" for i in range(len(contents)))
    objects: dict[int, str | bytes] = {
        1: "<</Type/Catalog/Pages 2 0 R/AcroForm 20 0 R>>"
        if more and 20 in more
        else "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: IMAGE.encode() + b"stream\n\x80\nendstream",
        **(more or {}),
    }
    for i, content in enumerate(contents):
        objects[30 + i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {60 + i} 0 R {page}"
            "/Resources<</Font<</F1 3 0 R/F2 21 0 R>>/XObject<</Im 4 0 R>>>>>>"
        )
        objects[60 + i] = pdf_stream(content.encode())
    return raw_pdf(objects)


def rows(document: Document) -> list[list[str]]:
    return [row for block in document.blocks if isinstance(block, Grid) for row in block.rows]


def row(*values: str) -> list[list[str]]:
    return [["aaaa", "11", "22"], ["bbbb", "33", *values]]


@pytest.mark.parametrize(
    "trick",
    [
        say("99", 310, 615, "3 Tr"),
        say("99", 310, 615, "1 g"),
        "q 400 600 50 50 re W n " + say("99", 310, 615) + "Q\n",
        say("99", 310, 615) + "1 g 300 610 40 20 re f\n",
        say("99", 310, 615) + "0 g 300 610 40 20 re f\n",
    ],
    ids=["invisible", "white", "clipped", "whitened", "blackened"],
)
@pytest.mark.parametrize("read", [read_pdf, read_pdf_second])
def test_what_cannot_be_seen_is_not_read(read, trick: str) -> None:  # type: ignore[no-untyped-def]
    assert rows(read(printed(PROSE + TABLE + trick))) == row("")


def test_what_stands_outside_the_page_is_not_read() -> None:
    data = printed(PROSE + TABLE + say("99", 385, 615), page="/CropBox[0 0 380 842]")
    assert rows(read_pdf(data)) == row("")
    assert [block.text for block in read_pdf(data).blocks if isinstance(block, Paragraph)] == [LINE]


@pytest.mark.parametrize(
    "trick",
    [
        "0 0 1 rg 300 605 60 30 re f\n" + say("44", 310, 615, "1 g"),
        "1 g 300 605 60 30 re f 0 g\n" + say("44", 310, 615),
        "q 290 600 70 40 re W n " + say("44", 310, 615) + "Q\n",
        say("44", 310, 615) + "q 60 0 0 60 290 590 cm /Im Do Q\n",
    ],
    ids=["white on blue", "on a white box", "inside its clip", "under a seal"],
)
def test_what_can_be_seen_is_read(trick: str) -> None:
    assert rows(read_pdf(printed(PROSE + TABLE + trick))) == row("44")


@pytest.mark.parametrize("shift", [(0.3, 0), (0.5, -0.5), (1.5, -1)])
def test_a_number_drawn_twice_is_one_number(shift: tuple[float, float]) -> None:
    again = "".join(say(text, x + shift[0], y + shift[1]) for text, x, y in CELLS)
    twice = say("1144", 310, 615) + say("1144", 310 + shift[0], 615 + shift[1])
    assert rows(read_pdf(printed(PROSE + TABLE + again + twice))) == row("1144")


def test_numbers_printed_over_each_other_are_not_legible() -> None:
    cell = rows(read_pdf(printed(PROSE + TABLE + say("44", 310, 615) + say("57", 311, 615))))[1][2]
    assert not any(c.isdigit() for c in cell)
    assert "\ufffd" in cell


def test_a_watermark_does_not_enter_the_cells() -> None:
    turned = "BT 0.7 0.7 -0.7 0.7 150 560 Tm /F1 60 Tf (2024 88) Tj ET\n"
    assert rows(read_pdf(printed(PROSE + TABLE + say("44", 310, 615) + turned))) == row("44")


def test_a_number_turned_sideways_is_read_in_its_cell() -> None:
    turned = "BT 0 1 -1 0 325 608 Tm /F1 10 Tf (456) Tj ET\n"
    assert rows(read_pdf(printed(PROSE + TABLE + turned))) == row("456")


def test_rules_of_many_dots_are_rules() -> None:
    dots = "".join(f"{x} {y} .6 .6 re f\n" for y in (600, 640, 680) for x in range(72, 373, 2))
    dots += "".join(f"{x} {y} .6 .6 re f\n" for x in (72, 172, 272, 372) for y in range(600, 681, 2))
    cells = "".join(say(*cell) for cell in CELLS)
    grid = next(
        b for b in read_pdf(printed(PROSE + dots + cells + say("44", 310, 615))).blocks if isinstance(b, Grid)
    )
    assert grid.rows == row("44")
    assert not grid.inferred


FIELD = (
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(44)/F 4/Rect[300 610 360 630]/DA(/F1 10 Tf 0 g)/P 30 0 R{ap}>>"
)
FORM = "<</Fields[22 0 R]/DA(/F1 10 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>{need}>>"
LOOK = pdf_stream(
    b"BT /F1 10 Tf 2 5 Td (44) Tj ET",
    "/Type/XObject/Subtype/Form/BBox[0 0 60 20]/Resources<</Font<</F1 3 0 R>>>>",
)


@pytest.mark.parametrize(
    "ap, need", [("/AP<</N 23 0 R>>", ""), ("", "/NeedAppearances true")], ids=["drawn", "not drawn"]
)
@pytest.mark.parametrize("read", [read_pdf, read_pdf_second])
def test_a_filled_in_form_field_is_read_where_it_stands(read, ap: str, need: str) -> None:  # type: ignore[no-untyped-def]
    more = {20: FORM.format(need=need), 22: FIELD.format(ap=ap), 23: LOOK}
    assert rows(read(printed(PROSE + TABLE, page="/Annots[22 0 R]", more=more))) == row("44")


def test_a_stamp_put_over_the_table_is_not_read() -> None:
    stamp = "<</Type/Annot/Subtype/Stamp/F 4/Rect[300 610 360 630]/AP<</N 23 0 R>>>>"
    data = printed(PROSE + TABLE, page="/Annots[22 0 R]", more={22: stamp, 23: LOOK})
    assert rows(read_pdf(data)) == row("")


@pytest.mark.parametrize("layer", ["", say("text found by a machine, not always rightly", 72, 700, "3 Tr")])
def test_a_page_that_is_a_picture_is_told_apart_from_text(layer: str) -> None:
    scan = layer + "q 595 0 0 842 0 0 cm /Im Do Q\n"
    with pytest.raises(Scanned) as refusal:
        read_pdf(printed(scan, scan))
    assert refusal.value.pages == (1, 2)
    assert read_pdf(printed(PROSE + TABLE, scan)).pictures == [2]


def test_a_picture_behind_the_text_does_not_make_a_scan() -> None:
    document = read_pdf(printed("q 595 0 0 842 0 0 cm /Im Do Q\n" + PROSE + TABLE + say("44", 310, 615)))
    assert document.pictures == []
    assert rows(document) == row("44")


def mapped(codes: Sequence[str]) -> dict[int, str | bytes]:
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n" + "\n".join(codes) + "\nendbfchar endcmap end"
    )
    return {
        21: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 22 0 R>>",
        22: pdf_stream(table.encode()),
    }


def test_one_sign_for_several_characters_gives_them_all() -> None:
    more = mapped(["<41> <00660066>", "<42> <00310031>"])
    cell = "BT /F2 10 Tf 310 615 Td (B) Tj ET BT /F2 10 Tf 72 740 Td (A) Tj ET\n"
    document = read_pdf(printed(PROSE + TABLE + cell, more=more))
    assert rows(document)[1][2] == "11"
    assert "ff" in str(document)


def test_characters_without_codes_are_unknown_and_said_to_be() -> None:
    data = typeset(requests_table() + "正文若干若干若干若干。")
    pdf = pypdfium2.PdfDocument(data)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    plain = out.getvalue()
    assert plain.count(b"/ToUnicode") >= 1
    document = read_pdf(plain.replace(b"/ToUnicode", b"/ToNothing"))
    assert not any(cell.isdigit() for line in rows(document) for cell in line)
    assert any("没有编码" in note for note in document.notes)
    assert tuple(rows(read_pdf(plain))[1][1:]) == FIGURES[0]


def test_figures_beside_hidden_figures_are_left_open() -> None:
    """PDFium drops the black 8 that stands over the white one: what is left must not pass for a number."""
    cell = rows(read_pdf(printed(PROSE + TABLE + say("88", 305, 615, "1 g") + say("852", 310, 615, "0 g"))))[
        1
    ][2]
    assert "\ufffd" in cell
    assert not any(c.isdigit() for c in cell)


def test_a_visible_figure_over_an_equal_hidden_one_is_no_blank() -> None:
    """PDFium gives only one of two equal characters in one place: here it is the one nobody sees."""
    hidden = say("88", 285, 615, "1 1 1 rg") + say("8", 285, 615, "0 0 0 rg")
    grid = next(
        block for block in read_pdf(printed(PROSE + TABLE + hidden)).blocks if isinstance(block, Grid)
    )
    shown = grid.rows[1][2]
    assert shown and "\ufffd" in shown
    alone = next(
        block
        for block in read_pdf(printed(PROSE + TABLE + say("88", 285, 615, "1 1 1 rg"))).blocks
        if isinstance(block, Grid)
    )
    assert alone.rows[1][2] == ""
