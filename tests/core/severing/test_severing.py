"""What is marked is gone: from the picture, from the bytes, and from everything a PDF may hide."""

from __future__ import annotations

import io
import re
import zlib

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from core.severing.making import (
    PAGE,
    brightest,
    everything_in,
    image_stream,
    images_in,
    ink_outside,
    pdf_of,
    scan_of,
    shown,
    stream,
)
from gongkai.papers.paper import Paper, Paragraph, plain
from gongkai.papers.pdf import write_pdf
from gongkai.severing import Limits, Mark, NotSeverable, SeveranceFailed, cutting, find, sever, verify
from gongkai.severing.boxes import Frame
from gongkai.severing.encoding import Coding
from gongkai.severing.listing import write_list
from gongkai.severing.writing import read_sheets

A4 = (595.0, 842.0)
BOX = Mark(page=1, x0=140, y0=320, x1=260, y1=350, reason="姓名", ground="personal_privacy")


def noise(size: tuple[int, int] = (300, 400), colours: bool = True) -> Image.Image:
    """A picture like a photograph: every pixel differs from the next."""
    parts = [Image.effect_noise(size, 60 + 20 * i) for i in range(3)]
    return Image.merge("RGB", parts if colours else parts[:1] * 3)


PAPER = Image.effect_noise((595 * 2, 842 * 2), 8).point([min(255, tone + 100) for tone in range(256)])


def scan(hidden: str) -> bytes:
    """A scanned page that shows some words where `BOX` lies, and others below."""
    page = PAPER.copy()
    draw = ImageDraw.Draw(page)
    draw.text((300, 650), hidden, fill=20, font_size=36)
    draw.text((300, 900), "public words", fill=20, font_size=36)
    return scan_of(page)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (b"", A4),
        (b"/Rotate 90", A4[::-1]),
        (b"/Rotate 180", A4),
        (b"/Rotate 270", A4[::-1]),
        (b"/UserUnit 2", A4),
        (b"/CropBox[100 200 400 600]", (300, 400)),
        (b"/CropBox[100 200 400 600]/Rotate 90", (400, 300)),
        (b"/CropBox[-50 -50 700 900]", A4),
    ],
)
def test_found_words_are_black_and_the_others_still_there(page: bytes, size: tuple[float, float]) -> None:
    original = pdf_of(PAGE, page=page)
    marks = find(original, "Zhang3", reason="姓名")
    severed = sever(original, marks, listed=False)
    assert pypdfium2.PdfDocument(severed.pdf)[0].get_size() == size
    (image,) = images_in(severed.pdf)
    (mark,) = marks
    assert brightest(image, size, mark) == 0
    before = ink_outside(shown(original, scale=200 / 72), size, marks)
    assert 0.8 * before < ink_outside(image, size, marks) < 1.4 * before
    assert ink_outside(shown(severed.pdf), size, marks) > 200
    assert ink_outside(shown(original), size, find(original, "Public") + marks) == 0


def inline(grey: int) -> bytes:
    return b"q 100 0 0 20 150 495 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID %02x> EI Q" % grey


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"


def form(words: bytes) -> bytes:
    return pdf_of(
        b"/X Do", resources=b"/XObject<</X 4 0 R>>", further=[stream(FORM, PAGE.replace(b"Zhang3", words))]
    )


def drawn(tone: int) -> bytes:
    picture = Image.new("RGB", (100, 20), (tone, tone, tone))
    return pdf_of(
        PAGE + b" q 100 0 0 20 150 495 cm /I Do Q",
        resources=b"/XObject<</I 4 0 R>>",
        further=[image_stream(picture)],
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pdf_of(PAGE), pdf_of(PAGE.replace(b"Zhang3", b"Wang5"))),
        (pdf_of(PAGE), pdf_of(PAGE.replace(b"(Zhang3) Tj", b""))),
        (pdf_of(PAGE), pdf_of(PAGE.replace(b"BT", b"BT 1 g").replace(b"Tj 0", b"Tj 0 g 0"))),
        (pdf_of(inline(0)), pdf_of(inline(200))),
        (form(b"Zhang3"), form(b"Li4")),
        (drawn(30), drawn(220)),
        (scan("Zhang3"), scan("Wang five")),
    ],
    ids=["words", "none", "white", "inline", "form", "image", "scan"],
)
def test_files_that_differ_only_under_the_mark_give_the_same_bytes(one: bytes, other: bytes) -> None:
    assert one != other
    assert sever(one, [BOX]).pdf == sever(other, [BOX]).pdf


@pytest.mark.parametrize("coloured", [False, True])
def test_a_photograph_under_the_mark_is_gone_from_its_stream(coloured: bool) -> None:
    original = scan_of(noise(colours=coloured))
    severed = sever(original, [BOX], listed=False).pdf
    (image,) = images_in(severed)
    assert brightest(image, A4, BOX, edge=16) <= 8
    assert brightest(image, A4, BOX) <= 96
    left, _, right, bottom = Frame(size=A4, pixels=image.size).area(BOX)
    assert image.crop((left, bottom + 20, right, bottom + 60)).entropy() > 3
    (sheet,) = read_sheets(severed)
    assert sheet.coding is (Coding.COLOUR_JPEG if coloured else Coding.GREY_JPEG)


SECRETS = [
    b"Info17",
    b"Xmp17",
    b"Note17",
    b"Field17",
    b"Layer17",
    b"Title17",
    b"Alt17",
    b"File17",
    b"Script17",
]
SECRETS += [b"Away17", b"White17", b"Invisible17", b"Covered17", b"Earlier17", b"Piece17", b"Cropped17"]


def laden() -> bytes:
    """A file with a secret in every place that is not to be seen on its page."""
    page = (
        b"BT /F 20 Tf 150 500 Td (Zhang3) Tj 0 -60 Td (Public) Tj ET "
        b"BT /F 20 Tf 900 500 Td (Away17) Tj ET BT 1 g /F 20 Tf 50 100 Td (White17) Tj ET "
        b"BT 3 Tr /F 20 Tf 50 60 Td (Invisible17) Tj ET 0 Tr "
        b"/OC /L BDC BT 0 g /F 20 Tf 50 200 Td (Layer17) Tj ET EMC "
        b"/Span <</ActualText (Alt17)>> BDC BT /F 20 Tf 50 300 Td (x) Tj ET EMC "
        b"BT /F 20 Tf 300 700 Td (Covered17) Tj ET 0.5 g 290 690 150 40 re f "
        b"BT 0 g /F 20 Tf 50 10 Td (Cropped17) Tj ET"
    )
    pdf = pdf_of(
        page,
        page=b"/CropBox[0 40 595 842]/Annots[6 0 R 7 0 R]/PieceInfo<</P<</Private (Piece17)>>>>",
        resources=b"/Properties<</L 5 0 R>>",
        catalogue=(
            b"/Metadata 4 0 R/AcroForm<</Fields[7 0 R]/DA (/F 12 Tf)>>/Outlines 8 0 R"
            b"/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>"
            b"/OpenAction<</S/JavaScript/JS (app.alert\\('Script17'\\))>>"
            b"/Names<</EmbeddedFiles<</Names[(a) 10 0 R]>>>>"
        ),
        further=[
            stream(b"/Type/Metadata/Subtype/XML", b"<x:xmpmeta>Xmp17</x:xmpmeta>"),
            b"<</Type/OCG/Name (Layer17)>>",
            b"<</Type/Annot/Subtype/Text/Rect[50 50 60 60]/F 2/Contents (Note17)>>",
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T (t)/V (Field17)/F 2/Rect[50 600 200 620]>>",
            b"<</Type/Outlines/First 9 0 R/Last 9 0 R/Count 1>>",
            b"<</Title (Title17)/Parent 8 0 R>>",
            b"<</Type/Filespec/F (a)/EF<</F 11 0 R>>>>",
            stream(b"/Type/EmbeddedFile", b"File17"),
            b"<</Author (Info17)>>",
        ],
        trailer=b"/Info 12 0 R",
    )
    return pdf.replace(b"startxref", b"% Earlier17\nstartxref")


def test_nothing_of_what_a_file_hides_comes_along() -> None:
    original = laden()
    assert [secret for secret in SECRETS if secret not in everything_in(original)] == []
    marks = find(original, "Zhang3")
    severed = sever(original, marks).pdf
    assert [secret for secret in SECRETS if secret in everything_in(severed)] == []
    document = pypdfium2.PdfDocument(severed)
    assert document.get_metadata_dict(skip_empty=True) == {}
    assert document.count_attachments() == 0 and list(document.get_toc()) == []
    assert document.get_formtype() == 0 and document.formenv is None
    with pdfplumber.open(io.BytesIO(severed)) as other:
        assert [(page.chars, page.annots, len(page.images)) for page in other.pages] == [([], [], 1)] * 2
        assert set(other.doc.catalog) == {"Type", "Pages", "Lang"} and other.doc.info == []


def test_what_cannot_be_seen_is_not_drawn_either() -> None:
    original = laden()
    marks = find(original, "Zhang3") + find(original, "Public")
    (image,) = images_in(sever(original, marks, listed=False).pdf)
    seen = (595.0, 802.0)
    areas = [
        Mark(page=1, x0=285, y0=107, x1=445, y1=157),  # the grey patch over the covered words
        Mark(page=1, x0=45, y0=520, x1=75, y1=550),  # the letter with an alternative text
    ]
    assert ink_outside(image, seen, [*marks, *areas]) == 0


def test_the_file_has_one_state_and_blank_particulars() -> None:
    severed = sever(pdf_of(PAGE), [BOX]).pdf
    assert severed.count(b"%%EOF") == severed.count(b"\nxref\n") == severed.count(b"startxref") == 1
    for name in (b"/Info", b"/Metadata", b"/Annots", b"/Names", b"/OCProperties", b"/Prev", b"/Font"):
        assert name not in severed


def test_the_same_file_and_marks_give_the_same_bytes_and_others_another_identity() -> None:
    one, same, other = (
        sever(pdf_of(PAGE), [box]).pdf for box in (BOX, BOX, Mark(page=1, x0=1, y0=1, x1=9, y1=9))
    )
    identity = re.compile(rb"/ID\[<([0-9A-F]{32})>")
    assert one == same
    assert identity.findall(one) != identity.findall(other)


def test_marks_may_overlap_lie_at_the_edges_and_be_as_large_as_the_page() -> None:
    marks = [
        Mark(page=1, x0=140, y0=310, x1=200, y1=350, reason="甲"),
        Mark(page=1, x0=180, y0=330, x1=300, y1=360, reason="乙"),
        Mark(page=1, x0=-50, y0=-50, x1=30, y1=20),
        Mark(page=1, x0=590, y0=830, x1=900, y1=1000, reason="乙"),
        Mark(page=1, x0=400, y0=400, x1=400.01, y1=800),
        Mark(page=2, x0=0, y0=0, x1=595, y1=842, reason="甲"),
    ]
    severed = sever(pdf_of(PAGE, PAGE, PAGE), marks)
    first, second, third, last = images_in(severed.pdf)
    for mark in marks[2:5]:
        assert brightest(first, A4, mark) == 0
    frame = Frame(size=A4, pixels=first.size)
    both = [frame.label(frame.area(mark)) for mark in marks[:2]]
    for label in filter(None, both):
        first.paste(0, (label[0], label[1], label[2] + 1, label[3] + 1))
    assert max(brightest(first, A4, mark) for mark in marks[:2]) == 0
    assert brightest(second, A4, marks[5]) == 0
    assert ink_outside(third, A4, []) > 1000 and ink_outside(last, A4, []) > 1000
    assert severed.marks_per_page == {1: 5, 2: 1}
    assert severed.numbers == {("甲", ""): 1, ("乙", ""): 2}
    assert severed.pages == 4


def test_a_box_bears_the_number_of_its_reason_where_there_is_room() -> None:
    large = [Mark(page=1, x0=50, y0=50 * i, x1=150, y1=50 * i + 30, reason=str(i)) for i in (1, 2)]
    small = Mark(page=1, x0=300, y0=50, x1=304, y1=54, reason="1")
    unnamed = Mark(page=1, x0=400, y0=50, x1=500, y1=80)
    (image,) = images_in(sever(pdf_of(PAGE), [*large, small, unnamed], listed=False).pdf)
    frame = Frame(size=A4, pixels=image.size)
    one, two, tiny, none = (image.crop(frame.area(mark)) for mark in (*large, small, unnamed))
    assert one.getextrema() == two.getextrema() == (0, 255)
    assert one.tobytes() != two.tobytes()
    assert tiny.getextrema() == none.getextrema() == (0, 0)


def test_numbers_of_many_figures_stay_in_their_place() -> None:
    marks = [
        Mark(
            page=1,
            x0=10 + 50 * (i % 11),
            y0=10 + 14 * (i // 11),
            x1=24 + 50 * (i % 11),
            y1=22 + 14 * (i // 11),
            reason=f"{i}",
        )
        for i in range(600)
    ]
    severed = sever(pdf_of(PAGE), marks, listed=False)
    assert len(severed.numbers) == 600
    (image,) = images_in(severed.pdf)
    assert max(brightest(image, A4, mark) for mark in marks) == 0


def test_the_last_page_says_what_the_numbers_mean() -> None:
    marks = [
        BOX,
        Mark(page=3, x0=1, y0=1, x1=9, y1=9, ground="trade_secret"),
        Mark(page=2, x0=1, y0=1, x1=9, y1=9),
    ]
    numbers = {("姓名", "personal_privacy"): 1, ("", "trade_secret"): 2}
    text = "".join(
        pypdfium2.PdfDocument(write_list(marks, numbers))[0].get_textpage().get_text_range().split()
    )
    for words in (
        "区分处理说明",
        "第三十七条",
        "共3处",
        "姓名个人隐私（《中华人民共和国政府信息公开条例》第十五条）",
    ):
        assert words in text
    assert re.search("编号处数所在页理由依据1.*2.*商业秘密商业秘密（.*—.*未写明", text)


def test_words_that_still_stand_elsewhere_are_named() -> None:
    original = pdf_of(PAGE, b"BT /F 20 Tf 150 500 Td (and Zhang 3 too) Tj ET")
    (first, second) = find(original, "Zhang3", reason="姓名")
    assert sever(original, [first]).elsewhere == (second,)
    assert sever(original, [first, second]).elsewhere == ()
    assert sever(original, [Mark(page=1, x0=0, y0=0, x1=595, y1=842)]).elsewhere == ()


def test_a_page_of_letters_is_small_and_nothing_pale_is_lost_from_it() -> None:
    words = Paragraph(plain("行政机关应当向申请人提供可以公开的政府信息内容。" * 60))
    (sheet,) = read_sheets(sever(write_pdf(Paper(title="通知", blocks=(words,))), [BOX], listed=False).pdf)[
        :1
    ]
    assert sheet.coding is Coding.TWO_TONES and len(sheet.data) < 60_000
    for grey in (b"0.75 g", b"0.5 g"):
        pale = pdf_of(PAGE + b" " + grey + b" BT /F 20 Tf 150 200 Td (Watermark) Tj ET 50 20 300 40 re f")
        severed = sever(pale, [BOX], listed=False).pdf
        assert read_sheets(severed)[0].coding is Coding.GREYS
        (image,) = images_in(severed)
        tone = image.getpixel((400, 2228))
        assert abs(tone - 255 * float(grey[:-2])) < 12
        assert sum(image.crop((400, 1700, 800, 1790)).histogram()[:230]) > 500


def test_red_heads_and_seals_stay_red() -> None:
    page = PAGE + b" 0.9 0.1 0.1 rg 100 700 300 30 re f"
    severed = sever(pdf_of(page), [BOX], listed=False).pdf
    red, green, _ = pypdfium2.PdfDocument(severed)[0].render(scale=1).to_pil().getpixel((200, 127))
    assert red > 200 > 60 > green


def test_stamps_and_filled_in_fields_stay_on_the_page() -> None:
    looks = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 100 40]", b"0 g 0 0 100 40 re f")
    stamp = b"<</Type/Annot/Subtype/%s/Rect[50 600 150 640]/F 4/AP<</N 4 0 R>>%s>>"
    for kind, more in ((b"Stamp", b""), (b"Widget", b"/FT/Sig/T (seal)")):
        original = pdf_of(
            PAGE,
            page=b"/Annots[5 0 R]",
            catalogue=b"/AcroForm<</Fields[5 0 R]>>" if more else b"",
            further=[looks, stamp % (kind, more)],
        )
        (image,) = images_in(sever(original, [BOX], listed=False).pdf)
        assert brightest(image, A4, Mark(page=1, x0=52, y0=204, x1=148, y1=240)) == 0


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_any_fineness_passes_its_verification(dpi: int) -> None:
    original = write_pdf(Paper(title="通知", blocks=(Paragraph(plain("申请人张三丰住云岭县城关镇。" * 40)),)))
    marks = find(original, "张三丰")
    severed = sever(original, marks, dpi=dpi)
    assert verify(severed.pdf, original, marks) == ()


def test_large_pages_are_drawn_smaller_rather_than_refused() -> None:
    original = pdf_of(PAGE, media=b"0 0 14400 14400")
    (image,) = images_in(sever(original, [BOX], listed=False, limits=Limits(pixels=4_000_000)).pdf)
    assert 3_900_000 < image.width * image.height < 4_010_000


LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"00" * 32, b"00" * 32)


@pytest.mark.parametrize(
    ("pdf", "said"),
    [
        (b"", "已损坏"),
        (b"%PDF-1.7 and no more", "已损坏"),
        (b"PK\x03\x04", "已损坏"),
        (pdf_of(), "已损坏"),
        (pdf_of(PAGE, trailer=LOCKED), "打开密码"),
        (pdf_of(*[b""] * 301), "超过 300 页"),
    ],
)
def test_what_cannot_be_worked_on_is_refused_in_one_sentence(pdf: bytes, said: str) -> None:
    for deed in (lambda: sever(pdf, [BOX]), lambda: find(pdf, "x")):
        with pytest.raises(NotSeverable, match=said):
            deed()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(megabytes=0), "超过 0 MB"),
        (Limits(seconds=-1), "秒"),
        (Limits(letters=3), "文字过多"),
    ],
)
def test_limits_are_kept(limits: Limits, said: str) -> None:
    with pytest.raises(NotSeverable, match=said):
        sever(pdf_of(PAGE), [BOX], limits=limits)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([], "请标出"),
        ([BOX, Mark(page=2, x0=1, y0=1, x1=2, y1=2)], "第 2 处标记在第 2 页"),
        ([Mark(page=1, x0=595, y0=1, x1=700, y1=2)], "第 1 处标记在第 1 页的页面之外"),
    ],
)
def test_marks_on_no_page_are_refused(marks: list[Mark], said: str) -> None:
    with pytest.raises(NotSeverable, match=said):
        sever(pdf_of(PAGE), marks)


@pytest.mark.parametrize("dpi", [99, 401])
def test_a_fineness_out_of_range_is_refused(dpi: int) -> None:
    with pytest.raises(ValueError, match="dpi"):
        sever(pdf_of(PAGE), [BOX], dpi=dpi)


def test_a_result_that_fails_its_verification_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "blacken", lambda *_: None)
    with pytest.raises(SeveranceFailed) as failed:
        sever(pdf_of(PAGE), [BOX])
    assert failed.value.problems == ("第 1 页有涂黑不完全的地方。",)
    assert "Zhang" not in str(failed.value)


def test_the_greys_stream_holds_the_picture_and_no_more() -> None:
    severed = sever(pdf_of(b"0.5 g 50 20 300 40 re f"), [BOX], listed=False).pdf
    (sheet,) = read_sheets(severed)
    inflater = zlib.decompressobj()
    assert len(inflater.decompress(sheet.data)) == (sheet.pixels[0] + 1) // 2 * sheet.pixels[1]
    assert inflater.unused_data == b""
