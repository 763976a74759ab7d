"""Severance (区分处理) of a PDF of the case: marks are kept while one works, then a copy is made and proved.

Files are opened in a child process only; the file itself stays sealed as it is.
Source: R711 art. 37.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.law.grounds import GROUNDS
from gongkai.proofing import personal_data
from gongkai.severing import Limits, Mark, NotSeverable, SeveranceFailed, dump_marks, load_marks
from gongkai.severing.guarded import find_guarded, locate_guarded, picture_guarded, sever_guarded
from gongkai.severing.marks import MAX_MARKS
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.choices import PERSONAL_FILES, DeskAct, FileKind
from gongkai.web.inforequests.models import CaseFileItem, Severance
from gongkai.web.inforequests.services import acting, files
from gongkai.web.inforequests.services.guiding import short
from gongkai.web.inforequests.services.permissions import check_may
from gongkai.web.inforequests.services.refusing import Conflict, Refused

PDF = "application/pdf"
USUAL_GROUND = "personal_privacy"
_LIMITS = Limits(megabytes=20, seconds=120)
_DPI = 100
_AGAIN = "重新作了区分处理"


def grounds() -> list[tuple[str, str]]:
    """Return the grounds a mark may give, as choices."""
    return [(code, f"{ground.name}（{short((ground.source,))}）") for code, ground in GROUNDS.items()]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A mark on a page: its number in the list, its place and size, why."""

    index: int
    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    height: float
    reason: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class View:
    """A page to be marked: its picture, its size in points, its marks; how many marks each page has."""

    number: int
    picture: str
    width: float
    height: float
    pages: Sequence[tuple[int, int]]
    marks: Sequence[Placed]
    total: int


def is_severable(item: CaseFileItem) -> bool:
    """Whether a file is of a kind that is severed here: a PDF that is no document of identity."""
    return item.content_type == PDF and item.kind not in PERSONAL_FILES


def work_of(item: CaseFileItem) -> Severance:
    """Return what is marked so far; unsaved where nothing is."""
    found = Severance.objects.filter(item=item).select_related("made").first()
    return found or Severance(item=item, marks=[], version=0)


def marks_of(work: Severance) -> tuple[Mark, ...]:
    """Return the marks as the core takes them."""
    return load_marks(json.dumps(work.marks))


def view(work: Severance, number: int) -> View:
    """Return a page with its marks.

    Raises:
        Refused: the file cannot be opened, or has no such page.
    """
    try:
        shown = picture_guarded(files.contents(work.item.file), number, _DPI, limits=_LIMITS)
    except NotSeverable as error:
        raise Refused(str(error)) from error
    marks = marks_of(work)
    counts = Counter(mark.page for mark in marks)
    return View(
        number=number,
        picture=base64.b64encode(shown.png).decode(),
        width=round(shown.width_pt, 1),
        height=round(shown.height_pt, 1),
        pages=[(page, counts[page]) for page in range(1, shown.pages + 1)],
        marks=[_placed(at, mark) for at, mark in enumerate(marks) if mark.page == number],
        total=len(marks),
    )


def _placed(at: int, mark: Mark) -> Placed:
    return Placed(
        index=at,
        x0=round(mark.x0, 1),
        y0=round(mark.y0, 1),
        x1=round(mark.x1, 1),
        y1=round(mark.y1, 1),
        width=round(mark.x1 - mark.x0, 2),
        height=round(mark.y1 - mark.y0, 2),
        reason=mark.reason,
        ground=GROUNDS[mark.ground].name if mark.ground else "",
    )


# Marking.


def find(*, work: Severance, text: str, ground: str, reason: str, by: User, seen: int) -> int:
    """Mark every place where a text stands; return how many were new."""
    if not text.strip():
        raise Refused("请写明要查找的文字。")
    try:
        found = find_guarded(
            files.contents(work.item.file),
            text,
            reason=_reason(reason),
            ground=_ground(ground),
            limits=_LIMITS,
        )
    except NotSeverable as error:
        raise Refused(str(error)) from error
    return _add(work, found, by, seen)


def suggest(*, work: Severance, ground: str, by: User, seen: int) -> int:
    """Mark what looks like personal data; return how many places were new."""
    try:
        found = locate_guarded(
            files.contents(work.item.file), personal_data, ground=_ground(ground), limits=_LIMITS
        )
    except NotSeverable as error:
        raise Refused(str(error)) from error
    return _add(work, found, by, seen)


def draw(
    *, work: Severance, page: int, box: Sequence[float], ground: str, reason: str, by: User, seen: int
) -> int:
    """Mark an area of a page."""
    x0, y0, x1, y1 = box
    try:
        mark = Mark(page=page, x0=x0, y0=y0, x1=x1, y1=y1, reason=_reason(reason), ground=_ground(ground))
    except ValueError as error:
        raise Refused(f"{error}。") from error
    return _add(work, (mark,), by, seen)


def add_listed(*, work: Severance, listed: str, by: User, seen: int) -> int:
    """Mark the places that were listed as standing elsewhere."""
    try:
        return _add(work, load_marks(listed), by, seen)
    except NotSeverable as error:
        raise Refused(str(error)) from error


def _reason(text: str) -> str:
    return text.strip()[:200]


def _ground(code: str) -> str:
    if code not in GROUNDS:
        raise Refused("请选择不予公开的事由。")
    return code


def _add(work: Severance, found: Collection[Mark], by: User, seen: int) -> int:
    kept = marks_of(work)
    places = {_place(mark) for mark in kept}
    fresh = [mark for mark in found if _place(mark) not in places]
    if len(kept) + len(fresh) > MAX_MARKS:
        raise Refused(f"标记超过{MAX_MARKS}处，请把文件分成几份。")
    if fresh:
        _keep(work, (*kept, *fresh), by, seen)
    return len(fresh)


def _place(mark: Mark) -> tuple[float, ...]:
    return mark.page, round(mark.x0), round(mark.y0), round(mark.x1), round(mark.y1)


def remove(*, work: Severance, indexes: Collection[int], by: User, seen: int) -> int:
    """Take marks away again; return how many."""
    kept = marks_of(work)
    left = [mark for at, mark in enumerate(kept) if at not in indexes]
    if len(left) < len(kept):
        _keep(work, left, by, seen)
    return len(kept) - len(left)


@transaction.atomic
def _keep(work: Severance, marks: Collection[Mark], by: User, seen: int) -> None:
    row = acting.locked(work.item.case)
    check_may(by, DeskAct.ATTACH, row)
    now = Severance.objects.select_for_update(of=("self",)).filter(item=work.item).first()
    _check_seen(now, seen)
    work.marks, work.by, work.at = json.loads(dump_marks(marks)), by, timezone.now()
    work.version = seen + 1
    work.save()


def _check_seen(now: Severance | None, seen: int) -> None:
    if (now.version if now else 0) != seen:
        raise Conflict("您打开本页之后，标记已有变动，您刚才的操作没有保存。请核对后再办。")


# Making the copy.


@dataclass(frozen=True, kw_only=True)
class Made:
    """What came of it: the file that was made, or where words that are marked still stand, not made yet."""

    item: CaseFileItem | None
    elsewhere: Sequence[Mark] = ()

    @property
    def listed(self) -> str:
        """The places elsewhere, to be marked as well."""
        return dump_marks(self.elsewhere)

    @property
    def by_page(self) -> Mapping[int, int]:
        """How many places on which page."""
        return dict(sorted(Counter(mark.page for mark in self.elsewhere).items()))


def produce(*, work: Severance, despite: bool, by: User, seen: int) -> Made:
    """Make the copy with its marked areas black beyond recovery, and put it into the case for the applicant.

    Args:
        work: the marks.
        despite: the places where marked words still stand were looked at, and stay.
        by: a clerk of the body.
        seen: the version of the marks the person had before their eyes.
    Raises:
        Refused: there are no marks, the file cannot be worked on, or the copy did not pass its own proof.
    """
    check_may(by, DeskAct.ATTACH, work.item.case)
    _check_seen(work if work.pk else None, seen)
    try:
        severed = sever_guarded(files.contents(work.item.file), marks_of(work), limits=_LIMITS)
    except (NotSeverable, SeveranceFailed) as error:
        raise Refused(str(error)) from error
    if severed.elsewhere and not despite:
        return Made(item=None, elsewhere=severed.elsewhere)
    return Made(item=_kept(work, severed.pdf, by, seen))


@transaction.atomic
def _kept(work: Severance, pdf: bytes, by: User, seen: int) -> CaseFileItem:
    row = acting.locked(work.item.case)
    _check_seen(Severance.objects.select_for_update(of=("self",)).filter(pk=work.pk).first(), seen)
    before = work.made
    name = f"{work.item.name.rsplit('.', 1)[0]}（区分处理）.pdf"
    upload = files.Upload(name=name, content_type=PDF, data=pdf, scanned_clean=work.item.scanned_clean)
    made = files.attach(case=row, upload=upload, kind=FileKind.ANNEX, by=by)
    if before is not None and before.removed_at is None:
        files.detach(item=before, reason=_AGAIN, by=by)
    work.made, work.version = made, seen + 1
    work.save(update_fields=["made", "version"])
    return made


def context_of(work: Severance) -> dict[str, Any]:
    """Return what a page shows of the work beside the page marked."""
    return {"work": work, "made": work.made if work.made and work.made.removed_at is None else None}
