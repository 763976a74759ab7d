"""The child process of `guarded`: reads the files it is handed until its input ends.

Frames on both pipes: four bytes of length, big-endian, and as many bytes. In: a JSON object (the file's
`name`, the `seconds` it may take, the `most` bytes of an answer), then the file. Out: one JSON object,
`{"report", "notes"}` or `{"error", "message"}`; what needs recognition is read only with `scans`. Asked for a
`page`, all of it or a `box`, it gives PNG, nothing, or such an error. Asked to `unpack`, it gives two frames
for each file that was found, a JSON object with its `name` (and `why` it was refused) and its bytes, and an
empty one last.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from math import ceil
from typing import Any, BinaryIO

from gongkai import children
from gongkai.report.cells import Box
from gongkai.report.codec import dump
from gongkai.report.reading.containers import Member, Refused, unpack
from gongkai.report.reading.errors import NotAReport, ReadingError, Scanned, Unreadable
from gongkai.report.reading.opening import read_bytes
from gongkai.report.reading.pictures import page_picture

_TOO_BIG = "文件展开后太大，超出内存上限，没有读取。"
_TOO_LONG = "文件读出的内容过多，超出读取上限，请只保留年度报告后再试。"
_MAX_OPEN_FILES = 256
_MAX_WRITTEN = 4 * 1024 * 1024


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Return the next frame, or None at the end of the pipe."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    return pipe.read(int.from_bytes(head, "big"))


def write_frame(pipe: BinaryIO, data: bytes) -> None:
    """Write one frame and flush it."""
    pipe.write(len(data).to_bytes(4, "big") + data)
    pipe.flush()


def answer(data: bytes, name: str, most: int, *, scans: bool) -> bytes:
    """Return the reading of one file, or its error, as JSON of at most so many bytes.

    Without `scans`, a file that needs recognition is answered at once with the error `Scanned`.
    """
    try:
        reading = read_bytes(data, name, scans=scans)
        report = dump(reading.report, reading.notes, provenance=True)
        shown = _json({"report": report, "notes": list(reading.notes)})
        return shown if len(shown) <= most else _refusal("Unreadable", _TOO_LONG)
    except NotAReport as error:
        return _refusal("NotAReport", str(error))
    except Scanned as error:
        return _refusal("Scanned", str(error))
    except ReadingError as error:
        return _refusal("Unreadable", str(error))
    except MemoryError:
        return _refusal("Unreadable", _TOO_BIG)
    except Exception as error:
        kind = type(error).__name__
        return _refusal("Unreadable", f"文件结构异常，没有读出来（{kind}），请另存后再试。")


def draw(data: bytes, name: str, page: int, box: list[float] | None, most: int) -> bytes:
    """Return a page's picture as PNG, nothing where the format has no pages, or an error as JSON."""
    try:
        drawn = page_picture(data, name, page, Box(*box) if box else None) or b""
        return drawn if len(drawn) <= most else _refusal("Unreadable", _TOO_LONG)
    except IndexError:
        return _refusal("Unreadable", "文件里没有这一页。")
    except MemoryError:
        return _refusal("Unreadable", _TOO_BIG)
    except Exception as error:
        return _refusal("Unreadable", str(error) if isinstance(error, Unreadable) else "这一页无法显示。")


def hand_over(answers: BinaryIO, data: bytes, name: str) -> None:
    """Write what a container holds, file by file."""
    for found in unpack(data, name):
        why = {"why": found.why} if isinstance(found, Refused) else {}
        write_frame(answers, _json({"name": found.name, **why}))
        write_frame(answers, found.data if isinstance(found, Member) else b"")
    write_frame(answers, b"")


def _refusal(error: str, message: str) -> bytes:
    return _json({"error": error, "message": message})


def _json(shown: dict[str, Any]) -> bytes:
    return json.dumps(shown).encode()


def fence(memory: int) -> None:
    """Take from this process what reading a file does not need: memory, files, core dumps, the network."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread would reserve memory of its own
    children.fence(memory)
    for what, most in ((resource.RLIMIT_FSIZE, _MAX_WRITTEN), (resource.RLIMIT_NOFILE, _MAX_OPEN_FILES)):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def allow_processor(seconds: float) -> None:
    """Bound one file's processor time at twice its wall clock on each core, should nobody else stop it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = used.ru_utime + used.ru_stime + 2 * seconds * (os.cpu_count() or 1)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(allowed) + 1, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes to the parent, out of reach of what prints to or reads from the standard ones."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return requests, answers


def _served(data: bytes, asked: dict[str, Any]) -> bytes:
    if "page" in asked:
        return draw(data, asked["name"], asked["page"], asked["box"], asked["most"])
    return answer(data, asked["name"], asked["most"], scans=asked["scans"])


def main() -> None:
    """Serve frames from standard input; the first argument is the memory limit in bytes."""
    memory = int(sys.argv[1])
    fence(memory)
    requests, answers = pipes()
    while (head := read_frame(requests)) is not None and (data := read_frame(requests)) is not None:
        asked = json.loads(head)
        allow_processor(asked["seconds"])
        if asked.get("unpack"):
            hand_over(answers, data, asked["name"])
        else:
            write_frame(answers, _served(data, asked))


if __name__ == "__main__":
    main()
