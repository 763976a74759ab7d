"""Text in terminal cells, of which a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len

_NEVER_FIRST, _NEVER_LAST = "，。；：、）”》！？…", "（“《"


def clean(text: str) -> str:
    """Return `text` without control and direction marks: a stranger's file must not steer the terminal."""
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else " " if c in "\t\n\r" else ""
        for c in text
    )


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `width` terminal cells; a Chinese character takes two."""
    space = " " * max(0, width - cell_len(text))
    return space + text if right else text + space


def clipped(text: str, width: int) -> str:
    """Return `text` cut to `width` terminal cells, the cut shown by …."""
    if cell_len(text) <= width:
        return text
    kept = ""
    for c in text:
        if cell_len(kept + c) > width - 2:
            break
        kept += c
    return kept + "…"


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells; Latin words stay whole, stops with what they end."""
    lines = [""]
    for piece in re.findall(rf"[{_NEVER_LAST}]*(?:[!-~]+|.)[{_NEVER_FIRST}]*", text):
        if lines[-1] and cell_len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines
