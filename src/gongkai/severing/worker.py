"""The child process of `guarded`: does one thing to one PDF.

In: a line of JSON (what to `do`, and what that needs), then the file until the input ends. Out: a line of
JSON, then the bytes of a PDF or a PNG if there are any.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from typing import Any

from gongkai.severing.cutting import sever
from gongkai.severing.errors import NotSeverable, SeveranceFailed
from gongkai.severing.marks import Mark, dump_marks, load_marks
from gongkai.severing.opened import Limits
from gongkai.severing.pictures import page_picture
from gongkai.severing.seeking import find, locate

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_TOO_BIG = "处理这个文件超出了内存上限，请把文件分成几份再试。"
_BROKEN = "文件结构异常，无法处理（{kind}），请重新导出后再试。"

Answer = tuple[dict[str, Any], bytes]


def answer(asked: dict[str, Any], pdf: bytes) -> Answer:
    """Return what was asked for, or why it is refused."""
    try:
        return _DEEDS[asked["do"]](asked, pdf)
    except SeveranceFailed as error:
        return {"problems": error.problems}, b""
    except NotSeverable as error:
        return {"refused": str(error)}, b""
    except MemoryError:
        return {"refused": _TOO_BIG}, b""
    except Exception as error:  # a file that breaks the work is told apart by its kind alone
        return {"refused": _BROKEN.format(kind=type(error).__name__)}, b""


def _sever(asked: dict[str, Any], pdf: bytes) -> Answer:
    marks, limits = load_marks(asked["marks"]), Limits(**asked["limits"])
    severed = sever(pdf, marks, dpi=asked["dpi"], listed=asked["listed"], limits=limits)
    told = asdict(severed) | {"pdf": None, "elsewhere": dump_marks(severed.elsewhere)}
    pages = list(severed.marks_per_page.items())
    return told | {"marks_per_page": pages, "numbers": list(severed.numbers.items())}, severed.pdf


def _picture(asked: dict[str, Any], pdf: bytes) -> Answer:
    drawn = page_picture(pdf, asked["page"], asked["dpi"], limits=Limits(**asked["limits"]))
    return {"width_pt": drawn.width_pt, "height_pt": drawn.height_pt, "pages": drawn.pages}, drawn.png


def _find(asked: dict[str, Any], pdf: bytes) -> Answer:
    limits, reason, ground = Limits(**asked["limits"]), asked["reason"], asked["ground"]
    return _marked(find(pdf, asked["text"], reason=reason, ground=ground, limits=limits))


def _locate(asked: dict[str, Any], pdf: bytes) -> Answer:
    module, name = asked["seek"]
    seek = getattr(import_module(module), name)
    return _marked(locate(pdf, seek, ground=asked["ground"], limits=Limits(**asked["limits"])))


def _marked(marks: tuple[Mark, ...]) -> Answer:
    return {"marks": dump_marks(marks)}, b""


_DEEDS = {"sever": _sever, "picture": _picture, "find": _find, "locate": _locate}


def fence(memory: int, seconds: int) -> None:
    """Bound this process's memory and processor time; no core dump, and no network where that can be had."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds * (os.cpu_count() or 1)),
    ):
        resource.setrlimit(what, (most, most))
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def main() -> None:
    """Serve one request; the arguments are the memory limit in bytes and the seconds."""
    fence(int(sys.argv[1]), int(sys.argv[2]))
    head, _, pdf = sys.stdin.buffer.read().partition(b"\n")
    told, data = answer(json.loads(head), pdf)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
