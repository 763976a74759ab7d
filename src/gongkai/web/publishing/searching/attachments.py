"""The words of attached files, read in a child process that can be killed, and kept.

A file that is slow, broken, a scan or of a kind not read has no words and a note; it never stops a page from
being published.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable

from wagtail.documents.models import Document

from gongkai.report.reading.errors import ReadingError
from gongkai.report.reading.formats.sniff import decode
from gongkai.web.publishing.models.searching import AttachmentText

SECONDS = 10.0
MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 200_000
_MEMORY = 1024 * 1024 * 1024
_ENVIRONMENT = frozenset({"PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL"})
_TOO_LARGE = "文件超过 20 MB，没有读取。"
_TOO_SLOW = "读取超过 10 秒，已停止。"
_BROKEN = "文件读不出来。"


def texts_of(files: Collection[Document]) -> dict[int, str]:
    """Return the words of the files by their numbers; those not read before are read now."""
    known = {kept.file_id: kept for kept in AttachmentText.objects.filter(file__in=files)}
    return {file.pk: _text(file, known.get(file.pk)) for file in files}


def _text(file: Document, kept: AttachmentText | None) -> str:
    digest = _digest(file)
    if kept is None or kept.digest != digest:
        text, note = _read(file) if digest else ("", _BROKEN)
        kept = AttachmentText(pk=kept.pk if kept else None, file=file, digest=digest, text=text, note=note)
        kept.save()
    return kept.text


def _digest(file: Document) -> str:
    """Return the hash of the file; blank when it is not where it should be."""
    try:
        return str(file.get_file_hash())
    except OSError:
        return ""


def _read(file: Document) -> tuple[str, str]:
    try:
        if file.file.size > MOST_BYTES:
            return "", _TOO_LARGE
        with file.open_file() as opened:
            data = opened.read()
    except OSError:
        return "", _BROKEN
    return read_words(data, file.filename)


def read_words(data: bytes, name: str) -> tuple[str, str]:
    """Return the words of a file, and a note where there are none; plain text needs no child."""
    if name.lower().endswith(".txt"):
        return _decoded(data)
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "gongkai.web.publishing.searching.attachment_worker",
                str(_MEMORY),
                str(SECONDS),
                str(MOST_CHARACTERS),
                name[-255:],
            ],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if key in _ENVIRONMENT},
            timeout=SECONDS,
            check=True,
        )
        read = json.loads(done.stdout)
        return str(read["text"]), str(read["note"])[:200]
    except subprocess.TimeoutExpired:
        return "", _TOO_SLOW
    except (OSError, subprocess.CalledProcessError, ValueError, KeyError, TypeError):
        return "", _BROKEN


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        return " ".join(decode(data).split())[:MOST_CHARACTERS], ""
    except ReadingError as error:
        return "", str(error)[:200]


def files_in(body: Iterable[object]) -> set[int]:
    """Return the numbers of the files that the pieces of a body offer; `body` is a stream's raw data."""
    found = set()
    for piece in body:
        value = piece.get("value") if isinstance(piece, dict) and piece.get("type") == "attachment" else None
        if isinstance(value, dict) and isinstance(value.get("file"), int):
            found.add(value["file"])
    return found
