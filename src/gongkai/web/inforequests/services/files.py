"""Files in and out of a case: looked at before they are kept, handed out to whom they concern only."""

from __future__ import annotations

import hashlib
import io
import re
import socket
import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import PERSONAL_FILES, DeskAct, FileKind
from gongkai.web.inforequests.models import CaseFileItem, InfoRequest
from gongkai.web.inforequests.services import acting, signed
from gongkai.web.inforequests.services.permissions import check_may, check_works_in
from gongkai.web.inforequests.services.refusing import Refused

LARGEST = 20 * 1024 * 1024
MOST_FROM_APPLICANT = 5  # of a kind, each time something is sent in
MOST = 300
_MOST_MEMBERS, _MOST_UNPACKED = 2000, 200 * 1024 * 1024
_SCAN_SECONDS = 30
_SCAN_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class _Type:
    content_type: str
    begins: tuple[bytes, ...]
    member: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
# What is taken, by extension: the bytes it begins with, and in a package the member it cannot lack.
TYPES: Mapping[str, _Type] = {
    "pdf": _Type("application/pdf", (b"%PDF-",)),
    "jpg": _Type("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": _Type("image/jpeg", (b"\xff\xd8\xff",)),
    "png": _Type("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "docx": _Type(f"{_OFFICE}wordprocessingml.document", (_ZIP,), "word/document.xml"),
    "xlsx": _Type(f"{_OFFICE}spreadsheetml.sheet", (_ZIP,), "xl/workbook.xml"),
    "ofd": _Type("application/ofd", (_ZIP,), "OFD.xml"),
    "doc": _Type("application/msword", (_OLE,)),
    "xls": _Type("application/vnd.ms-excel", (_OLE,)),
    "wps": _Type("application/vnd.ms-works", (_OLE,)),
    "txt": _Type("text/plain", ()),
}
FROM_APPLICANT = frozenset({"pdf", "jpg", "jpeg", "png", "doc", "docx", "wps", "ofd", "txt"})


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that was looked at and may be kept."""

    name: str
    content_type: str
    data: bytes
    scanned_clean: bool | None


def checked(name: str, file: BinaryIO, *, allowed: frozenset[str] = frozenset(TYPES)) -> Upload:
    """Return a file fit to be kept.

    Raises:
        Refused: too large, empty, of a type not taken, not what its name says, a package that unpacks beyond
            all measure, or infected.
    """
    plain = _plain_name(name)
    suffix = plain.rsplit(".", 1)[-1].lower() if "." in plain else ""
    if suffix not in allowed:
        raise Refused(f"“{plain}”的类型不能上传，可以上传：{'、'.join(sorted(allowed))}。")
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"“{plain}”超过{LARGEST // 1024 // 1024}兆字节，请压缩或者拆分后上传。")
    if not data:
        raise Refused(f"“{plain}”是空文件。")
    _check_content(plain, TYPES[suffix], data)
    return Upload(
        name=plain, content_type=TYPES[suffix].content_type, data=data, scanned_clean=_is_clean(plain, data)
    )


def _plain_name(name: str) -> str:
    """The file's own name, without a path, controls or what turns its reading direction."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(each for each in last if unicodedata.category(each)[0] != "C").strip(". ")
    return kept[-120:] or "未命名"


def _check_content(name: str, kind: _Type, data: bytes) -> None:
    if kind.begins and not data.startswith(kind.begins):
        raise Refused(f"“{name}”的内容与它的类型不符，请用原来的软件重新保存后上传。")
    if not kind.begins and b"\0" in data[:4096]:
        raise Refused(f"“{name}”不是文本文件。")
    if kind.member:
        _check_package(name, kind.member, data)


def _check_package(name: str, needed: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refused(f"“{name}”已经损坏，打不开。") from None
    if len(members) > _MOST_MEMBERS or sum(each.file_size for each in members) > _MOST_UNPACKED:
        raise Refused(f"“{name}”解压后过大，不能上传。")
    names = {each.filename for each in members}
    if needed not in names:
        raise Refused(f"“{name}”的内容与它的类型不符，请用原来的软件重新保存后上传。")
    if any(
        each.lower().endswith((".zip", ".exe", ".js", ".vbs", ".bat", "vbaproject.bin")) for each in names
    ):
        raise Refused(f"“{name}”内含程序或者压缩包，不能上传。")


def _is_clean(name: str, data: bytes) -> bool | None:
    """Whether ClamAV at GONGKAI_CLAMAV finds nothing; None where there is none to ask.

    Raises:
        Refused: it found something, or does not answer: what should have been looked at is not let through.
    """
    address = settings.CLAMAV
    if not address:
        return None
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), _SCAN_SECONDS) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _SCAN_CHUNK):
                piece = data[start : start + _SCAN_CHUNK]
                clamd.sendall(struct.pack("!I", len(piece)) + piece)
            clamd.sendall(struct.pack("!I", 0))
            answer = clamd.recv(4096).rstrip(b"\0\n ")
    except OSError:
        raise Refused("暂时不能检查文件是否安全，请稍后再传，或者联系工作人员。") from None
    if not answer.endswith(b" OK"):
        raise Refused(f"“{name}”未通过安全检查，没有保存。")
    return True


@transaction.atomic
def attach(
    *,
    case: InfoRequest,
    upload: Upload,
    kind: FileKind,
    by: User | None,
    seen: int | None = None,
    now: datetime | None = None,
) -> CaseFileItem:
    """Put a file into the case: sealed on the disk, its digest on the case's record."""
    row = acting.locked(case, seen)
    if by is not None:
        check_may(by, DeskAct.ATTACH, row)
    kept = row.files.filter(removed_at__isnull=True, by__isnull=by is None)
    if kept.count() >= MOST:
        raise Refused(f"文件不能超过{MOST}个。")
    item = CaseFileItem(
        case=row,
        kind=kind,
        name=upload.name,
        content_type=upload.content_type,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        by=by,
        at=now or timezone.now(),
        scanned_clean=upload.scanned_clean,
    )
    item.file.save(f"{row.pk}/{kind}", ContentFile(upload.data), save=False)
    item.save()
    facts = {"file": item.pk, "kind": kind.value, "sha256": item.sha256, "size": item.size}
    if kind not in PERSONAL_FILES:
        facts["name"] = item.name
    acting.append(row, act=DeskAct.ATTACH, facts=facts, by=by, now=now)
    return item


@transaction.atomic
def detach(*, item: CaseFileItem, reason: str, by: User) -> CaseFileItem:
    """Take a file out of the case's list; it stays kept, and the record says why."""
    row = acting.locked(item.case)
    check_may(by, DeskAct.DETACH, row)
    if item.kind == FileKind.LETTER or item.removed_at:
        raise Refused("文书不能移出，只能作废。" if not item.removed_at else "这份文件已经移出。")
    if not reason.strip():
        raise Refused("移出文件应当写明理由。")
    signed.check_not_annexed(row, item)
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])
    acting.append(row, act=DeskAct.DETACH, facts={"file": item.pk, "why": reason.strip()}, by=by)
    return item


@transaction.atomic
def open_file(*, item: CaseFileItem, by: User, why: str = "") -> bytes:
    """Return a file for a member of the office; who opened an identity document, and why, is on record.

    Raises:
        Refused: the person may not, or says not why.
    """
    check_works_in(by, item.case)
    if item.kind in PERSONAL_FILES:
        row = acting.locked(item.case)
        check_may(by, DeskAct.UNMASK, row)
        if not why.strip():
            raise Refused("查看身份证明、授权委托书应当写明用途。")
        acting.append(row, act=DeskAct.UNMASK, facts={"file": item.pk, "why": why.strip()}, by=by)
    return contents(item.file)


def contents(kept: FieldFile) -> bytes:
    """Return what is kept, unsealed."""
    with kept.storage.open(kept.name, "rb") as file:
        return file.read()
