"""What is sent in is looked at: by its name, its bytes, its package, and by ClamAV where there is one."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import LazySettings

from gongkai.web.inforequests.services import files
from gongkai.web.inforequests.services.refusing import Refused

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def _checked(name: str, data: bytes) -> files.Upload:
    return files.checked(name, io.BytesIO(data))


def _package(*members: str, size: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for member in members:
            package.writestr(member, b"\0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("程序.exe", b"MZ", "类型不能上传"),
        ("无扩展名", PDF, "类型不能上传"),
        ("图片.png", PDF, "与它的类型不符"),
        ("空.pdf", b"", "空文件"),
        ("大.pdf", PDF + b"\0" * files.LARGEST, "兆字节"),
        ("文字.txt", b"a\0b", "不是文本文件"),
        ("文档.docx", _package("xl/workbook.xml"), "与它的类型不符"),
        ("坏.docx", b"PK\x03\x04broken", "损坏"),
        ("宏.docx", _package("word/document.xml", "word/vbaProject.bin"), "内含程序"),
        ("套.docx", _package("word/document.xml", "word/more.zip"), "内含程序"),
        ("弹.docx", _package("word/document.xml", size=201 * 1024 * 1024), "解压后过大"),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        _checked(name, data)


def test_a_name_is_kept_without_its_path_and_tricks() -> None:
    assert _checked("../../etc/证\u202e明\n.PDF", PDF).name == "证明.PDF"
    assert _checked("C:\\材料\\申请.pdf", PDF).scanned_clean is None


@contextmanager
def _clamd(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A daemon that speaks clamd's INSTREAM and gives one answer; what it was shown is kept."""
    shown: list[bytes] = []

    def serve() -> None:
        peer, _ = server.accept()
        with peer, peer.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", stream.read(4))[0]:
                shown.append(stream.read(length))
            peer.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", shown
        thread.join(10)


def test_clamav_looks_at_every_byte(settings: LazySettings) -> None:
    with _clamd(b"stream: OK\0") as (address, shown):
        settings.CLAMAV = address
        assert _checked("申请.pdf", PDF * 100_000).scanned_clean is True
    assert b"".join(shown) == PDF * 100_000


def test_what_clamav_finds_or_cannot_look_at_is_not_kept(settings: LazySettings) -> None:
    with _clamd(b"stream: Eicar-Signature FOUND\0") as (address, _):
        settings.CLAMAV = address
        with pytest.raises(Refused, match="未通过安全检查"):
            _checked("申请.pdf", PDF)
    with pytest.raises(Refused, match="稍后再传"):
        _checked("申请.pdf", PDF)
