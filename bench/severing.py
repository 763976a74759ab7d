"""Time severance and weigh its result, page by page.

    python -m bench.severing                 made documents: text, a red head and a seal, tables, a scan
    python -m bench.severing FILE.pdf ...    one's own, each with a mark in the middle of every page

Prints per page: bytes before and after, and the process's own time to find words, to draw and cut, and to
verify. Nothing here fails on a slow machine.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pypdfium2
from PIL import Image, ImageDraw

from gongkai.papers.paper import Cell, Paper, Paragraph, Picture, Table, plain
from gongkai.papers.pdf import write_pdf
from gongkai.severing import Mark, find, page_pictures, sever, verify
from gongkai.severing.writing import read_sheets

TEXT = (
    "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开的政府信息"
    "内容，并对不予公开的内容说明理由。"
)
_Done = TypeVar("_Done")


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield made documents of every kind of page."""
    prose = tuple(Paragraph(plain(TEXT * 3)) for _ in range(20))
    yield "text", write_pdf(Paper(title="云岭县人民政府答复书", blocks=prose))
    rows = tuple(tuple(Cell(plain(f"{TEXT[at % 40 :][:9]}{at}")) for _ in range(5)) for at in range(120))
    yield "table", write_pdf(Paper(title="云岭县登记表", blocks=(Table(rows, header_rows=1),)))
    seal = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(seal).ellipse((20, 20, 380, 380), outline=(210, 30, 30), width=16)
    out = io.BytesIO()
    seal.save(out, "PNG")
    blocks = tuple(b for each in prose[::4] for b in (each, Picture(out.getvalue(), "印章")))
    yield "seal", write_pdf(Paper(title="云岭县人民政府答复书", blocks=blocks))
    yield "scan", scanned(write_pdf(Paper(title="云岭县人民政府答复书", blocks=prose)))


def scanned(pdf: bytes) -> bytes:
    """The same document as a scanner gives it: grey paper, a little noise, JPEG."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        grey = page.render(scale=200 / 72).to_pil().convert("L")
        noise = Image.effect_noise(grey.size, 12)
        pages.append(Image.blend(grey, noise, 0.12))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200, quality=80)
    return out.getvalue()


def timed(deed: Callable[[], _Done]) -> tuple[_Done, float]:
    """What a deed gives, and the process's time for it in milliseconds."""
    started = time.process_time()
    done = deed()
    return done, (time.process_time() - started) * 1000


def measure(name: str, pdf: bytes, dpi: int) -> None:
    """Print one document's row."""
    dice = random.Random(7)
    pages = [(each.width_pt, each.height_pt) for each in page_pictures(pdf, 10)]
    marks = [
        Mark(page=n, x0=w * 0.2, y0=h * at, x1=w * dice.uniform(0.3, 0.8), y1=h * at + 18, reason="个人信息")
        for n, (w, h) in enumerate(pages, 1)
        for at in (0.3, 0.5, 0.7)
    ]
    _, finding = timed(lambda: find(pdf, "不予公开"))
    severed, cutting = timed(lambda: sever(pdf, marks, dpi=dpi, listed=False))
    _, verifying = timed(lambda: verify(severed.pdf, pdf, marks))
    codings = Counter(sheet.coding.name.lower() for sheet in read_sheets(severed.pdf))
    count, after = len(pages), len(severed.pdf)
    print(
        f"{name[:24]:<24}{count:>6}{dpi:>5}{len(pdf) / 1024 / count:>11.1f}"
        f"{after / 1024 / count:>10.1f}{finding / count:>9.0f}{(cutting - verifying) / count:>9.0f}"
        f"{verifying / count:>9.0f}  {', '.join(f'{n} {coding}' for coding, n in codings.items())}"
    )


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--dpi", nargs="+", type=int, default=[150, 200, 300])
    asked = parser.parse_args()
    heads = f"{'KB before':>11}{'KB after':>10}{'find':>9}{'cut':>9}{'verify':>9}  ms a page"
    print(f"{'':<24}{'pages':>6}{'dpi':>5}{heads}")
    given = [(path.name, path.read_bytes()) for path in asked.files]
    for name, pdf in given or documents():
        for dpi in asked.dpi:
            measure(name, pdf, dpi)


if __name__ == "__main__":
    main()
