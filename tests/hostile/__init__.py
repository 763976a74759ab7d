"""Files made to harm whoever reads them, over all formats, made on the spot and always the same.

`CORPUS` maps a name (`format/what it does`) to a function that makes the file's name and bytes; one is made
at a time, for some are large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hostile import (
    archives,
    mails,
    markup,
    mixed,
    ole,
    pages,
    pdfs,
    pictures,
    plain,
    scripts,
    sheets,
    words,
)

Make = Callable[[], bytes]
_KINDS: Mapping[str, tuple[str, Mapping[str, Make]]] = {
    "zip": ("a.zip", archives.FILES),
    "xml": ("a.docx", markup.FILES),
    "docx": ("a.docx", words.FILES),
    "html": ("a.html", scripts.FILES),
    "pdf": ("a.pdf", pdfs.FILES),
    "xlsx": ("a.xlsx", sheets.FILES),
    "ole": ("a.doc", ole.FILES),
    "ofd": ("a.ofd", pages.FILES),
    "mail": ("a.eml", mails.FILES),
    "picture": ("a.png", pictures.FILES),
    "text": ("a.txt", plain.TEXTS),
    "json": ("a.json", plain.JSONS),
    "mixed": ("a.docx", mixed.FILES),
}
CORPUS: Mapping[str, tuple[str, Make]] = {
    f"{kind}/{what}": (name, make) for kind, (name, files) in _KINDS.items() for what, make in files.items()
}
# Names no shell would give; the file itself is an ordinary text.
NAMES = (
    "\0",
    "a\0.docx",
    "长" * 5_000,
    "a" * 100_000,
    "\u202etxt.fdp",
    "../../../../etc/passwd",
    "C:\\CON",
    "\ud800\udfff\udcff",
    "a.txt\n\r\x1b[31m",
    "",
    ".",
    "a.md" * 300,
    "😀\u0301.html",
    "%s%n%x",
    "-rf",
)
