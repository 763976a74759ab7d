"""Functions of PDFium that are asked of every character or object of a page, with handles as plain numbers.

pypdfium2's own bindings make a pointer object of each handle and let go of the interpreter's lock for each
call, which costs as much again as these calls themselves: they only look something up, and none of them calls
back into Python. A handle is the address of PDFium's object, so equal handles are the same object; it must
not be used after its page is closed.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

Handle = int


def handle(pointer: Any) -> Handle:
    """The handle behind a pointer of pypdfium2."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _bound(function: Any) -> Any:
    """The same function of the library, with the types pypdfium2 declares for it."""
    taken = (_plain(kind) for kind in function.argtypes)
    return ctypes.PYFUNCTYPE(_plain(function.restype), *taken)(handle(function))


def _plain(kind: Any) -> Any:
    """A number for a pointer to PDFium's own objects, whose fields are not known; else the type itself."""
    target = getattr(kind, "_type_", None)
    is_own = isinstance(target, type) and issubclass(target, ctypes.Structure)
    return ctypes.c_void_p if is_own and not hasattr(target, "_fields_") else kind


# Of a text page and the index of one of its characters.
code_of = _bound(pdfium.FPDFText_GetUnicode)
box_of = _bound(pdfium.FPDFText_GetLooseCharBox)
origin_of = _bound(pdfium.FPDFText_GetCharOrigin)
angle_of = _bound(pdfium.FPDFText_GetCharAngle)
has_no_code = _bound(pdfium.FPDFText_HasUnicodeMapError)
object_of = _bound(pdfium.FPDFText_GetTextObject)

# Of a page or a form object: how many objects it has, and one of them.
count_on_page = _bound(pdfium.FPDFPage_CountObjects)
item_on_page = _bound(pdfium.FPDFPage_GetObject)
count_in_form = _bound(pdfium.FPDFFormObj_CountObjects)
item_in_form = _bound(pdfium.FPDFFormObj_GetObject)

# Of an object.
kind_of = _bound(pdfium.FPDFPageObj_GetType)
get_matrix = _bound(pdfium.FPDFPageObj_GetMatrix)
get_fill = _bound(pdfium.FPDFPageObj_GetFillColor)
is_see_through = _bound(pdfium.FPDFPageObj_HasTransparency)
get_bounds = _bound(pdfium.FPDFPageObj_GetBounds)
mode_of = _bound(pdfium.FPDFTextObj_GetTextRenderMode)

# Of a path or a clip path, and of their segments.
clip_of = _bound(pdfium.FPDFPageObj_GetClipPath)
count_clips = _bound(pdfium.FPDFClipPath_CountPaths)
count_clip_segments = _bound(pdfium.FPDFClipPath_CountPathSegments)
clip_segment = _bound(pdfium.FPDFClipPath_GetPathSegment)
get_draw_mode = _bound(pdfium.FPDFPath_GetDrawMode)
count_segments = _bound(pdfium.FPDFPath_CountSegments)
path_segment = _bound(pdfium.FPDFPath_GetPathSegment)
segment_kind = _bound(pdfium.FPDFPathSegment_GetType)
segment_closes = _bound(pdfium.FPDFPathSegment_GetClose)
get_point = _bound(pdfium.FPDFPathSegment_GetPoint)
