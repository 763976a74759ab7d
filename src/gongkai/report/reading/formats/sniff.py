"""Tell what a file is by its content, and decode text; its name only tells Markdown from plain text."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from zipfile import ZipFile

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.archive import open_archive, read_member

MAX_BYTES = 64 * 1024 * 1024


class Format(StrEnum):
    """The formats a report is read from; `ARCHIVE` and `MAIL` hold files rather than a report."""

    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    OFD = "ofd"
    SHEET = "sheet"
    HTML = "html"
    JSON = "json"
    MARKDOWN = "markdown"
    TEXT = "text"
    PICTURE = "picture"
    ARCHIVE = "archive"
    MAIL = "mail"


# Files under which reports come, for whoever looks through a folder; the content decides afterwards.
SUFFIXES = frozenset(
    (
        *(".docx", ".doc", ".wps", ".pdf", ".ofd", ".xlsx", ".xlsm", ".xls", ".et", ".ods"),
        *(".html", ".htm", ".mht", ".mhtml", ".txt", ".md", ".json"),
        *(".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".zip", ".eml"),
    )
)
# What reports also come in but are not read from: named with the way out rather than passed over.
REFUSED_SUFFIXES = frozenset(
    (".rtf", ".odt", ".pptx", ".xlsb", ".rar", ".7z", ".gz", ".msg", ".heic", ".heif")
)
_UNSUPPORTED = "暂不支持读取{kind}，请提供 Word（.docx）、网页（.html）、可选中文字的 PDF 或纯文本文件。"
_CONVERT = "这是{kind}，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_SHEET_PARTS = frozenset(("xl/workbook.xml", "xl/workbook.bin"))
_OFD_ENTRY = re.compile(r"(?:[^/\\]{0,80}[/\\])?OFD\.xml", re.I)
_PACKED = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"))
_MAIL_HEAD = re.compile(rb"(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]")
_MAIL_FIELD = re.compile(rb"^(?:MIME-Version|Content-Type):", re.I | re.M)
_PHONE_PICTURE = re.compile(rb"....ftyp(?:hei|hev|mif|msf)", re.S)
_TNEF = b"\x78\x9f\x3e\x22"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEAD = b"\xd0\xcf\x11\xe0"


def sniff(data: bytes, name: str = "") -> Format:
    """Return the format of `data`.

    Args:
        data: the whole file.
        name: its name; used only to tell Markdown from plain text.
    Raises:
        Unreadable: empty, too large, damaged, encrypted, undecodable, or a format not read here.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，超出读取上限。")
    if not data.strip(b"\x00\t\n\r\f\v \xef\xbb\xbf"):
        raise Unreadable("文件是空的。")
    if data.startswith(b"PK"):
        return _zip_format(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    return _binary_format(data) or _text_format(decode(data), name)


def _zip_format(data: bytes) -> Format:
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names or _is_word_package(archive, names):
            return Format.DOCX
        if names & _SHEET_PARTS or _is_open_sheet(archive, names):
            return Format.SHEET
    if any(_OFD_ENTRY.fullmatch(name) for name in names):
        return Format.OFD
    if "ppt/presentation.xml" in names:
        raise Unreadable(_UNSUPPORTED.format(kind="演示文稿（.pptx）"))
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(_CONVERT.format(kind="开放文档（.odt）"))
    return Format.ARCHIVE


def _is_open_sheet(archive: ZipFile, names: set[str]) -> bool:
    held = {"content.xml", "mimetype"} <= names
    return held and b"spreadsheet" in read_member(archive, "mimetype")


def _is_word_package(archive: ZipFile, names: set[str]) -> bool:
    """Some writers name the main part otherwise (word/document2.xml) or use backslashes."""
    if "[Content_Types].xml" not in names:
        return False
    return any(re.fullmatch(r"/?word[/\\]document\d*\.xml", name, re.I) for name in archive.namelist())


def _binary_format(data: bytes) -> Format | None:
    """Return the format of a file known by its first bytes; None if it may be text."""
    if data.startswith(_OLE_HEAD):
        return _ole_format(data)
    bitmap = data.startswith(b"BM") and b"\x00" in data[2:32]
    webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    if bitmap or webp or data.startswith(_PICTURES):
        return Format.PICTURE
    if is_mail(data):
        return Format.MAIL
    if _PHONE_PICTURE.match(data):
        raise Unreadable("这是手机拍摄的 HEIC 照片，请在手机或电脑上另存为 JPG 再试。")
    if data.startswith(_TNEF):
        raise Unreadable("这是 Outlook 封装的附件（winmail.dat），请让发件人改用 HTML 或纯文本格式重发。")
    for mark, kind in _PACKED:
        if data.startswith(mark):
            raise Unreadable(f"这是 {kind} 压缩包，请先解压，或改用 .zip 压缩后再试。")
    if data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable(_CONVERT.format(kind=" RTF 文件"))
    return None


def is_mail(data: bytes) -> bool:
    """Whether a file is a mail: known by its head, whatever encodings its parts are in."""
    start = data[:65_536].lstrip(b"\xef\xbb\xbf \t\r\n")
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return bool(_MAIL_HEAD.match(head) and _MAIL_FIELD.search(head))


def _ole_format(data: bytes) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("文件设有打开密码，请在 Word 或 WPS 中取消密码后再试。")
    if not data.startswith(_OLE) or len(data) < 1536:
        raise Unreadable("文件不完整或已损坏，请重新下载或另存后再试。")
    if "__substg1.0_".encode("utf-16-le") in data:
        raise Unreadable("这是 Outlook 邮件（.msg），请在 Outlook 中把附件另存出来，或转存为 .eml 再试。")
    if "Workbook".encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
        return Format.SHEET
    return Format.DOC


def _text_format(text: str, name: str) -> Format:
    head = text[:4000].lstrip()
    if "<w:wordDocument" in text[:20000] or "<pkg:package" in text[:20000]:
        raise Unreadable(_CONVERT.format(kind=" Word XML 文件"))
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:20000]:
        raise Unreadable("这是 XML 格式的电子表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。")
    if head.startswith(("{", "[")) and re.search(r'"(table[234]|edition)"\s*:', text):
        return Format.JSON
    if _looks_like_html(text, head):
        return Format.HTML
    if name.lower().endswith((".md", ".markdown")) or re.search(
        r"^[ \t]*+\|?[ \t]*+:?-{3,}:?[ \t]*+\|", text, re.M
    ):
        return Format.MARKDOWN
    return Format.TEXT


def _looks_like_html(text: str, head: str) -> bool:
    if re.match(
        r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title)\b", head, re.I | re.S
    ):
        return True
    if re.match(
        r"<(p|div|table|h\d|span|section|article|center|font|style|script|ul|br)\b[^>]*>", head, re.I
    ):
        return True
    closed = re.findall(r"</(p|div|td|tr|html|body)\s*>", text[:400_000], re.I)
    return len(closed) >= 5 and len({tag.lower() for tag in closed} - {"td", "tr"}) > 0


# Text in one Chinese encoding often decodes in another, as rare characters.
_DOUBTFUL = frozenset(("big5hkscs", "utf-16-le", "utf-16-be"))
_COMMON = frozenset("的一是在不了有和人中大为上个国年月日公开政府信息工作情况数量行")
# Not Latin, Greek, Cyrillic, punctuation, symbols, Chinese, full-width forms or a font's private signs.
_ODD = re.compile(
    "[^\t\n\r\f\v\x1a\x1c-\x1e\x85 -~\x80-\u024f\u0370-\u045f\u2000-\u27bf\u2e80-\u33ff\u4e00-\u9fff"
    "\ue000-\uf8ff\ufe00-\uffef\ufffd]"
)
# Longer runs of blanks say nothing more and make every pattern over them slow.
MAX_BLANK = 300
_LONG_BLANK = re.compile(r"[ \t\u00a0\u3000]{300,}|\n{300,}")
_META_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Other declarations add nothing to what is tried anyway, and some codecs a file could name are very slow.
_DECLARED = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16-le", "utf-16le": "utf-16-le"}


@lru_cache(maxsize=1)  # a file is decoded to be told apart, and again to be read
def decode(data: bytes) -> str:
    """Return the text of an HTML, Markdown, JSON or plain file, line ends made one.

    A byte order mark is obeyed; otherwise UTF-8, UTF-16, the charset an HTML file declares and GB18030
    are tried in turn, and the first whose result looks like writing is taken: declarations are often wrong.

    Raises:
        Unreadable: no encoding gives text.
    """
    text: str | None = None
    for codec in _candidates(data):
        found = _try(data, codec)
        if found is not None and (text is None or _commonness(found) > 2 * _commonness(text)):
            text = found
        if text is not None and codec not in _DOUBTFUL:
            text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
            return _LONG_BLANK.sub(lambda run: run[0][:MAX_BLANK], text) if _has_long_blank(text) else text
    raise Unreadable("无法识别文件的文字编码，或文件不是文本，请另存为 UTF-8 编码后再试。")


def _has_long_blank(text: str) -> bool:
    """Whether a run of `MAX_BLANK` blanks is possible: it would fill one of the pieces half as long."""
    half = MAX_BLANK // 2
    return any(text[at : at + half].isspace() for at in range(0, len(text), half))


def _candidates(data: bytes) -> list[str]:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return [codec, "gb18030"]
    codecs = ["utf-8"]
    if b"\x00" in data:
        codecs += ["utf-16-le", "utf-16-be"]
    declared = _META_CHARSET.search(data[:4096])
    if declared:
        codecs += filter(None, [_DECLARED.get(declared.group(1).decode("ascii").lower())])
    return [*codecs, "gb18030", "utf-8-damaged"]


def _try(data: bytes, codec: str) -> str | None:
    if codec == "utf-8-damaged":
        # A stray byte in UTF-8 never swallows its neighbours, so a few may be shown as such.
        text = data.decode("utf-8", "replace")
        return text if text.count("\ufffd") <= 1 + len(text) // 500 and _is_writing(text) else None
    for cut in range(4):
        # A file cut short may end within a character.
        try:
            text = data[: len(data) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(data) - 8:
                return None
            continue
        return text if _is_writing(text) else None
    return None


def _commonness(text: str) -> int:
    return sum(char in _COMMON for char in text[:40_000])


def _is_writing(text: str) -> bool:
    """Few control characters, and mostly letters, Chinese and punctuation in use."""
    sample = text if len(text) <= 40_000 else text[:20_000] + text[-20_000:]
    if not sample:
        return False
    return len(_ODD.findall(sample)) * 20 <= len(sample)
