"""Opening a PDF: what cannot be opened is refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from gongkai.report.reading.errors import Unreadable

MAX_PAGES = 200


def unreadable() -> Unreadable:
    """What is raised where a file cannot be made sense of."""
    return Unreadable("PDF 文件不完整或已损坏，请重新下载或重新导出后再试。")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give an open PDF of at least one page and close it in the end.

    Raises:
        Unreadable: damaged, encrypted or with too many pages.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("PDF 设有打开密码，请取消密码后再试。") from error
        raise unreadable() from error
    try:
        if len(pdf) > MAX_PAGES:
            raise Unreadable(f"PDF 超过 {MAX_PAGES} 页，超出读取上限。")
        if not len(pdf):
            raise unreadable()
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise unreadable() from error
    finally:
        pdf.close()
