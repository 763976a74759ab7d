"""An open PDF within limits: its pages as they are seen, the letters on them. Only this module asks PDFium.

Places are points from the top left corner of a page as it is seen: turned and cropped.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from gongkai.severing.errors import NotSeverable

_BROKEN = "PDF 文件不完整或已损坏，请重新下载或重新导出后再试。"
_LOCKED = "PDF 设有打开密码，请取消密码后再试。"
_FINE = 1000  # PDFium gives places on a device in whole numbers: so many to a point
_POINTS = 72

# PDFium is not made for threads.
_lock = threading.RLock()

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may take: its bytes and pages, a page's pixels and letters, seconds for all of it.

    A page of more pixels is drawn smaller; everything else is refused. The seconds are looked at between
    pages; a page that never returns, and `memory_mb`, need `gongkai.severing.guarded`.
    """

    megabytes: int = 100
    pages: int = 300
    pixels: int = 40_000_000
    letters: int = 100_000
    seconds: float = 600.0
    memory_mb: int = 2048


USUAL = Limits()


@dataclass(frozen=True)
class Letter:
    """A character and where it stands; None for a line's end and a space that PDFium adds."""

    character: str
    page: int
    box: Box | None


class Document:
    """An open PDF; pages count from 1."""

    def __init__(self, pdf: Any, limits: Limits) -> None:
        self._pdf, self._limits = pdf, limits
        self._deadline = monotonic() + limits.seconds

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, page: int) -> tuple[float, float]:
        """Return a page's width and height as it is seen."""
        with self._page(page) as opened:
            return _size(opened)

    def picture(self, page: int, dpi: float) -> Image.Image:
        """Return a page as it is seen, stamps and filled-in fields with it, in colours."""
        with self._page(page) as opened:
            width, height = _size(opened)
            return _drawn(opened, min(dpi / _POINTS, math.sqrt(self._limits.pixels / (width * height))))

    def picture_of(self, page: int, pixels: tuple[int, int]) -> Image.Image:
        """Return a page drawn as large as a picture of it that was made before."""
        with self._page(page) as opened:
            scale = min(side / length for side, length in zip(pixels, _size(opened), strict=True))
            return _drawn(opened, scale * (1 - 1e-9))  # PDFium's sides are rounded up

    def letters(self, page: int) -> list[Letter]:
        """Return the letters of a page in PDFium's order, those that cannot be seen among them."""
        with self._page(page) as opened:
            text = opened.get_textpage()
            try:
                count = text.count_chars()
                if count > self._limits.letters:
                    raise NotSeverable(f"第 {page} 页文字过多，超出处理上限。")
                place = _Seen(opened)
                return [Letter(_character(text, i), page, place.of(text, i)) for i in range(count)]
            finally:
                text.close()

    def images(self, page: int) -> list[Image.Image]:
        """Return the images on a page as their streams hold them, whatever is drawn over them."""
        with self._page(page) as opened:
            found = []
            for image in opened.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)):
                bitmap = image.get_bitmap()
                found.append(bitmap.to_pil().convert("RGB").copy())
            return found

    def extras(self) -> Iterator[str]:
        """Yield the names of what the file has besides its pages' pictures, as PDFium finds it."""
        with _lock:
            if any(self._pdf.get_metadata_dict().values()):
                yield "文档属性"
            if self._pdf.count_attachments():
                yield "附件"
            if next(iter(self._pdf.get_toc()), None):
                yield "书签"
            if (
                pdfium.FPDF_CountNamedDests(self._pdf)
                or pdfium.FPDFDoc_GetJavaScriptActionCount(self._pdf) > 0
            ):
                yield "脚本或者命名位置"
            if self._pdf.get_formtype() or pdfium.FPDF_GetSignatureCount(self._pdf) > 0:
                yield "表单或者签名"
            if pdfium.FPDFCatalog_IsTagged(self._pdf):
                yield "结构标记"
        for number in range(1, len(self) + 1):
            with self._page(number) as opened:
                if pdfium.FPDFPage_GetAnnotCount(opened):
                    yield f"第 {number} 页的批注"

    @contextmanager
    def _page(self, page: int) -> Iterator[Any]:
        if monotonic() > self._deadline:
            raise NotSeverable(f"处理超过 {self._limits.seconds:g} 秒，已停止，请把文件分成几份再试。")
        if not 1 <= page <= len(self):
            raise IndexError(page)
        with _lock:
            try:
                opened = self._pdf[page - 1]
            except pypdfium2.PdfiumError as error:
                raise NotSeverable(f"PDF 的第 {page} 页已损坏，无法显示。") from error
            try:
                yield opened
            except pypdfium2.PdfiumError as error:
                raise NotSeverable(f"PDF 的第 {page} 页无法显示，请重新导出后再试。") from error
            finally:
                opened.close()


@contextmanager
def opened(data: bytes, limits: Limits = USUAL) -> Iterator[Document]:
    """Give an open PDF and close it in the end.

    Raises:
        NotSeverable: damaged, encrypted or beyond the limits.
    """
    if len(data) > limits.megabytes * 1024 * 1024:
        raise NotSeverable(f"PDF 超过 {limits.megabytes} MB，超出处理上限，请分成几份再试。")
    with _lock:
        pdf = _opened(data)
    try:
        if not 0 < len(pdf) <= limits.pages:
            raise NotSeverable(
                f"PDF 超过 {limits.pages} 页，超出处理上限，请分成几份再试。" if len(pdf) else _BROKEN
            )
        yield Document(pdf, limits)
    finally:
        with _lock:
            pdf.close()


def _opened(data: bytes) -> Any:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pdf.init_forms()
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise NotSeverable(_LOCKED if locked else _BROKEN) from error
    return pdf


def _size(page: Any) -> tuple[float, float]:
    width, height = page.get_size()
    if not (math.isfinite(width) and math.isfinite(height) and width >= 1 and height >= 1):
        raise NotSeverable("PDF 有一页没有大小，请重新导出后再试。")
    return width, height


def _drawn(page: Any, scale: float) -> Image.Image:
    bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture.copy()  # the other shares its memory with the bitmap
    finally:
        bitmap.close()


def _character(text: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text, index)
    return chr(code) if code not in (0, 0xFFFE) and code <= 0x10FFFF else "\x00"


class _Seen:
    """From a page's own space to the page as it is seen."""

    def __init__(self, page: Any) -> None:
        width, height = _size(page)
        self._page, self._device = page, (0, 0, round(width * _FINE), round(height * _FINE), 0)
        self._x, self._y = ctypes.c_int(), ctypes.c_int()

    def of(self, text: Any, index: int) -> Box | None:
        """Return where a letter's ink and its line stand together; None if it has no place."""
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            return None
        try:
            boxes = [text.get_charbox(index, loose=loose) for loose in (False, True)]
        except pypdfium2.PdfiumError:
            return None
        points = [
            self._seen(x, y) for left, low, right, high in boxes for x in (left, right) for y in (low, high)
        ]
        across, down = [x for x, _ in points], [y for _, y in points]
        return min(across), min(down), max(across), max(down)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(self._page, *self._device, x, y, self._x, self._y)
        return self._x.value / _FINE, self._y.value / _FINE
