"""XML made to swell, to reach outside, or to exhaust the parser: as a Word, Excel and OFD part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import OFD, SHEET, WORD, ofd_file, sheet_file, word_file, zipped

_LAUGHS = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)
# What stands before the root, and what it holds.
_DECLARED = {
    "a billion laughs": (f"<!DOCTYPE r [{_LAUGHS}]>", "&j;"),
    "quadratic entities": (f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>', "&a;" * 10_000),
    "a file outside": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
    "an address outside": ('<!DOCTYPE r [<!ENTITY a SYSTEM "http://localhost:9/">]>', "&a;"),
    "a device without end": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///dev/zero">]>', "&a;"),
    "parameter entities": ('<!DOCTYPE r [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>', ""),
    "an outside type": ('<!DOCTYPE r SYSTEM "http://localhost:9/r.dtd">', ""),
    "entities in a circle": ('<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
    "an unknown entity": ("", "&nbsp;&a;"),
    "a style sheet": ('<?xml-stylesheet href="http://localhost:9/a.xsl" type="text/xsl"?>', ""),
    "XInclude": (
        "",
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>',
    ),
    "100,000 elements deep": ("", "<a>" * 100_000 + "</a>" * 100_000),
    "250 elements deep": ("", "<a>" * 250 + "</a>" * 250),
    "an element never closed": ("", "<a>" * 50_000),
    "an attribute of 9 MB": ("", f'<a b="{"x" * 9_000_000}"/>'),
    "60,000 attributes": ("", "<a " + " ".join(f'b{i}="1"' for i in range(60_000)) + "/>"),
    "one attribute twice": ("", '<a b="1" b="2"/>'),
    "20,000 namespaces": ("", "".join(f'<a xmlns:n{i}="u{i}"/>' for i in range(20_000))),
    "namespaces within namespaces": (
        "",
        "".join(f'<a xmlns:n{i}="u{i}">' for i in range(200)) + "</a>" * 200,
    ),
    "an undeclared prefix": ("", "<q:a/>" * 1_000),
    "a name of 1 MB": ("", f"<{'a' * 1_000_000}/>"),
    "a comment of 9 MB": ("", f"<!--{'x' * 9_000_000}-->"),
    "a text of 9 MB": ("", f"<![CDATA[{'字' * 3_000_000}]]>"),
    "100,000 processing instructions": ("", "<?a b?>" * 100_000),
    "400,000 empty elements": ("", "<a/>" * 400_000),
    "forbidden characters": ("", "\x01\x02&#1;&#xFFFFFFFF;&#55296;"),
    "two roots": ("", "</r></r><r>"),
}


def _word(before: str, inside: str) -> bytes:
    shown = f'{before}<w:document xmlns:w="{WORD}"><w:body><w:p>{inside}</w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": shown.encode()})


def _sheet(before: str, inside: str) -> bytes:
    whole = f'{before}<worksheet xmlns="{SHEET}"><sheetData>{inside}</sheetData></worksheet>'
    return _swapped(sheet_file(b""), "xl/worksheets/sheet1.xml", whole.encode())


def _ofd(before: str, inside: str) -> bytes:
    layer = f"<ofd:Content><ofd:Layer>{inside}</ofd:Layer></ofd:Content>"
    whole = f'{before}<ofd:Page xmlns:ofd="{OFD}">{layer}</ofd:Page>'
    return _swapped(ofd_file(b""), "Doc_0/Pages/Page_0/Content.xml", whole.encode())


def _swapped(data: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({each: archive.read(each) for each in archive.namelist()} | {name: part})


def _in_code(codec: str, declared: str, mark: bytes = b"") -> bytes:
    doctype = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    shown = (
        f'<?xml version="1.0" encoding="{declared}"?>{doctype}<w:document xmlns:w="{WORD}">&x;</w:document>'
    )
    part = mark + shown.encode(codec)
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": part})


def _raw(part: bytes) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": part})


_CODES = (
    ("utf-7", "utf-7"),
    ("utf-16-le", "utf-16"),
    ("utf-16-be", "utf-16"),
    ("utf-32-le", "utf-32"),
    ("cp037", "ebcdic-cp-us"),
    ("gb18030", "gb18030"),
    ("utf-8", "no-such-code"),
    ("utf-16-le", "utf-8"),
)

FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"{what}, in {kind}": partial(wrap, *parts)
        for what, parts in _DECLARED.items()
        for kind, wrap in (("Word", _word), ("Excel", _sheet), ("OFD", _ofd))
    },
    **{f"{codec} declared {declared}": partial(_in_code, codec, declared) for codec, declared in _CODES},
    "UTF-16 with its mark and a type": partial(_in_code, "utf-16-le", "utf-16", b"\xff\xfe"),
    "a UTF-8 mark before UTF-16": partial(_in_code, "utf-16-le", "utf-16", b"\xef\xbb\xbf"),
    "an empty part": partial(_raw, b""),
    "a part of NULs": partial(_raw, bytes(100_000)),
    "a part of spaces": partial(_raw, b" " * 9_000_000),
    "a part cut short": partial(_raw, b"<w:document"),
    "a part that is a zip file": lambda: _raw(word_file(b"")),
}
