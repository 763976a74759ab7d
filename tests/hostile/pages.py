"""OFD files whose pages, templates, objects and paths lead back to themselves or to nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import OFD, ofd_file, zipped

PAGE = "Doc_0/Pages/Page_0/Content.xml"
DOCUMENT = "Doc_0/Document.xml"


def _with(content: str = "", **parts: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ofd_file(content.encode()))) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, part in parts.items():
        held[
            {"root": "OFD.xml", "document": DOCUMENT, "page": PAGE, "resources": "Doc_0/PublicRes.xml"}[name]
        ] = part
    return zipped(held)


def _document(pages: str, common: str = "") -> str:
    return (
        f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
        f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    )


def _text(text: str, *, steps: str = "", box: str = "10 10 50 5", more: str = "") -> str:
    return (
        f'<ofd:TextObject ID="5" Boundary="{box}" Font="1" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="4" {steps}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def _path(drawn: str, box: str = "0 0 210 297") -> str:
    line = f"<ofd:AbbreviatedData>{drawn}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="6" Boundary="{box}">{line}</ofd:PathObject>'


def _pages(count: int, where: str = "Pages/Page_0/Content.xml") -> bytes:
    return _with(_text("一"), document=_document(f'<ofd:Page ID="1" BaseLoc="{where}"/>' * count))


def _root(body: str) -> bytes:
    return _with(root=f'<ofd:OFD xmlns:ofd="{OFD}">{body}</ofd:OFD>')


def _body(where: str) -> str:
    return f"<ofd:DocBody><ofd:DocRoot>{where}</ofd:DocRoot></ofd:DocBody>"


def _templates() -> bytes:
    """Templates that use one another, and pages that use both."""
    use = '<ofd:Template TemplateID="7"/><ofd:Template TemplateID="8"/>' * 20
    layer = f"<ofd:Content><ofd:Layer>{_text('一')}</ofd:Layer></ofd:Content>"
    page = f'<ofd:Page xmlns:ofd="{OFD}">{use}{layer}</ofd:Page>'
    told = "".join(f'<ofd:TemplatePage ID="{i}" BaseLoc="Pages/Page_0/Content.xml"/>' for i in (7, 8))
    return _with(
        page=page, document=_document('<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 3, told)
    )


def _composite() -> bytes:
    """Composite objects each made of two of the other."""
    use = '<ofd:CompositeObject ID="{0}" ResourceID="{0}" Boundary="0 0 9 9"/>'
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{i}" Width="9" Height="9"><ofd:Content>{use.format(99 - i) * 2}'
        f"{_text('一')}</ofd:Content></ofd:CompositeGraphicUnit>"
        for i in (49, 50)
    )
    resources = (
        f'<ofd:Res xmlns:ofd="{OFD}"><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>'
    )
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    page = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
    return _with(use.format(49) * 20, resources=resources, document=_document(page, common))


_STEPS = (
    "g 999999999 1",
    "g -5 1",
    "g 1",
    "g",
    "g g g 1 1",
    "NaN inf -inf",
    "1e308 1e308",
    "g 3 g 3 g 3 1",
    "x y z",
    "g 1000000 1 " * 50,
    "1 " * 100_000,
)
_BOXES = ("NaN NaN NaN NaN", "0 0 1e30 1e30", "0 0 -5 -5", "1 2", "", "a b c d", "inf 0 5 5")

FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"characters {steps[:24]} apart": partial(
            _with, _text("申请数量" * 5, steps=f'DeltaX="{steps}"') * 30
        )
        for steps in _STEPS
    },
    **{
        f"a text in {box or 'no box'}": partial(
            _with, (_text("一", box=box) + _path("M 0 0 L 9 9", box)) * 30
        )
        for box in _BOXES
    },
    "a transformation of infinity": lambda: _with(_text("一", more='CTM="inf 0 0 inf NaN NaN"') * 30),
    "a transformation of four": lambda: _with(_text("一", more='CTM="1 0 0 1" HScale="1e99"') * 30),
    "10,000 pages of one part": partial(_pages, 10_000),
    "190 pages of one part": partial(_pages, 190),
    "a page outside the file": partial(_pages, 5, "../../../../../etc/passwd"),
    "a page at the root": partial(_pages, 5, "/OFD.xml"),
    "a page that is its document": partial(_pages, 5, "Document.xml"),
    "a page of 60,000 letters' name": partial(_pages, 5, "../" * 20_000),
    "no page": partial(_pages, 0),
    "no document": partial(_root, ""),
    "a document that is the root": partial(_root, _body("OFD.xml")),
    "1,000 documents": lambda: _root(_body(DOCUMENT) * 1_000),
    "a document outside": partial(_root, _body("../../etc/passwd")),
    "an empty root": lambda: _with(root=""),
    "a root of another kind": lambda: _with(root="<html/>"),
    "templates that use one another": _templates,
    "composite objects of one another": _composite,
    "blocks in one another": lambda: _with("<ofd:PageBlock>" * 200 + _text("一") + "</ofd:PageBlock>" * 200),
    "100,000 texts": lambda: _with(_text("一") * 100_000),
    "a text of 1 MB": lambda: _with(_text("一" * 350_000)),
    "100,000 paths": lambda: _with(_path("M 0 0 L 9 9") * 100_000),
    "a path of a million segments": lambda: _with(_path("M 0 0 " + "L 9 9 L 0 0 " * 500_000)),
    "a path without numbers": lambda: _with(_path("M L C B Q A S M M L") * 100),
    "a path of NaN": lambda: _with(_path("M NaN NaN L inf -inf L 1e308 1e308 C") * 100),
    "a path of unknown letters": lambda: _with(_path("Z 1 2 # ! M 1") * 100),
    "a million cells of lines": lambda: _with(
        "".join(
            _path(f"M {i / 5} 0 L {i / 5} 297") + _path(f"M 0 {i / 5} L 210 {i / 5}") for i in range(1_000)
        )
    ),
    "glyphs instead of text": lambda: _with(
        '<ofd:TextObject Boundary="0 0 9 9" Font="1" Size="4"><ofd:CGTransform CodePosition="-9" '
        'CodeCount="99999999" GlyphCount="99999999"><ofd:Glyphs>1 2 3</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="0">一</ofd:TextCode>'
        "</ofd:TextObject>" * 20
    ),
    "a picture that is not there": lambda: _with(
        '<ofd:ImageObject ResourceID="9" Boundary="0 0 210 297"/>' * 100
    ),
    "locked": lambda: _with(root=f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:Encryptions/>{_body(DOCUMENT)}</ofd:OFD>'),
}
