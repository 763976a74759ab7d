"""Form fields and typed-over notes, whose text stands outside the page's own content, drawn into the page."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

_WRITTEN = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT})


def with_fields(pdf: Any) -> None:
    """Make a PDF just opened ready for `draw_fields`: fields without a drawing of their own are given one."""
    if pdfium.FPDF_GetFormType(pdf.raw) in (pdfium.FORMTYPE_ACRO_FORM, pdfium.FORMTYPE_XFA_FOREGROUND):
        pdf.init_forms()


def draw_fields(page: Any) -> bool:
    """Draw what was filled in on a page into its content; if anything was, the page must be loaded again.

    Stamps, marks and notes that are not writing are dropped.
    """
    count = pdfium.FPDFPage_GetAnnotCount(page.raw)
    others = [index for index in range(count) if _kind(page, index) not in _WRITTEN]
    if len(others) == count:
        return False
    for index in reversed(others):
        pdfium.FPDFPage_RemoveAnnot(page.raw, index)
    return bool(pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def _kind(page: Any, index: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
    try:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)
