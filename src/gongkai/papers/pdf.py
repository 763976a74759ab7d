"""A document or a gazette as a PDF file with bookmarks, set by typst in the Chinese faces this machine has.

Text reaches typst as JSON, which its templates show and never run; the only files it can read are those
handed to it, and its templates import none from elsewhere.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.papers.grids import LONGEST_FORM, grid_of, letterhead_points, seal_indent
from gongkai.papers.paper import (
    Block,
    Gazette,
    Heading,
    ListBlock,
    Paper,
    PaperError,
    Paragraph,
    Picture,
    Rule,
    Runs,
    Seal,
    Table,
    fact_table,
    long_date,
    printable,
    set_out,
    signature,
)
from gongkai.papers.pictures import printed_size

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei")
_ANY = ("WenQuanYi Micro Hei", "Droid Sans Fallback", "Noto Sans SC", "Noto Serif SC", "Arial Unicode MS")
_FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", *_SERIF, *_SANS, *_ANY),
    "heading": ("SimHei", "STHeiti", "Heiti SC", *_SANS, *_SERIF, *_ANY),
    "subheading": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "AR PL UKai CN", *_SERIF, *_SANS, *_ANY),
    "text": ("FangSong_GB2312", "FangSong", "STFangsong", *_SERIF, *_SANS, *_ANY),
}
"""What each part is set in, the face of GB/T 9704 first; those that are there are taken in this order."""


def write_pdf(paper: Paper) -> bytes:
    """Return a document as a PDF file; the same document and faces give the same bytes.

    Raises:
        PaperError: typst or any Chinese face is missing, or typst gives up.
    """
    pictures: dict[str, bytes] = {}
    given: dict[str, object] = {
        "author": printable(paper.issuer),
        "day": paper.made_on and _day(paper.made_on),
        "paper": _paper(paper, pictures),
    }
    return _set("paper.typ", given, pictures)


def write_gazette_pdf(gazette: Gazette) -> bytes:
    """Return an issue of a gazette as a PDF file: cover, contents, then the papers on numbered pages.

    Raises:
        PaperError: as `write_pdf`.
    """
    pictures: dict[str, bytes] = {}
    sections = (
        {"title": printable(section.title), "papers": [_paper(paper, pictures) for paper in section.papers]}
        for section in gazette.sections
    )
    given: dict[str, object] = {
        "title": printable(gazette.title),
        "issue": f"{gazette.year}年第{gazette.number}期",
        "serial": f"（总第{gazette.serial}期）" if gazette.serial else None,
        "author": printable(gazette.publisher),
        "issued": long_date(gazette.issued_on),
        "day": _day(gazette.issued_on),
        "papers": [_paper(paper, pictures) for paper in gazette.papers],
        "sections": list(sections),
    }
    return _set("gazette.typ", given, pictures)


def _set(template: str, given: Mapping[str, object], pictures: dict[str, bytes]) -> bytes:
    """Let typst set a template, as PDF/UA-1 where the headings' levels and the pictures' texts allow it.

    Pictures that turn out damaged give way to their alternative text.
    """
    folder = files("gongkai.papers") / "templates"
    sources = {
        "main.typ": (folder / template).read_bytes(),
        "setting.typ": (folder / "setting.typ").read_bytes(),
    }

    def compiled(standard: str | None, damaged: list[str]) -> bytes:
        data = json.dumps({**given, "faces": _fonts()[1], "damaged": damaged}, ensure_ascii=False)
        return _compiled({**sources, "paper.json": data.encode()}, pictures, standard)

    try:
        return compiled("ua-1", [])
    except PaperError:
        damaged = [name for name, picture in pictures.items() if not _is_drawn(picture)]
    return compiled(None, damaged)


def _is_drawn(picture: bytes) -> bool:
    try:
        _compiled({"main.typ": b'#image("picture")'}, {"picture": picture})
    except PaperError:
        return False
    return True


def _compiled(sources: dict[str, bytes], pictures: dict[str, bytes], standard: str | None = None) -> bytes:
    """Compile main.typ among the sources; it sees a folder with the pictures and nothing else of the disk."""
    wanted: dict[str, Any] = {"format": "pdf", "timestamp": 0, "pdf_standards": standard or []}
    with TemporaryDirectory() as root:
        for name, picture in pictures.items():
            (Path(root) / name).write_bytes(picture)
        try:
            pdf = _typst().compile(sources, root=root, font_paths=_fonts()[0], **wanted)
        except RuntimeError as failure:
            raise PaperError("文件无法排成 PDF，请检查其中的内容。") from failure
    return bytes(pdf)


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError as missing:
        raise PaperError("没有安装 typst，不能生成 PDF。") from missing


def can_set() -> bool:
    """Whether this machine has what PDF files are set with: typst and Chinese faces."""
    try:
        _fonts()
    except PaperError:
        return False
    return True


@lru_cache(maxsize=1)
def _fonts() -> tuple[Any, dict[str, list[str]]]:
    """Return this machine's fonts as typst found them, and of each part's faces those among them."""
    fonts = _typst().Fonts()
    known = {font.family for font in fonts.fonts()}
    faces = {part: [name for name in names if name in known] for part, names in _FACES.items()}
    if not all(faces.values()):
        raise PaperError("本机没有可用的中文字体，不能生成 PDF；请安装 Noto CJK 等字体。")
    return fonts, faces


def _paper(paper: Paper, pictures: dict[str, bytes]) -> dict[str, object]:
    facts = fact_table(paper)
    return {
        "title": printable(paper.title),
        "number": printable(paper.number),
        "letterhead": [printable(paper.letterhead), letterhead_points(paper.letterhead)],
        "mark": printable(paper.mark),
        "source": printable(paper.source),
        "facts": facts and _table(facts),
        "blocks": _blocks(set_out(paper), pictures),
        "signature": [printable(line) for line in signature(paper)],
    }


def _blocks(blocks: Iterable[Block], pictures: dict[str, bytes]) -> list[dict[str, object]]:
    return [_block(block, pictures) for block in blocks if not isinstance(block, Table) or block.rows]


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": printable(block.text)}
        case Paragraph():
            shape = {"flush": block.flush, "kept": block.kept}
            return {"kind": "paragraph", "runs": _runs(block.runs), **shape}
        case ListBlock():
            items = [_blocks(item, pictures) for item in block.items]
            return {"kind": "list", "ordered": block.ordered, "items": items}
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, pictures)
        case Seal():
            lines = [printable(line) for line in block.lines]
            return {"kind": "seal", "lines": lines, "right": seal_indent(block.lines)}
        case Rule():
            return {"kind": "rule", "cut": block.cut}
    return {"kind": "page_break"}


def _runs(runs: Runs) -> list[tuple[str, bool]]:
    return [(printable(text), bold) for text, bold in runs]


def _table(table: Table) -> dict[str, object]:
    grid = grid_of(table)
    rows = [[{**vars(place), "runs": _runs(place.runs)} for place in row] for row in grid.rows]
    shape = {"widths": grid.widths(), "header_rows": grid.header_rows, "form": table.form}
    shape["whole"] = table.form and len(rows) <= LONGEST_FORM
    return {"kind": "table", "rows": rows, **shape}


def _picture(picture: Picture, pictures: dict[str, bytes]) -> dict[str, object]:
    size = printed_size(picture.data)
    name = f"picture-{len(pictures)}"
    if size:
        pictures[name] = picture.data
    return {
        "kind": "picture",
        "file": name,
        "size": size,
        "alternative": printable(picture.alternative),
        "caption": printable(picture.caption),
    }


def _day(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
