"""The child process of `guarded`: reads the files it is handed until its input ends.

Frames on both pipes: four bytes of length, big-endian, and as many bytes. In: the file's name, then its
bytes. Out: one JSON object, `{"report", "notes"}` or `{"error", "message"}`.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any, BinaryIO

from gongkai.report.codec import dump
from gongkai.report.reading.errors import NotAReport, ReadingError, Unreadable
from gongkai.report.reading.opening import read_bytes

_ERRORS = {NotAReport: "NotAReport", Unreadable: "Unreadable"}


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


def answer(data: bytes, name: str) -> dict[str, Any]:
    """Return the reading of one file, or its error, as JSON values."""
    try:
        reading = read_bytes(data, name)
        return {"report": dump(reading.report, reading.notes, provenance=True), "notes": list(reading.notes)}
    except ReadingError as error:
        return {"error": _ERRORS.get(type(error), "Unreadable"), "message": str(error)}
    except MemoryError:
        return {"error": "Unreadable", "message": "文件展开后太大，超出内存上限，没有读取。"}
    except Exception as error:
        kind = type(error).__name__
        return {"error": "Unreadable", "message": f"文件结构异常，没有读出来（{kind}）。请另存后再试。"}


def main() -> None:
    """Serve frames from standard input; the first argument is the memory limit in bytes."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while (name := read_frame(requests)) is not None and (data := read_frame(requests)) is not None:
        write_frame(answers, json.dumps(answer(data, name.decode())).encode())


if __name__ == "__main__":
    main()
