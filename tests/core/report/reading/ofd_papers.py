"""Small OFD packages made on the spot for the readers' tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from gongkai.report.reading.blocks import Document
from gongkai.report.reading.ofd.pages import read_ofd

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
AREA = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
FILLER = "这一页上还有一行足够长的文字，好让它不像一张图片那样什么也没有。"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def parts(*pages: str, common: str = "") -> dict[str, str | bytes]:
    """The parts of a package with the given page contents."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(pages)))
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return {
        "OFD.xml": f"<ofd:OFD {SPACE}>{root}</ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {SPACE}><ofd:CommonData>{AREA}{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        **{f"Doc_0/Pages/P{n}.xml": page for n, page in enumerate(pages)},
    }


def page(*objects: str, before: str = "") -> str:
    layer = f'<ofd:Layer ID="1">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {SPACE}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def text(words: str, x: float, y: float, size: float = 4.0, attributes: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject ID="2" Boundary="{x} {y} 100 6" Font="1" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="4" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, x: float = 0, y: float = 0, attributes: str = "") -> str:
    return (
        f'<ofd:PathObject ID="3" Boundary="{x} {y} 200 280" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def read(*objects: str) -> Document:
    return read_ofd(packed(parts(page(*objects, text(FILLER, 20, 260)))))
