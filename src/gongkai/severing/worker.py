"""The child process of `guarded`: does one thing to one PDF.

In: what to `do`, and what that needs, then the file. Out: values, then the bytes of a PDF or a PNG if there
are any.
"""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import Any

from gongkai.children import serve
from gongkai.severing.cutting import sever
from gongkai.severing.errors import NotSeverable, SeveranceFailed
from gongkai.severing.marks import Mark, dump_marks, load_marks
from gongkai.severing.opened import Limits
from gongkai.severing.pictures import page_picture
from gongkai.severing.seeking import find, locate

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


if __name__ == "__main__":
    serve(answer)
