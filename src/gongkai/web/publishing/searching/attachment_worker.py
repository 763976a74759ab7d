"""The child process of `attachments`: one file on standard input, its words as JSON on standard output.

Arguments: bytes of memory, seconds, most characters, the file's name.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module

from gongkai.report.reading.blocks import Block, Document, Paragraph
from gongkai.report.reading.errors import ReadingError, Scanned
from gongkai.report.reading.formats.sniff import Format, decode, sniff
from gongkai.report.reading.worker import allow_processor, fence, pipes
from gongkai.web.publishing.searching.words import CHARACTERS

_READERS: Mapping[Format, str] = {
    Format.DOC: "formats.doc:read_doc",
    Format.DOCX: "formats.docx:read_docx",
    Format.HTML: "formats.html:read_html",
    Format.OFD: "ofd.pages:read_ofd",
    Format.PDF: "pdf.pages:read_pdf",
    Format.SHEET: "formats.sheet:read_sheet",
}
_PLAIN = frozenset({Format.TEXT, Format.MARKDOWN, Format.JSON})
_BROKEN_LINE = re.compile(rf"(?<=[{CHARACTERS}])\s+(?=[{CHARACTERS}])")


def words_in(data: bytes, name: str) -> str:
    """Return the words of a file as one line.

    Raises:
        ReadingError: it cannot be read.
    """
    format_ = sniff(data, name)
    if format_ in _PLAIN:
        return " ".join(decode(data).split())
    if format_ is Format.PICTURE:
        raise Scanned("这是图片，没有可以检索的文字。")
    if format_ not in _READERS:
        raise ReadingError("这种文件不读取文字。")
    module, _, function = _READERS[format_].partition(":")
    document: Document = getattr(import_module(f"gongkai.report.reading.{module}"), function)(data)
    return " ".join(_pieces(document.blocks))


def _pieces(blocks: Iterable[Block]) -> Iterable[str]:
    """Yield the texts of paragraphs and cells; where lines end with the page, they are joined again."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.page is not None:
            lines.append(block.text)
            continue
        yield _joined(lines)
        lines = []
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (text for row in block.rows for text in dict.fromkeys(row))
    yield _joined(lines)


def _joined(lines: list[str]) -> str:
    return _BROKEN_LINE.sub("", "\n".join(lines))


def main() -> None:
    """Read the file and tell."""
    memory, seconds, most, name = sys.argv[1:]
    fence(int(memory))
    allow_processor(float(seconds))
    requests, answers = pipes()
    try:
        read = {"text": " ".join(words_in(requests.read(), name).split())[: int(most)], "note": ""}
    except (ReadingError, MemoryError) as error:
        read = {"text": "", "note": str(error)}
    except Exception as error:
        read = {"text": "", "note": f"文件结构异常（{type(error).__name__}）。"}
    answers.write(json.dumps(read).encode())
    answers.flush()


if __name__ == "__main__":
    main()
