"""The style of the pages that commands write: what all share, then each page's own."""

from __future__ import annotations

from importlib.resources import files

_SHARED = "page.css"


def style_of(name: str) -> str:
    """Return the style sheet of a page, such as `compare.css`, after the one all pages share."""
    folder = files("gongkai.cli")
    return "".join(folder.joinpath(each).read_text(encoding="utf-8") for each in (_SHARED, name))
