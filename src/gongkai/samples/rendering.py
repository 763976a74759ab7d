"""Render a report in one of the layouts real reports come in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from random import Random

from gongkai.report.schema import Report
from gongkai.samples.layouts import aligned, markdown, ofd, printed, scanned, text, web, word, workbook
from gongkai.samples.sheets import Sheet, lay_out
from gongkai.samples.variations import HARMLESS, LABELS_ONLY, Variation


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A file and the truth of what stands in it."""

    name: str
    data: bytes
    report: Report


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A layout: how it is drawn and what it may show.

    `allowed` are the variations it carries without loss, `dated` whether it shows the day of publication,
    `gaps` whether numbers are left out although the layout does not show that a place is empty.
    """

    suffix: str
    draw: Callable[[Sheet], str | bytes]
    allowed: Collection[Variation]
    dated: bool = True
    gaps: bool = False


_ALL = frozenset(Variation)
_FUSED = LABELS_ONLY
_PRINTED = frozenset({Variation.WORDING, Variation.ORDINALS, Variation.SEPARATORS, Variation.UNITS})
_SCANNED = frozenset(
    {
        Variation.WORDING,
        Variation.ORDINALS,
        Variation.BRACKETS,
        Variation.SEPARATORS,
        Variation.BLANK_ZEROS,
        Variation.BLANK_COLUMNS,
        Variation.DASHES,
    }
)

LAYOUTS: Mapping[str, Layout] = {
    "text_tabbed": Layout(suffix="txt", draw=text.tabbed, allowed=_ALL, dated=False),
    "text_lines": Layout(suffix="txt", draw=text.one_cell_a_line, allowed=HARMLESS),
    "text_rows": Layout(suffix="txt", draw=text.rows_by_tabs, allowed=_ALL, dated=False),
    "text_fused": Layout(suffix="txt", draw=text.fused, allowed=_FUSED),
    "text_aligned": Layout(suffix="txt", draw=aligned.aligned, allowed=HARMLESS, dated=False),
    "text_pdf_raw": Layout(suffix="txt", draw=aligned.in_drawing_order, allowed=_PRINTED, dated=False),
    "markdown_clean": Layout(suffix="md", draw=markdown.clean, allowed=_ALL),
    "markdown_pipes": Layout(suffix="md", draw=markdown.converted, allowed=_PRINTED, dated=False),
    "html_clean": Layout(suffix="html", draw=web.clean, allowed=_ALL),
    "html_portal": Layout(suffix="html", draw=web.portal, allowed=_ALL),
    "html_word": Layout(suffix="html", draw=web.out_of_word, allowed=_ALL),
    "html_cut": Layout(suffix="html", draw=web.cut_in_two, allowed=_ALL),
    "docx_merged": Layout(suffix="docx", draw=word.merged, allowed=_ALL),
    "docx_pieces": Layout(suffix="docx", draw=word.in_pieces, allowed=_ALL),
    "docx_nested": Layout(suffix="docx", draw=word.nested, allowed=_ALL),
    "docx_revised": Layout(suffix="docx", draw=word.revised, allowed=_ALL),
    "docx_boxed": Layout(suffix="docx", draw=word.boxed, allowed=_ALL),
    "pdf_ruled": Layout(suffix="pdf", draw=printed.ruled, allowed=_ALL),
    "pdf_unruled": Layout(suffix="pdf", draw=printed.unruled, allowed=HARMLESS),
    "pdf_narrow": Layout(suffix="pdf", draw=printed.narrow, allowed=HARMLESS),
    "pdf_pages": Layout(suffix="pdf", draw=printed.across_pages, allowed=_ALL),
    "pdf_heads": Layout(suffix="pdf", draw=printed.repeated_heads, allowed=_ALL),
    "pdf_three_rules": Layout(suffix="pdf", draw=printed.three_rules, allowed=HARMLESS),
    "pdf_dashed": Layout(suffix="pdf", draw=printed.dashed, allowed=_ALL),
    "pdf_banded": Layout(suffix="pdf", draw=printed.banded, allowed=HARMLESS),
    "pdf_white_rules": Layout(suffix="pdf", draw=printed.white_rules, allowed=_ALL),
    "pdf_sideways": Layout(suffix="pdf", draw=printed.sideways, allowed=_ALL),
    "pdf_rotated": Layout(suffix="pdf", draw=printed.by_rotation, allowed=_ALL),
    "pdf_two_columns": Layout(suffix="pdf", draw=printed.two_columns, allowed=_ALL),
    "pdf_watermark": Layout(suffix="pdf", draw=printed.stamped, allowed=_ALL),
    "pdf_bold_twice": Layout(suffix="pdf", draw=printed.twice, allowed=_ALL),
    "pdf_shadows": Layout(suffix="pdf", draw=printed.shadowed, allowed=_ALL),
    "pdf_white_text": Layout(suffix="pdf", draw=printed.hidden, allowed=_ALL),
    "pdf_wrapped": Layout(suffix="pdf", draw=printed.wrapped, allowed=_ALL),
    "pdf_footnotes": Layout(suffix="pdf", draw=printed.footnoted, allowed=_ALL),
    "sheet_whole": Layout(suffix="xlsx", draw=workbook.whole, allowed=_ALL),
    "sheet_parts": Layout(suffix="xlsx", draw=workbook.parts, allowed=_ALL),
    "ofd_ruled": Layout(suffix="ofd", draw=ofd.ruled, allowed=_ALL),
    "ofd_plain": Layout(suffix="ofd", draw=ofd.plain, allowed=HARMLESS),
    "ofd_pieces": Layout(suffix="ofd", draw=ofd.pieces, allowed=_ALL),
    "gaps_lines": Layout(suffix="txt", draw=text.one_cell_a_line, allowed=LABELS_ONLY, gaps=True),
    "gaps_fused": Layout(suffix="txt", draw=text.fused, allowed=LABELS_ONLY, gaps=True),
    "gaps_aligned": Layout(suffix="txt", draw=aligned.aligned, allowed=LABELS_ONLY, dated=False, gaps=True),
    "gaps_pdf_raw": Layout(
        suffix="txt", draw=aligned.in_drawing_order, allowed=_PRINTED, dated=False, gaps=True
    ),
    "gaps_pdf": Layout(suffix="pdf", draw=printed.unruled, allowed=LABELS_ONLY, gaps=True),
}

# Drawn and read through the extra `ocr`, and slow: kept apart from what is drawn by the hundred.
SCAN_LAYOUTS: Mapping[str, Layout] = {
    "scan_flat": Layout(suffix="pdf", draw=scanned.flat, allowed=_SCANNED),
    "scan_skewed": Layout(suffix="pdf", draw=scanned.skewed, allowed=_SCANNED),
    "scan_stamped": Layout(suffix="pdf", draw=scanned.stamped, allowed=_SCANNED),
    "scan_turned": Layout(suffix="pdf", draw=scanned.turned, allowed=_SCANNED),
    "scan_photo": Layout(suffix="tiff", draw=scanned.photographed, allowed=_SCANNED),
}


def render(report: Report, layout: str, seed: int, *, variations: Collection[Variation] = _ALL) -> Rendered:
    """Return the report as a file of a layout; the same arguments give the same bytes.

    Of the `variations`, those come that the layout carries. The report that comes back is the truth of the
    file: cells the variations left blank are blank in it, and it has no day of publication where the layout
    shows none.

    Raises:
        KeyError: no such layout.
    """
    chosen = LAYOUTS[layout] if layout in LAYOUTS else SCAN_LAYOUTS[layout]
    rng = Random(f"{layout}/{seed}/{report.title}")
    shown = report if chosen.dated else replace(report, published_on=None)
    sheet = lay_out(shown, rng, set(chosen.allowed) & set(variations), gaps=chosen.gaps)
    drawn = chosen.draw(sheet)
    data = drawn.encode() if isinstance(drawn, str) else drawn
    return Rendered(name=f"{layout}-{seed}.{chosen.suffix}", data=data, report=sheet.report)
