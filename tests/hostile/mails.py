"""Mails of parts without number, end or sense."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import partial

from fuzz.wrapping import word_file, zipped

_HEAD = b"MIME-Version: 1.0\r\nSubject: report\r\n"


def _multipart(boundary: bytes, body: bytes, kind: bytes = b"mixed") -> bytes:
    return b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n' + body


def _mail(body: bytes) -> bytes:
    return _HEAD + body


def _nested(depth: int) -> bytes:
    body = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for level in range(depth):
        mark = b"b%d" % level
        body = _multipart(mark, b"--" + mark + b"\r\n" + body + b"\r\n--" + mark + b"--\r\n")
    return _mail(body)


def _opened(depth: int) -> bytes:
    """Multiparts opened and never closed."""
    return _mail(b"".join(_multipart(b"b%d" % i, b"--b%d\r\n" % i) for i in range(depth)))


def _forwarded(depth: int) -> bytes:
    return _mail(b"Content-Type: message/rfc822\r\n\r\n" + _HEAD) * depth


def _parts(
    count: int, part: bytes = b"Content-Type: text/plain\r\n\r\nx\r\n", kind: bytes = b"mixed"
) -> bytes:
    return _mail(_multipart(b"b", (b"--b\r\n" + part) * count + b"--b--\r\n", kind))


def _attached(name: bytes, data: bytes, coding: bytes = b"base64", count: int = 1) -> bytes:
    head = (
        b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="'
        + name
        + b'"\r\n'
    )
    body = base64.encodebytes(data) if coding == b"base64" else data
    return _parts(count, head + b"Content-Transfer-Encoding: " + coding + b"\r\n\r\n" + body + b"\r\n")


def _header(line: bytes) -> bytes:
    return _HEAD + line + b"\r\nContent-Type: text/plain\r\n\r\n" + b"x\r\n"


_WORD = b"=?utf-8?B?" + base64.b64encode("年报".encode() * 500) + b"?= "

FILES: Mapping[str, Callable[[], bytes]] = {
    "20 multiparts deep": partial(_nested, 20),
    "100 multiparts deep": partial(_nested, 100),
    "2,000 multiparts deep": partial(_nested, 2_000),
    "20,000 multiparts opened": partial(_opened, 20_000),
    "5,000 mails in one another": partial(_forwarded, 5_000),
    "20 mails in one another": partial(_forwarded, 20),
    "100,000 parts": partial(_parts, 100_000),
    "2,900 parts": partial(_parts, 2_900),
    "100,000 boundaries": lambda: _mail(_multipart(b"b", b"--b\r\n" * 100_000)),
    "a boundary that never comes": lambda: _mail(_multipart(b"b", b"x\r\n" * 500_000)),
    "a boundary of nothing": lambda: _mail(_multipart(b"", b"--\r\n" * 10_000)),
    "a boundary of 50,000 letters": lambda: _mail(
        _multipart(b"b" * 50_000, (b"--" + b"b" * 50_000 + b"\r\n") * 20)
    ),
    "a boundary of brackets": lambda: _mail(_multipart(b"(a+)+$", b"--(a+)+$\r\n" * 5_000)),
    "one boundary for all depths": lambda: _mail(
        _multipart(b"b", b"--b\r\n" + _multipart(b"b", b"--b\r\n" * 2_000))
    ),
    "a header of 5 MB": lambda: _header(b"X: " + b"x" * 5_000_000),
    "100,000 headers": lambda: _header(b"\r\n".join(b"X%d: y" % i for i in range(100_000))),
    "a header folded 100,000 times": lambda: _header(b"To: a" + b"\r\n b" * 100_000),
    "a subject of 5,000 encoded words": lambda: _header(b"Subject: " + _WORD * 5_000),
    "an encoded word never ended": lambda: _header(b"Subject: " + b"=?utf-8?B?" * 100_000),
    "a subject in an unknown code": lambda: _header(b"Subject: =?no-such?Q?=FF?= =?utf-8?X?a?="),
    "addresses in brackets": lambda: _header(b"To: " + b"(" * 3_000 + b"<" * 3_000),
    "a content type of brackets": lambda: _HEAD + b"Content-Type: " + b"(" * 50_000 + b"\r\n\r\nx",
    "parameters without number": lambda: (
        _HEAD + b"Content-Type: text/plain" + b"; a*0*=x" * 50_000 + b"\r\n\r\nx"
    ),
    "parameters in pieces": lambda: (
        _HEAD
        + b"Content-Type: text/plain"
        + b"".join(b"; name*%d=x" % i for i in range(20_000))
        + b"\r\n\r\nx"
    ),
    "base64 of nothing": partial(
        _attached, b"a.docx", b"!" * 1_000_000, b"7bit\r\nContent-Transfer-Encoding: base64"
    ),
    "quoted text of nothing": partial(_attached, b"a.docx", b"=ZZ=" * 200_000, b"quoted-printable"),
    "uuencoded nothing": partial(_attached, b"a.docx", b"begin 644 a\n" + b"M" * 100_000, b"x-uuencode"),
    "an unknown coding": partial(_attached, b"a.docx", b"x" * 1_000, b"no-such"),
    "a name out of the folder": partial(_attached, b"../../../../etc/passwd", word_file(b"<w:p/>")),
    "a name of NULs": partial(_attached, b"a\0b\r\n.docx", word_file(b"<w:p/>")),
    "a name of 100,000 letters": partial(_attached, b"a" * 100_000, word_file(b"<w:p/>")),
    "an archive in a mail in an archive": lambda: zipped(
        {"a.eml": _attached(b"a.zip", zipped({"b.eml": _nested(3)}))}
    ),
    "300 attachments": lambda: _attached(b"a.docx", word_file(b"<w:p/>"), count=300),
    "alternatives without number": partial(_parts, 2_000, kind=b"alternative"),
    "a page of related parts": partial(_parts, 2_000, b"Content-Type: text/html\r\n\r\n<p>1\r\n", b"related"),
    "a text in an unknown code": lambda: _HEAD + b"Content-Type: text/plain; charset=idna\r\n\r\n\xff\xfe",
    "a partial message": lambda: _HEAD + b"Content-Type: message/partial; id=1; number=1\r\n\r\nx",
    "an outside body": lambda: (
        _HEAD + b'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"\r\n\r\nx'
    ),
    "a mail of 20 MB": lambda: _attached(b"a.bin", bytes(15_000_000)),
    "a head alone": lambda: _HEAD + b"Content-Type: text/plain\r\n",
}
