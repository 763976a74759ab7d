"""PDF files that refer to themselves, swell, or draw what no page can hold."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import pdf_file

CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
KIDS = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONTS = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
_RESOURCES = f"<<{_FONTS}/XObject<</F 5 0 R>>>>"
PAGE = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources{_RESOURCES}>>"
_FORM = f"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<{_FONTS}/XObject<</F 5 0 R/G 6 0 R>>>>"
WRITING = b"BT /A 9 Tf 1 0 0 1 50 50 Tm (a line of plain writing to be found) Tj ET\n"


def pdf(
    objects: Mapping[int, str | bytes], trailer: str = "/Root 1 0 R", *, start: int | None = None
) -> bytes:
    """Return a PDF of these objects with the table of their places, or one said to be elsewhere."""
    out, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content.encode() if isinstance(content, str) else content)
    size, here = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    tail = f"trailer<</Size {size} {trailer}>>\nstartxref\n{here if start is None else start}\n%%EOF"
    return out + tail.encode()


def stream(content: bytes, entries: str = "", filters: int = 1) -> bytes:
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = "/Filter[" + "/FlateDecode" * filters + "]" if filters else ""
    return f"<<{entries} /Length {len(content)} {names}>>stream\n".encode() + content + b"\nendstream"


def _drawn(content: bytes, page: str = PAGE, form: bytes = b"", entries: str = "", filters: int = 1) -> bytes:
    return pdf(
        {1: CATALOG, 2: KIDS, 3: page, 4: stream(WRITING + content, entries, filters), 5: stream(form, _FORM)}
    )


def _boxed(box: str) -> bytes:
    return _drawn(b"0 0 m 500 500 l S", PAGE.replace("0 0 600 800", box))


def _objects(*objects: str | bytes) -> bytes:
    return pdf(dict(enumerate(objects, 1)))


def _many_pages(count: int, shared: bool) -> bytes:
    numbers = [3] * count if shared else range(6, 6 + count)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    rest: dict[int, str | bytes] = {} if shared else dict.fromkeys(numbers, PAGE)
    return pdf(
        {1: CATALOG, 2: f"<</Type/Pages/Kids[{kids}]/Count {count}>>", 3: PAGE, 4: stream(WRITING), **rest}
    )


def _filtered(name: str, data: bytes, entries: str = "") -> bytes:
    size = "/Width 20000/Height 20000/BitsPerComponent 8/ColorSpace/DeviceGray"
    image = f"/Type/XObject/Subtype/Image{size}{entries}"
    body = f"<<{image}/Length {len(data)}/Filter/{name}>>stream\n".encode() + data + b"\nendstream"
    return pdf({1: CATALOG, 2: KIDS, 3: PAGE, 4: stream(WRITING + b"/F Do"), 5: body})


def _object_stream(content: bytes, count: int) -> bytes:
    packed = stream(content, f"/Type/ObjStm/N {count}/First 10")
    return pdf({1: CATALOG, 2: KIDS, 3: PAGE, 4: stream(WRITING), 6: packed}, "/Root 1 0 R /XRefStm 0")


def _forms(levels: int) -> bytes:
    """Each form draws the next ten times."""
    objects: dict[int, str | bytes] = {1: CATALOG, 2: KIDS, 3: PAGE, 4: stream(WRITING + b"/F Do " * 10)}
    for level in range(5, 5 + levels):
        resources = f"/Resources<<{_FONTS}/XObject<</F {level + 1} 0 R>>>>"
        form = f"/Type/XObject/Subtype/Form/BBox[0 0 600 800]{resources}"
        objects[level] = stream(WRITING + (b"/F Do " * 10 if level < 4 + levels else b""), form)
    return pdf(objects)


def _embedded() -> bytes:
    files = "<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>]>>"
    action = "/OpenAction<</S/JavaScript/JS(while(true){})>>/AA<</O<</S/Launch/F(/bin/sh)>>>>"
    catalog = f"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles {files}>>{action}>>"
    return pdf(
        {1: catalog, 2: KIDS, 3: PAGE, 4: stream(WRITING), 5: stream(b"MZ" * 1_000_000, "/Type/EmbeddedFile")}
    )


def _locked(revision: int, entries: str = "") -> bytes:
    identity = f"/ID[<{'00' * 16}><{'00' * 16}>]"
    keys = f"/O<{'ab' * 32}>/U<{'cd' * 32}>{entries}"
    lock = f"/Filter/Standard/V {revision - 1}/R {revision}/Length 128/P -44{keys}"
    objects = {1: CATALOG, 2: KIDS, 3: PAGE, 4: stream(WRITING)}
    return pdf(objects, f"/Root 1 0 R {identity}/Encrypt<<{lock}>>")


def _ruled(count: int, step: float) -> bytes:
    lines = b"".join(
        b"%d 0 m %d 9000 l S 0 %d m 9000 %d l S\n" % ((int(i * step),) * 4) for i in range(count)
    )
    return _drawn(lines, PAGE.replace("600 800", "9000 9000"))


def _words(count: int, size: str = "5") -> bytes:
    places = (b"1 0 0 1 %d %d Tm (1 2) Tj\n" % (i * 7 % 500, i * 3 % 790) for i in range(count))
    return _drawn(f"BT /A {size} Tf ".encode() + b"".join(places) + b"ET")


_BOXES = (
    "0 0 1e30 1e30",
    "0 0 0 0",
    "600 800 0 0",
    "-1e9 -1e9 1e9 1e9",
    "0 0 NaN NaN",
    "0 0",
    "0 0 99999999 1",
    "a b c d",
    "0 0 0.0001 0.0001",
    "3 0 R 3 0 R 3 0 R 3 0 R",
)
_MATRICES = (
    "0 0 0 0 0 0",
    "1e38 0 0 1e38 0 0",
    "NaN 0 0 NaN 0 0",
    "inf 0 0 inf 0 0",
    "1e-38 0 0 1e-38 1e38 1e38",
    "1 1 1 1 1 1",
    "0 1 -1 0 600 0",
    "99999999999999999999 0 0 1 0 0",
    "- - - - - -",
    "1 0 0 -1 0 800",
)

FILES: Mapping[str, Callable[[], bytes]] = {
    **{f"page of {box}": partial(_boxed, box) for box in _BOXES},
    **{
        f"matrix {matrix}": partial(_drawn, f"q {matrix} cm 10 10 500 500 re S\n".encode() + WRITING + b"Q")
        for matrix in _MATRICES
    },
    **{
        f"text matrix {matrix}": partial(_drawn, f"BT /A 9 Tf {matrix} Tm (1 2 3) Tj ET".encode() * 50)
        for matrix in _MATRICES
    },
    "the catalogue is itself": partial(_objects, "1 0 R", "2 0 R"),
    "pages within pages for ever": partial(_objects, CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "pages twice within themselves": partial(
        _objects, CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100>>"
    ),
    "a page that is its own parent": partial(_objects, CATALOG, KIDS, PAGE.replace("Parent 2", "Parent 3")),
    "pages in a ring": lambda: pdf(
        {
            1: CATALOG,
            **{i: f"<</Type/Pages/Parent {i} 0 R/Kids[{i % 50 + 2} 0 R]/Count 9>>" for i in range(2, 52)},
        }
    ),
    "100 million pages told": partial(_objects, CATALOG, KIDS.replace("Count 1", "Count 100000000"), PAGE),
    "fewer pages than none": partial(_objects, CATALOG, KIDS.replace("Count 1", "Count -5"), PAGE),
    "10,000 pages": partial(_many_pages, 10_000, False),
    "one page 10,000 times": partial(_many_pages, 10_000, True),
    "one page 190 times": partial(_many_pages, 190, True),
    "a form that draws itself": partial(_drawn, b"/F Do", form=b"/F Do " * 10),
    "forms, each drawing ten": partial(_forms, 6),
    "forms, each drawing ten, deeper": partial(_forms, 40),
    "100,000 brackets": lambda: _objects(CATALOG, "[" * 100_000, "<<" * 100_000),
    "100,000 brackets in a page": partial(_drawn, b"[" * 100_000 + b"<<" * 100_000),
    "100,000 graphics states": partial(_drawn, b"q " * 100_000 + WRITING),
    "as many states left as entered": partial(_drawn, b"Q " * 100_000 + WRITING),
    "50 MB of blanks": partial(_drawn, b" " * 50_000_000),
    "50 MB of blanks packed four times": partial(_drawn, b" " * 50_000_000, filters=4),
    "30 filters": partial(_drawn, b"", filters=30),
    "a thousand filters told": lambda: _drawn(b"", filters=0).replace(
        b"/Length", b"/Filter[" + b"/FlateDecode" * 1_000 + b"]/Length"
    ),
    "a length in a circle": lambda: _objects(
        CATALOG, KIDS, PAGE, b"<</Length 4 0 R>>stream\nBT ET\nendstream"
    ),
    "a length beyond the end": lambda: _objects(
        CATALOG, KIDS, PAGE, b"<</Length 999999999>>stream\nBT ET\nendstream"
    ),
    "a predictor of impossible width": partial(
        _drawn, WRITING * 100, entries="/DecodeParms<</Predictor 15/Columns 2147483647/Colors 255>>"
    ),
    "an object stream told to hold a million": partial(_object_stream, b"7 0 8 10 <<>> <<>>", 1_000_000),
    "an object stream of 50 MB": partial(_object_stream, b"7 0" + b" " * 50_000_000, 1),
    "JBIG2 of nothing": partial(_filtered, "JBIG2Decode", b"\xff" * 5_000),
    "JPX of nothing": partial(_filtered, "JPXDecode", b"\xff\x4f\xff\x51" + b"\xff" * 5_000),
    "CCITT of nothing": partial(
        _filtered, "CCITTFaxDecode", b"\0" * 5_000, "/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
    ),
    "JPEG of nothing": partial(_filtered, "DCTDecode", b"\xff\xd8\xff\xc0" + b"\xff" * 5_000),
    "LZW of nothing": partial(_filtered, "LZWDecode", b"\x80" * 5_000),
    "a run-length bomb": partial(_filtered, "RunLengthDecode", b"\x81 " * 500_000),
    "a picture of 400 MB": partial(_filtered, "FlateDecode", zlib.compress(bytes(50_000_000), 9)),
    "1,000,000 path segments": partial(_drawn, b"0 0 m " + b"9 9 l 0 0 l " * 500_000 + b"S"),
    "300,000 lines": lambda: _drawn(
        b"".join(b"%d 0 m %d 800 l S\n" % (i % 600, i % 599) for i in range(300_000))
    ),
    "100,000 rectangles": lambda: _drawn(
        b"".join(b"%d %d 9 9 re S\n" % (i % 590, i * 7 % 790) for i in range(100_000))
    ),
    "curves without end": partial(_drawn, b"0 0 m " + b"1 1 2 2 3 3 c " * 200_000 + b"S"),
    "a million cells of lines": partial(_ruled, 2_250, 4),
    "lines a hair apart": partial(_ruled, 3_000, 1),
    "60,000 words": partial(_words, 60_000),
    "20,000 words on one another": partial(_words, 20_000, "500"),
    "words of no size": partial(_words, 5_000, "0"),
    "words of size NaN": partial(_words, 5_000, "NaN"),
    "words larger than the page": partial(_words, 2_000, "1e9"),
    "a word of 60,000 characters": partial(_drawn, b"BT /A 1 Tf (" + b"1" * 60_000 + b") Tj ET"),
    "words never ended": partial(_drawn, b"BT /A 9 Tf (" + b"1" * 1_000),
    "a hundred thousand fonts": lambda: _drawn(b"BT /A 9 Tf (1) Tj " * 100_000),
    "a font that is its own parts": partial(
        _drawn, b"BT /A 9 Tf (1) Tj ET", PAGE.replace("/A<<", "/A 3 0 R/B<<")
    ),
    "the table of places in a circle": lambda: pdf(
        {1: CATALOG, 2: KIDS, 3: PAGE}, "/Root 1 0 R/Prev 9", start=9
    ),
    "a table of places that precedes itself": lambda: _prev(_objects(CATALOG, KIDS, PAGE, stream(WRITING))),
    "a table of places of a thousand million": lambda: _objects(CATALOG, KIDS, PAGE).replace(
        b"xref\n0 4", b"xref\n0 999999999"
    ),
    "the table of places nowhere": lambda: pdf(
        {1: CATALOG, 2: KIDS, 3: PAGE, 4: stream(WRITING)}, start=2**40
    ),
    "20,000 revisions": lambda: (
        _objects(CATALOG, KIDS, PAGE, stream(WRITING)) + b"startxref\n9\n%%EOF\n" * 20_000
    ),
    "scripts and enclosed programs": _embedded,
    "locked by RC4": partial(_locked, 3),
    "locked by AES": partial(_locked, 6, f"/OE<{'00' * 32}>/UE<{'00' * 32}>/Perms<{'00' * 16}>"),
    "locked in an unknown way": partial(_locked, 99),
    "a head and nothing": lambda: b"%PDF-1.7\n",
    "a head 10,000 times": lambda: b"%PDF-1.7\n" * 10_000,
    "a head and a bomb of noise": lambda: b"%PDF-1.7\n" + bytes(i * i % 251 for i in range(500_000)),
    "a million objects": lambda: (
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<<>>\nendobj\n" % i for i in range(300_000))
    ),
    "content of every byte": lambda: pdf_file(bytes(range(256)) * 2_000),
    "operators without operands": lambda: pdf_file(
        b" cm Tm Tf Tj TJ ' \" re l c S f Do gs sh BI ID EI Td TL " * 5_000
    ),
    "pictures in the line that never end": lambda: pdf_file(
        WRITING + b"BI /W 9999 /H 9999 /BPC 8 /CS /G ID " * 5_000
    ),
}


def _prev(data: bytes) -> bytes:
    here = data.rindex(b"xref\n0")
    return data.replace(b"/Root", b"/Prev %d /Root" % here)
