"""The same work in a child process that is killed at its limits: for a server, and for strangers' files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from gongkai.children import ask
from gongkai.severing.cutting import Severed
from gongkai.severing.errors import NotSeverable, SeveranceFailed
from gongkai.severing.marks import Mark, dump_marks, load_marks
from gongkai.severing.opened import USUAL, Limits
from gongkai.severing.pictures import PagePicture
from gongkai.severing.seeking import Seek

_TOO_SLOW = "处理超过 {seconds:g} 秒，已停止，请把文件分成几份再试。"
_BROKEN = "处理这个文件时超出了内存上限或者程序中断，已停止。"
_GRACE = 5.0  # seconds for the child's start


def sever_guarded(
    pdf: bytes, marks: Sequence[Mark], *, dpi: float = 200, listed: bool = True, limits: Limits = USUAL
) -> Severed:
    """Sever as `sever` does, in a child process.

    Raises:
        NotSeverable, SeveranceFailed: as `sever`, the first also where the limits were reached.
    """
    told, data = _ask(pdf, limits, do="sever", marks=dump_marks(marks), dpi=dpi, listed=listed)
    return Severed(
        pdf=data,
        pages=told["pages"],
        marks_per_page=dict(told["marks_per_page"]),
        numbers={(reason, ground): number for (reason, ground), number in told["numbers"]},
        elsewhere=load_marks(told["elsewhere"]),
    )


def picture_guarded(pdf: bytes, page: int, dpi: float = 100, *, limits: Limits = USUAL) -> PagePicture:
    """Return a page's picture as `page_picture` does, drawn in a child process.

    Raises:
        NotSeverable: as `page_picture`, also where the limits were reached.
    """
    told, data = _ask(pdf, limits, do="picture", page=page, dpi=dpi)
    return PagePicture(png=data, **told)


def find_guarded(
    pdf: bytes, text: str, *, reason: str = "", ground: str = "", limits: Limits = USUAL
) -> tuple[Mark, ...]:
    """Return marks as `find` does, found in a child process.

    Raises:
        NotSeverable: as `find`, also where the limits were reached.
    """
    return load_marks(_ask(pdf, limits, do="find", text=text, reason=reason, ground=ground)[0]["marks"])


def locate_guarded(pdf: bytes, seek: Seek, *, ground: str = "", limits: Limits = USUAL) -> tuple[Mark, ...]:
    """Return marks as `locate` does, found in a child process; `seek` is a function of some module.

    Raises:
        NotSeverable: as `locate`, also where the limits were reached.
    """
    told, _ = _ask(pdf, limits, do="locate", seek=(seek.__module__, seek.__name__), ground=ground)
    return load_marks(told["marks"])


def _ask(pdf: bytes, limits: Limits, **asked: Any) -> tuple[dict[str, Any], bytes]:
    asked |= {"limits": asdict(limits)}
    seconds, memory_mb = limits.seconds + _GRACE, limits.memory_mb
    try:
        told, data = ask("gongkai.severing.worker", asked, pdf, seconds=seconds, memory_mb=memory_mb)
    except TimeoutError:
        raise NotSeverable(_TOO_SLOW.format(seconds=limits.seconds)) from None
    except ChildProcessError:
        raise NotSeverable(_BROKEN) from None
    if "refused" in told:
        raise NotSeverable(told["refused"])
    if "problems" in told:
        raise SeveranceFailed(tuple(told["problems"]))
    return told, data
