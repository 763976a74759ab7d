"""A letter as a page shows it: blocks with their kind and plain text, for a template that escapes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.papers.paper import (
    Block,
    Cell,
    Heading,
    ListBlock,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Rule,
    Seal,
    Table,
    set_out,
    signature,
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A block: what it is; its stretches of text with whether they stand out; rows of a table's cells."""

    what: str
    runs: tuple[tuple[str, bool], ...] = ()
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    heads: tuple[tuple[Cell, ...], ...] = ()
    is_flush: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A paper to be shown: letterhead, number, title, blocks."""

    letterhead: str
    number: str
    title: str
    blocks: tuple[Shown, ...] = field(default_factory=tuple)


def page_of(paper: Paper) -> Page:
    """Return a paper as a page shows it."""
    blocks = tuple(each for block in set_out(paper) for each in _shown(block))
    if lines := signature(paper):
        blocks += (Shown(what="seal", lines=lines),)
    return Page(letterhead=paper.letterhead, number=paper.number, title=paper.title, blocks=blocks)


def _shown(block: Block) -> Iterator[Shown]:
    match block:
        case Paragraph():
            yield Shown(what="paragraph", runs=block.runs, is_flush=block.flush)
        case Heading():
            yield Shown(what="title" if block.level == 0 else "heading", lines=(block.text,))
        case Table():
            heads, rows = block.rows[: block.header_rows], block.rows[block.header_rows :]
            yield Shown(what="table", heads=heads, rows=rows)
        case Seal():
            yield Shown(what="seal", lines=block.lines)
        case Rule() | PageBreak():
            yield Shown(what="rule")
        case Picture():
            yield Shown(what="paragraph", runs=((f"［{block.alternative}］", False),))
        case ListBlock():
            for item in block.items:
                for inner in item:
                    yield from _shown(inner)
