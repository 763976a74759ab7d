"""Scans and photographs: what is read of them is true; all the rest is left to a person, with its place."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from typing import Any

import pytest

from gongkai.report.cells import How
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.reading import NotAReport, Reading, Unreadable, opening, read_bytes
from gongkai.report.reading.guarded import Limits, picture_guarded, read_guarded
from gongkai.report.reading.pictures import page_picture
from gongkai.report.schema import Report
from gongkai.samples import BODIES, Rendered, make_report, render

pytest.importorskip("rapidocr")
pytest.importorskip("cv2")
pytest.importorskip("typst")
pdfium = pytest.importorskip("pypdfium2")
Image, ImageDraw = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw"))

from gongkai.report.reading.scan.ink import Stretch, is_stained, written  # noqa: E402
from gongkai.report.reading.scan.straight import even  # noqa: E402


@cache
def sample(layout: str) -> Rendered:
    return render(make_report(4, BODIES[4].name, 2024), layout, 4)


@cache
def skewed() -> Reading:
    return read_bytes(sample("scan_skewed").data, "scan.pdf")


def page_of(layout: str, number: int) -> Any:
    """One page of a sample as a picture."""
    pdf = pdfium.PdfDocument(sample(layout).data)
    return pdf[number - 1].render(scale=150 / 72).to_pil()


def png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def wrong(truth: Report, report: Report) -> list[str]:
    values = {cell: report.value(cell) for cell in report.cells}
    return [
        f"{cell}: {truth.value(cell)!r} read as {value!r}"
        for cell, value in values.items()
        if not isinstance(value, Illegible) and value != truth.value(cell)
    ]


def proved(report: Report, table: int) -> int:
    cells = [cell for name, cell in report.cells.items() if name.table == table]
    return sum(cell.how is How.SCANNED and not isinstance(cell.value, Illegible) for cell in cells)


def test_a_skewed_scan_gives_nothing_wrong_and_most_of_table_3() -> None:
    truth, reading = sample("scan_skewed").report, skewed()
    assert wrong(truth, reading.report) == []
    numbers = [cell for cell in truth.cells if cell.table == 3 and truth.value(cell) is not BLANK]
    assert proved(reading.report, 3) > 0.8 * len(numbers)
    assert proved(reading.report, 2) == 0
    assert (reading.report.title, reading.report.year) == (truth.title, truth.year)


def test_the_note_counts_what_is_proved_and_what_a_person_must_look_at() -> None:
    report = skewed().report
    doubtful = sum(isinstance(report.value(cell), Illegible) for cell in report.cells)
    done = sum(proved(report, table) for table in (3, 4))
    assert skewed().notes[0] == (
        f"这是扫描件，由文字识别读出；{done} 格经勾稽关系核实，{doubtful} 格请对照图片确认。"
    )


def test_a_cell_left_open_has_its_candidates_and_a_picture_of_its_place() -> None:
    truth, report = sample("scan_skewed").report, skewed().report
    name, cell = next((n, c) for n, c in report.cells.items() if n.table == 2 and truth.number(n))
    assert isinstance(cell.value, Illegible)
    assert truth.value(name) in cell.value.candidates
    assert cell.place and cell.place.page and cell.place.box
    drawn = page_picture(sample("scan_skewed").data, "scan.pdf", cell.place.page, cell.place.box)
    whole = page_picture(sample("scan_skewed").data, "scan.pdf", cell.place.page)
    assert drawn and whole
    part, page = Image.open(io.BytesIO(drawn)), Image.open(io.BytesIO(whole))
    assert part.height < page.height / 20
    assert part.convert("L").getextrema()[0] < 128


def test_a_page_upside_down_among_printed_ones_is_read_in_its_turn() -> None:
    printed = sample("pdf_ruled")
    pages = pdfium.PdfDocument(printed.data)
    holding = [
        number for number in range(len(pages)) if "本年新收" in pages[number].get_textpage().get_text_range()
    ]
    picture = io.BytesIO()
    pages[holding[0]].render(scale=150 / 72).to_pil().rotate(180).save(picture, "PDF", resolution=150)
    mixed = pdfium.PdfDocument.new()
    for number in range(len(pages)):
        source = pdfium.PdfDocument(picture.getvalue()) if number == holding[0] else pages
        mixed.import_pages(source, [0 if number == holding[0] else number])
    out = io.BytesIO()
    mixed.save(out)
    reading = read_bytes(out.getvalue(), "mixed.pdf")
    assert wrong(printed.report, reading.report) == []
    numbers = [
        cell for cell in printed.report.cells if cell.table == 3 and printed.report.number(cell) is not None
    ]
    assert proved(reading.report, 3) > 0.8 * len(numbers) > 50
    assert {cell.how for name, cell in reading.report.cells.items() if name.table == 4} == {How.GRID}
    assert len(reading.report.sections) == len(printed.report.sections)


def test_a_photograph_is_read_in_a_child_of_its_own() -> None:
    picture = png(page_of("scan_flat", 2))
    reading = read_guarded(picture, "表.png")
    assert wrong(sample("scan_flat").report, reading.report) == []
    assert reading.report.has_table(3)
    with pytest.raises(Unreadable, match="已停止"):
        read_guarded(picture, "表.png", scans=Limits(seconds=0.05, memory_mb=4096))


def test_pictures_of_pages_come_through_the_guard() -> None:
    picture = png(page_of("scan_flat", 2))
    drawn = picture_guarded(picture, "表.png", 1)
    assert drawn and drawn.startswith(b"\x89PNG")
    assert picture_guarded("没有页。".encode(), "a.txt", 1) is None
    with pytest.raises(Unreadable, match="没有这一页"):
        picture_guarded(picture, "表.png", 2)


def test_without_recognition_installed_the_refusal_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "_can_recognise", lambda: False)
    with pytest.raises(Unreadable, match=r"gongkai\[ocr\]"):
        read_bytes(png(Image.new("L", (40, 40), 255)), "a.png")


@pytest.mark.parametrize(
    ("ink", "level"), [("black", "ink"), ("red", "stain"), ("#d8d8d8", "stain"), (None, "clean")]
)
def test_paper_is_clean_only_where_nothing_stands_in_any_colour(ink: str | None, level: str) -> None:
    numpy = pytest.importorskip("numpy")
    noise = numpy.random.default_rng(1).normal(0, 4, (300, 300, 1))
    paper = Image.new("RGB", (300, 300), "white")
    if ink:
        ImageDraw.Draw(paper).line([(150, 140), (150, 160)], fill=ink, width=3)
    picture = numpy.clip(numpy.asarray(paper).astype(int) - 8 + noise, 0, 255).astype(numpy.uint8)
    whole = Stretch(100, 100, 200, 200)
    assert bool(written(even(picture), whole)) == (level == "ink")
    assert is_stained(even(picture, colours=True), whole) == (level != "clean")


@pytest.mark.parametrize("layout", ["scan_stamped", "scan_photo"])
def test_samples_are_the_same_each_time(layout: str) -> None:
    assert render(make_report(4, BODIES[4].name, 2024), layout, 4).data == sample(layout).data


def test_a_picture_without_the_tables_is_no_report() -> None:
    with pytest.raises(NotAReport, match="没有认出"):
        read_bytes(png(Image.new("L", (400, 500), 255)), "a.png")


def test_damaged_huge_and_endless_pictures_are_refused() -> None:
    with pytest.raises(Unreadable, match="损坏"):
        read_bytes(png(Image.effect_noise((300, 300), 50))[:2000], "a.png")
    for side in (11_000, 60_000):
        size = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
        huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(9)))
        with pytest.raises(Unreadable, match="百万像素"):
            read_bytes(huge, "a.png")
    with pytest.raises(Unreadable, match="狭长"):
        read_bytes(png(Image.new("L", (10, 900), 255)), "a.png")
    many = io.BytesIO()
    pages = [Image.new("1", (20, 20), 1)] * 31
    pages[0].save(many, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(Unreadable, match="30 页"):
        read_bytes(many.getvalue(), "a.tiff")
