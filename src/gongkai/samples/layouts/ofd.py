"""OFD packages (GB/T 33190-2016) written part by part: ruled, without rules, and in many pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.samples.layouts.paper import HEIGHT, WIDTH, Frame, Mark, Paper, set_pages
from gongkai.samples.sheets import Sheet

_SPACE = ' xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_POINT = 25.4 / 72
_RULE = 0.25


def ruled(sheet: Sheet) -> bytes:
    """One layer a page, a text object for each line, each cell's outline a closed path."""
    return _package([_page([*map(_text, p.marks), *map(_outline, p.frames)]) for p in set_pages(sheet)])


def plain(sheet: Sheet) -> bytes:
    """Tables by position only, no rule drawn."""
    return _package([_page([*map(_text, p.marks)]) for p in set_pages(sheet, roomy=True)])


def pieces(sheet: Sheet) -> bytes:
    """As converters leave it: lines cut into several codes and objects, scaled from points, rules as thin
    filled boxes, pages over a template with a running head, the tables' text in composite objects."""
    rng = sheet.rng
    papers = set_pages(sheet)
    composites: list[str] = []
    pages = [_piecemeal(paper, n, rng, composites) for n, paper in enumerate(papers, 1)]
    head = Mark(text=f"{sheet.report.agency}政府信息公开", x=22.0, base=14.0, size=3.2)
    return _package(
        pages,
        templates=[_page([_text(head), _filled(22.0, 16.0, WIDTH - 44.0, _RULE)])],
        resources=_resources(composites),
        relative=True,
        dress=rng.choice((_prefixed, _by_default, _bare)),
    )


def _prefixed(xml: str) -> str:
    return xml


def _by_default(xml: str) -> str:
    return xml.replace("xmlns:ofd=", "xmlns=").replace("<ofd:", "<").replace("</ofd:", "</")


def _bare(xml: str) -> str:
    """Without any namespace, as some writers leave it."""
    return _by_default(xml).replace(_SPACE.replace(":ofd", ""), "")


def _package(
    pages: Sequence[str],
    *,
    templates: Sequence[str] = (),
    resources: str = "",
    relative: bool = False,
    dress: Callable[[str], str] = _prefixed,
) -> bytes:
    root = "" if relative else "/Doc_0/"
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    below = "".join(
        f'<ofd:TemplatePage ID="{50 + n}" BaseLoc="{root}Tpls/Tpl_{n}/Content.xml"/>'
        for n in range(len(templates))
    )
    held = f"<ofd:DocumentRes>{root}DocumentRes.xml</ofd:DocumentRes>" if resources else ""
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
    entry = (
        f'<ofd:OFD{_SPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>'
        f"00000000000000000000000000000001</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>{'' if relative else '/'}Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    document = (
        f"<ofd:Document{_SPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>{area}{held}{below}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    parts = {"OFD.xml": entry, "Doc_0/Document.xml": document}
    parts |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
    parts |= {f"Doc_0/Tpls/Tpl_{n}/Content.xml": page for n, page in enumerate(templates)}
    parts |= {"Doc_0/DocumentRes.xml": resources} if resources else {}
    return _zipped({name: _HEAD + dress(part) for name, part in parts.items()})


def _zipped(parts: Mapping[str, str]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return stream.getvalue()


def _page(*layers: Sequence[str], template: str = "") -> str:
    shown = "".join(
        f'<ofd:Layer ID="{n}" Type="Body">{"".join(layer)}</ofd:Layer>' for n, layer in enumerate(layers, 10)
    )
    return f"<ofd:Page{_SPACE}>{template}<ofd:Content>{shown}</ofd:Content></ofd:Page>"


def _text(mark: Mark) -> str:
    """A line as one object in the page's own units."""
    box = f"{mark.x:g} {mark.base - mark.size:g} {sum(_advances(mark)):g} {1.3 * mark.size:g}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{box}" Font="2" Size="{mark.size:g}">'
        f"{_code(mark.text, 0.0, mark.size, _advances(mark))}</ofd:TextObject>"
    )


def _advances(mark: Mark) -> list[float]:
    return [mark.size / (2 if char.isascii() else 1) for char in mark.text]


def _code(text: str, x: float, y: float, advances: Sequence[float]) -> str:
    steps = f' DeltaX="{" ".join(_repeated(advances[:-1]))}"' if len(text) > 1 else ""
    return f'<ofd:TextCode X="{x:g}" Y="{y:g}"{steps}>{escape(text)}</ofd:TextCode>'


def _repeated(steps: Sequence[float]) -> Iterator[str]:
    for value, run in groupby(f"{step:g}" for step in steps):
        times = len(list(run))
        yield f"g {times} {value}" if times > 2 else " ".join([value] * times)


def _outline(frame: Frame) -> str:
    w, h = f"{frame.width:g}", f"{frame.height:g}"
    return (
        f'<ofd:PathObject ID="3" Boundary="{frame.x:g} {frame.y:g} {w} {h}" LineWidth="{_RULE}">'
        f"<ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _filled(x: float, y: float, width: float, height: float) -> str:
    w, h = f"{width:g}", f"{height:g}"
    return (
        f'<ofd:PathObject ID="4" Boundary="{x:g} {y:g} {w} {h}" Stroke="false" Fill="true">'
        f'<ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>S 0 0 M 0 0 L {w} 0 L {w} {h} L 0 {h} L 0 0 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _piecemeal(paper: Paper, number: int, rng: Random, composites: list[str]) -> str:
    folio = Mark(text=f"- {number} -", x=WIDTH / 2 - 4, base=282.0, size=3.2)
    longest = rng.choice((1, 4, 9))
    marks = [_scaled(mark, rng, longest) for mark in [*paper.marks, folio]]
    rng.shuffle(marks)
    half = len(marks) // 2
    composites.append("".join(marks[half:]))
    area = f"0 0 {WIDTH:g} {HEIGHT:g}"
    drawn = f'<ofd:CompositeObject ID="5" Boundary="{area}" ResourceID="{200 + len(composites)}"/>'
    rules = [rule for frame in paper.frames for rule in _four_sides(frame)]
    template = '<ofd:Template TemplateID="50" ZOrder="Background"/>'
    block = f'<ofd:PageBlock ID="6">{"".join(marks[:half])}</ofd:PageBlock>'
    return _page(rules, [block], [drawn], template=template)


def _scaled(mark: Mark, rng: Random, longest: int) -> str:
    """A line in points, brought to millimetres by the object's matrix, its text in codes of at most
    `longest` characters; a font's own signs are named besides the characters."""
    size = mark.size / _POINT
    advances = [each / _POINT for each in _advances(mark)]
    codes = []
    at, x = 0, 0.0
    while at < len(mark.text):
        end = at + rng.randint(1, longest)
        codes.append(_code(mark.text[at:end], round(x, 3), round(size, 3), advances[at:end]))
        x += sum(advances[at:end])
        at = end
    box = f"{mark.x:g} {mark.base - mark.size:g} {x * _POINT:g} {1.3 * mark.size:g}"
    signs = " ".join(str(300 + n) for n in range(len(mark.text)))
    return (
        f'<ofd:TextObject ID="7" Boundary="{box}" CTM="{_POINT:.6f} 0 0 {_POINT:.6f} 0 0" Font="2"'
        f' Size="{size:g}"><ofd:CGTransform CodePosition="0" CodeCount="{len(mark.text)}"'
        f' GlyphCount="{len(mark.text)}"><ofd:Glyphs>{signs}</ofd:Glyphs></ofd:CGTransform>'
        f"{''.join(codes)}</ofd:TextObject>"
    )


def _four_sides(frame: Frame) -> Iterator[str]:
    right, foot = frame.x + frame.width, frame.y + frame.height
    yield _filled(frame.x, frame.y, frame.width, _RULE)
    yield _filled(frame.x, foot, frame.width, _RULE)
    yield _filled(frame.x, frame.y, _RULE, frame.height)
    yield _filled(right, frame.y, _RULE, frame.height)


def _resources(composites: Sequence[str]) -> str:
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{200 + n}" Width="{WIDTH:g}" Height="{HEIGHT:g}">'
        f"<ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>"
        for n, content in enumerate(composites, 1)
    )
    return f"<ofd:Res{_SPACE}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
