"""The pages of a package: their sizes, and the page blocks that draw on them, templates included."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.trees import local
from gongkai.report.reading.ofd.package import DAMAGED, Package, child, children, numbers

MAX_PAGES = 200
_A4 = (0.0, 0.0, 210.0, 297.0)
_BOXES = ("PhysicalBox", "ApplicationBox", "CropBox", "ContentBox")

Rectangle = tuple[float, float, float, float]


@dataclass(slots=True)
class Page:
    """A page: its area as left, top, width, height in millimetres, and its blocks, `None` where missing.

    `composites` are the contents of composite objects by their resource's number.
    """

    area: Rectangle
    blocks: list[Any] | None
    composites: dict[str, Any]


@dataclass(slots=True)
class _Book:
    """What the pages of one document share."""

    package: Package
    folder: str
    area: Rectangle = _A4
    templates: dict[str, str] = field(default_factory=dict)
    composites: dict[str, Any] = field(default_factory=dict)


def pages(package: Package, entry: str) -> Iterator[Page]:
    """Yield the pages of each document of the package, in order.

    Raises:
        Unreadable: the package is damaged, or has more than `MAX_PAGES` pages.
    """
    count = 0
    for body in children(package.parse(entry), "DocBody"):
        root = child(body, "DocRoot")
        path = package.locate(root.text or "", posixpath.dirname(entry)) if root is not None else None
        if path is None:
            raise Unreadable(DAMAGED)
        document = package.parse(path)
        book = _book(package, document, posixpath.dirname(path))
        listed = child(document, "Pages")
        for page in children(listed, "Page") if listed is not None else ():
            count += 1
            if count > MAX_PAGES:
                raise Unreadable(f"OFD 超过 {MAX_PAGES} 页，超出读取上限。")
            yield _page(book, page.get("BaseLoc", ""))


def _book(package: Package, document: Any, folder: str) -> _Book:
    book = _Book(package=package, folder=folder)
    common = child(document, "CommonData")
    for part in common if common is not None else ():
        name = local(part)
        if name == "PageArea":
            book.area = _area(part) or book.area
        elif name == "TemplatePage":
            book.templates[part.get("ID", "")] = part.get("BaseLoc", "")
        elif name in ("PublicRes", "DocumentRes"):
            book.composites |= _composites(package, part.text or "", folder)
    return book


def _area(element: Any) -> Rectangle | None:
    """The largest of the boxes given, which the standard lists from the largest to the smallest."""
    for name in _BOXES:
        box = child(element, name)
        values = numbers(box.text) if box is not None else []
        if len(values) == 4 and values[2] > 0 and values[3] > 0:
            return values[0], values[1], values[2], values[3]
    return None


def _composites(package: Package, location: str, folder: str) -> dict[str, Any]:
    path = package.locate(location, folder)
    if path is None:
        return {}
    found: dict[str, Any] = {}
    for unit in package.parse(path).iter("{*}CompositeGraphicUnit"):
        content = child(unit, "Content")
        if content is not None:
            found[unit.get("ID", "")] = content
    return found


def _page(book: _Book, location: str) -> Page:
    path = book.package.locate(location, book.folder)
    if path is None:
        return Page(area=book.area, blocks=None, composites={})
    root = book.package.parse(path)
    folder = posixpath.dirname(path)
    own = child(root, "Area")
    composites = dict(book.composites)
    for resource in children(root, "PageRes"):
        composites |= _composites(book.package, resource.text or "", folder)
    blocks = _layers(root)
    for template in children(root, "Template"):
        where = book.templates.get(template.get("TemplateID", ""), "")
        below = book.package.locate(where, book.folder) if where else None
        if below is not None:
            blocks += _layers(book.package.parse(below))
    area = (_area(own) if own is not None else None) or book.area
    return Page(area=area, blocks=blocks, composites=composites)


def _layers(root: Any) -> list[Any]:
    content = child(root, "Content")
    return [] if content is None else children(content, "Layer")
