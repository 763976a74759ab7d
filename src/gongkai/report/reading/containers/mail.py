"""The files in an e-mail: its attachments, and its own text where that holds the report.

A web page saved as one file (MHT) is built like a mail, and is read as one: its page is the mail's text.
"""

from __future__ import annotations

import email.errors
import email.header
import email.policy
import re
from collections.abc import Iterator
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage, Message
from email.parser import BytesParser

from gongkai.report.reading.containers.found import (
    Budget,
    Member,
    Refused,
    is_clutter,
    joined,
    shown_name,
)
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sniff import decode

MAX_PARTS = 3_000
MAX_NESTED = 24
_MAX_HEADER = 4_000
_BROKEN = "邮件结构异常，没有读出来，请把附件另存后单独读取。"
_TOO_DEEP = f"邮件层层嵌套超过 {MAX_NESTED} 层，没有读取，请把附件另存后单独读取。"
_BOUNDARY = re.compile(rb'\bboundary\s*=\s*"?([^"\s;]{1,200})', re.I)
_PARTING = re.compile(rb"^--([^\r\n]{1,220}?)(--)?[ \t]*\r?$", re.M)
_WORDS = re.compile(r"=\?[\w*-]+\?[bq]\?[^?]*\?=(?:\s+=\?[\w*-]+\?[bq]\?[^?]*\?=)*", re.I | re.A)
# Both stand in Table 3 of either form and in no covering letter.
_IN_EVERY_REPORT = ("予以公开", "结转")
_TAG = re.compile(r"<[^<>]{0,500}>|\s+|&nbsp;")
# Encodings that text does not show by itself; the others are found out by looking.
_DECLARED = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16", "utf-16le": "utf-16-le"}
# Some writers declare GB 2312 and use characters beyond it.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
_EXTENSIONS = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "image/jpeg": ".jpg"}


def files_in_mail(data: bytes, budget: Budget) -> Iterator[Member | Refused]:
    """Yield the files of a mail in its own order.

    Raises:
        Unreadable: the mail is nested too deeply, has too many parts, or is broken.
    """
    try:
        yield from _files(_parsed(data), budget, "", 0)
    except (email.errors.MessageError, RecursionError, LookupError, ValueError, TypeError) as error:
        raise Unreadable(_BROKEN) from error


def _parsed(data: bytes) -> Message:
    if _depth(data) > MAX_NESTED:
        raise Unreadable(_TOO_DEEP)
    made = 0

    def message(*args: object, **kwargs: object) -> EmailMessage:
        nonlocal made
        made += 1
        if made > MAX_PARTS:
            raise Unreadable(f"邮件的组成部分超过 {MAX_PARTS} 个，没有读取，请把附件另存后单独读取。")
        return EmailMessage(*args, **kwargs)  # type: ignore[arg-type]

    policy = email.policy.default.clone(message_factory=message, header_factory=_header)
    return BytesParser(policy=policy).parsebytes(data)


def _depth(data: bytes) -> int:
    """Return how many multiparts are open within one another at the deepest place.

    Each line of a mail is compared with the ends of all that is open, so depth is bounded before parsing.
    """
    known = set(_BOUNDARY.findall(data))
    inside: set[bytes] = set()
    deepest = 0
    for line in _PARTING.finditer(data) if known else ():
        if line[2] and line[1] in inside:
            inside.discard(line[1])
        elif line[1] in known:
            inside.add(line[1])
            deepest = max(deepest, len(inside))
    return deepest


_registry = HeaderRegistry()


def _header(name: str, value: str) -> BaseHeader:
    """Return a header parsed; raw Chinese bytes and encoded words in it are made text first."""
    value = value[:_MAX_HEADER]
    if not value.isascii():
        raw = value.encode("utf-8", "surrogateescape")
        value = decoded(raw, "utf-8")
    return _registry(name, _WORDS.sub(_plain_words, value))


def decoded(raw: bytes, charset: str) -> str:
    """Return a header's bytes as text in the charset, or else in UTF-8 or GB 18030."""
    for codec in (_WIDER.get(charset.lower(), charset), "utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _plain_words(words: re.Match[str]) -> str:
    """Decode a run of encoded words as a whole: some mailers cut characters between two of them."""
    found = email.header.decode_header(words[0])
    text = "".join(
        decoded(raw, charset or "utf-8") if isinstance(raw, bytes) else raw for raw, charset in found
    )
    return re.sub(r'["\\\r\n;]', "", text)


def _files(message: Message, budget: Budget, outer: str, depth: int) -> Iterator[Member | Refused]:
    if depth > MAX_NESTED:
        raise Unreadable(_TOO_DEEP)
    for number, part in enumerate(_leaves(message, depth), 1):
        if part.get_content_type() == "message/rfc822":
            yield from _forwarded(part, budget, outer, depth, number)
            continue
        named = _file_name(part)
        if named is None and part.get_content_maintype() in ("text", "multipart"):
            yield from _own_text(part, budget, outer)
            continue
        name = shown_name(named) if named else f"附件{number}{_EXTENSIONS.get(part.get_content_type(), '')}"
        if is_clutter(name):
            continue
        budget.take_file()
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            budget.take_bytes(len(data))
            yield Member(name=joined(outer, name), data=data)


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    """Yield the parts that hold no parts: of alternatives the last, of a page and its pictures the page."""
    if depth > MAX_NESTED:
        raise Unreadable(_TOO_DEEP)
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    kind = message.get_content_subtype()
    if kind == "alternative":
        parts = parts[-1:]
    elif kind == "related":
        parts = _page_first(message, parts)
    for part in parts:
        yield from _leaves(part, depth + 1)


def _page_first(message: Message, parts: list[Message]) -> list[Message]:
    """Return the page of a multipart/related, and what is attached rather than shown in it."""
    start = str(message.get_param("start") or "").strip()
    page = next((part for part in parts if start and str(part.get("Content-ID", "")).strip() == start), None)
    page = page or next(
        (part for part in parts if part.get_content_type() == "text/html"), parts[0] if parts else None
    )
    attached = [part for part in parts if part is not page and _is_attached(part)]
    return [page, *attached] if page is not None else []


def _is_attached(part: Message) -> bool:
    named = _file_name(part) is not None and part.get_content_maintype() not in ("image", "text")
    return part.get_content_disposition() == "attachment" or named


def _forwarded(
    part: Message, budget: Budget, outer: str, depth: int, number: int
) -> Iterator[Member | Refused]:
    held = part.get_payload()
    inner = held[0] if isinstance(held, list) and held else None
    if not isinstance(inner, Message):
        return
    named = _file_name(part) or str(inner.get("Subject", "") or f"邮件{number}")
    yield from _files(inner, budget, joined(outer, shown_name(named)), depth + 1)


def _file_name(part: Message) -> str | None:
    try:
        return part.get_filename() or None
    except Exception:  # the library's header parser stumbles over some headers in ways of its own
        return None


def _own_text(part: Message, budget: Budget, outer: str) -> Iterator[Member]:
    """Yield the mail's own text if the tables stand in it: a covering letter is no report."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return
    data = _told(raw, part.get_content_charset("") or "")
    try:
        text = _TAG.sub("", decode(data))
    except Unreadable:
        return
    if all(words in text for words in _IN_EVERY_REPORT):
        budget.take_file()
        budget.take_bytes(len(data))
        yield Member(name=outer, data=data)


def _told(data: bytes, charset: str) -> bytes:
    """Return text so that its charset can be told from itself where only the mail's head declares it."""
    codec = _DECLARED.get(charset.lower())
    if codec is None:
        return data
    try:
        return "\ufeff".encode() + data.decode(codec).encode()
    except UnicodeError:
        return data
