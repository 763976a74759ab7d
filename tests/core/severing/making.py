"""PDFs made by hand, and what can be taken out of one."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from gongkai.severing import Mark
from gongkai.severing.boxes import Frame

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SHOWN = "Public"
SECRET = "Zhang3"
PAGE = b"BT /F 20 Tf 150 500 Td (Zhang3) Tj 0 -60 Td (Public) Tj ET"


def stream(said: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (said, len(data), data)


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(out) + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(out))
    )


def pdf_of(
    *contents: bytes,
    page: bytes = b"",
    resources: bytes = b"",
    catalogue: bytes = b"",
    further: Sequence[bytes] = (),
    trailer: bytes = b"",
    media: bytes = b"0 0 595 842",
) -> bytes:
    """A PDF of pages with these contents; `further` objects are numbered from 4 on, before the pages."""
    first = 4 + len(further)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        FONT,
        *further,
    ]
    for number, content in enumerate(contents):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>%s>>"
            % (media, first + 2 * number + 1, resources, page),
            stream(b"", content),
        ]
    return file_of(objects, trailer)


def image_stream(picture: Image.Image) -> bytes:
    """A picture in colours as an image object."""
    said = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
        % picture.size
    )
    return stream(said + b"/Filter/FlateDecode", zlib.compress(picture.convert("RGB").tobytes()))


def scan_of(picture: Image.Image) -> bytes:
    """A PDF whose only page is a picture."""
    shown = b"q 595 0 0 842 0 0 cm /S Do Q"
    return pdf_of(shown, resources=b"/XObject<</S 4 0 R>>", further=[image_stream(picture)])


def naive(pdf: bytes, marks: Sequence[Mark]) -> bytes:
    """The same file with black rectangles drawn over the marks, as people do it who know no better."""
    document = pypdfium2.PdfDocument(pdf)
    for mark in marks:
        page = document[mark.page - 1]
        height = page.get_size()[1]
        box = pdfium.FPDFPageObj_CreateNewRect(
            mark.x0, height - mark.y1, mark.x1 - mark.x0, mark.y1 - mark.y0
        )
        pdfium.FPDFPageObj_SetFillColor(box, 0, 0, 0, 255)
        pdfium.FPDFPath_SetDrawMode(box, pdfium.FPDF_FILLMODE_ALTERNATE, False)
        pdfium.FPDFPage_InsertObject(page, box)
        pdfium.FPDFPage_GenerateContent(page)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def everything_in(pdf: bytes) -> bytes:
    """A file's bytes and those of its streams, inflated where they can be."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def images_in(pdf: bytes) -> list[Image.Image]:
    """The picture of each page, decoded from its stream, in greys."""
    document = pypdfium2.PdfDocument(pdf)
    images = []
    for page in document:
        (image,) = page.get_objects()
        images.append(image.get_bitmap().to_pil().convert("L").copy())
    return images


def shown(pdf: bytes, page: int = 1, scale: float = 2.0) -> Image.Image:
    """A page as a reader sees it, in greys."""
    return pypdfium2.PdfDocument(pdf)[page - 1].render(scale=scale).to_pil().convert("L").copy()


def ink_outside(picture: Image.Image, size: tuple[float, float], marks: Sequence[Mark]) -> int:
    """How many dark pixels a page has outside its marks."""
    frame, rest = Frame(size=size, pixels=picture.size), picture.copy()
    for mark in marks:
        rest.paste(255, frame.area(mark))
    return sum(rest.histogram()[:128])


def brightest(picture: Image.Image, size: tuple[float, float], mark: Mark, *, edge: int = 0) -> int:
    """The lightest pixel of a mark's area but for its label, `edge` pixels from either."""
    frame, copy = Frame(size=size, pixels=picture.size), picture.copy()
    left, top, right, bottom = area = frame.area(mark)
    if label := frame.label(area):
        copy.paste(0, (label[0] - edge, label[1] - edge, label[2] + edge, label[3] + edge))
    return int(copy.crop((left + edge, top + edge, right - edge, bottom - edge)).getextrema()[1])
