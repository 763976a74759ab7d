"""Several PDF files bound into one, in a child process that is killed at its limits: some are strangers'.

What annotations and form fields show is drawn into the pages; nothing of a file but what its pages show is
kept. A part that cannot be opened is left out and has no pages.

In: a line of JSON (the length of each part), then the parts. Out: a line of JSON (how many pages of each are
in the file), then the file.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.papers.paper import PaperError

MOST_PAGES = 3000
_MEGABYTES, _SECONDS = 2048, 120
# What a child may know of its surroundings: where its programs and modules are.
_ENVIRONMENT = frozenset({"PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR"})


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One file, and how many of its pages came from each part."""

    pdf: bytes
    pages: tuple[int, ...]


def bind(parts: Sequence[bytes]) -> Bound:
    """Return PDF files bound into one, in their order.

    Raises:
        PaperError: the limits were reached; one sentence says so.
    """
    head = json.dumps([len(part) for part in parts]).encode() + b"\n"
    try:
        done = subprocess.run(
            # -P keeps the working directory, which may be full of strangers' files, off the path of modules.
            [sys.executable, "-P", "-m", "gongkai.papers.binding"],
            input=head + b"".join(parts),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if key in _ENVIRONMENT},
            timeout=_SECONDS,
            check=True,
        )
        told, _, pdf = done.stdout.partition(b"\n")
        return Bound(pdf=pdf, pages=tuple(json.loads(told)))
    except (subprocess.SubprocessError, OSError, ValueError):
        raise PaperError("合并文件时超出了时间、内存或者页数上限。") from None


def bound(parts: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """Return what `bind` does, here and now.

    Raises:
        ValueError: more pages than may be.
    """
    whole = pypdfium2.PdfDocument.new()
    pages = [_add(whole, part) for part in parts]
    if sum(pages) > MOST_PAGES:
        raise ValueError("too many pages")
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue(), pages


def _add(whole: pypdfium2.PdfDocument, part: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(part)
        count = len(document)
        for number in range(min(count, MOST_PAGES)):
            _draw(whole, document, number)
        document.close()
    except pypdfium2.PdfiumError:
        return 0
    return count


def _draw(whole: pypdfium2.PdfDocument, document: pypdfium2.PdfDocument, number: int) -> None:
    """Draw a page and what its annotations show onto a new one, which has nothing else of the old page."""
    page = document[number]
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT)
    page.close()
    page = document[number]
    fresh = whole.new_page(*page.get_size())
    fresh.insert_obj(document.page_as_xobject(number, whole).as_pageobject())
    fresh.gen_content()
    fresh.close()
    page.close()


def main() -> None:
    """Serve one request."""
    for what, most in (
        (resource.RLIMIT_AS, _MEGABYTES * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, _SECONDS),
    ):
        resource.setrlimit(what, (most, most))
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    parts, at = [], 0
    for length in json.loads(head):
        parts.append(data[at : at + length])
        at += length
    pdf, pages = bound(parts)
    sys.stdout.buffer.write(json.dumps(pages).encode() + b"\n" + pdf)


if __name__ == "__main__":
    main()
