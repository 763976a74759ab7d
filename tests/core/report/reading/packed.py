"""Archives and mails of invented files, packed as the programs of strangers pack them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


class _Named(zipfile.ZipInfo):
    """An entry whose name is in a code of its own and does not say so."""

    codec = "gbk"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.codec), self.flag_bits & ~0x800


def zipped(files: Mapping[str, bytes], codec: str = "", flag: int = 0) -> bytes:
    """Return an archive; with a codec, its names are in it and unmarked; `flag` is set on every entry."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = _Named(name) if codec else zipfile.ZipInfo(name)
            if isinstance(info, _Named):
                info.codec = codec
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    packed = held.getvalue()
    if flag:
        packed = bytearray(packed)
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = packed.find(mark)
            while at >= 0:
                packed[at + offset] |= flag
                at = packed.find(mark, at + 4)
    return bytes(packed)


def mail(
    files: Mapping[str, bytes], text: str = "附件是我镇年报，请查收。", subject: str = "报送年报"
) -> bytes:
    """Return a mail with attachments, as a modern program writes it."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, "jia@example.org", "yi@example.org"
    made.set_content(text)
    for name, data in files.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def raw_mail(*parts: bytes, kind: bytes = b"multipart/mixed") -> bytes:
    """Return a mail put together from parts as they are: head, empty line, body."""
    head = b"MIME-Version: 1.0\r\nContent-Type: " + kind + b'; boundary="=_b"\r\n\r\n'
    return head + b"".join(b"--=_b\r\n" + part + b"\r\n" for part in parts) + b"--=_b--\r\n"
