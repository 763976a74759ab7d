"""Marks: the areas of a file's pages that must not be disclosed, why, and the number each reason bears."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from gongkai.law.grounds import GROUNDS
from gongkai.severing.errors import NotSeverable

MAX_MARKS = 20_000
_LONGEST_REASON = 200
_FIELDS = ("page", "x0", "y0", "x1", "y1", "reason", "ground")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """An area of a page to be blacked out.

    Args:
        page: from 1.
        x0, y0, x1, y1: in points from the top left corner of the page as it is seen, turned and cropped.
        reason: in the officer's words, such as 申请人以外的个人信息.
        ground: the code of one of `gongkai.law.grounds.GROUNDS`, or nothing.
    Raises:
        ValueError: no such page or ground can be, the area is empty or not finite, or the reason too long.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    reason: str = ""
    ground: str = ""

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError("页码从 1 开始")
        if not all(map(math.isfinite, (self.x0, self.y0, self.x1, self.y1))):
            raise ValueError("坐标应为数字")
        if not (self.x0 < self.x1 and self.y0 < self.y1):
            raise ValueError("区域应有宽度和高度，左上角在前，右下角在后")
        if len(self.reason) > _LONGEST_REASON:
            raise ValueError(f"理由不超过 {_LONGEST_REASON} 字")
        if self.ground and self.ground not in GROUNDS:
            raise ValueError(f"没有“{self.ground}”这一不予公开的依据")


Reason = tuple[str, str]
"""A mark's reason and ground: those that share both bear the same number."""


def numbered(marks: Iterable[Mark]) -> Mapping[Reason, int]:
    """Return the number of each reason, from 1 in the order in which a reader meets them.

    Marks that give neither reason nor ground have none.
    """
    ordered = sorted(marks, key=lambda mark: (mark.page, mark.y0, mark.x0))
    reasons = dict.fromkeys((m.reason, m.ground) for m in ordered if m.reason or m.ground)
    return {reason: number for number, reason in enumerate(reasons, 1)}


def by_page(marks: Iterable[Mark]) -> Mapping[int, list[Mark]]:
    """Return the marks of each page that has any."""
    pages: dict[int, list[Mark]] = {}
    for mark in marks:
        pages.setdefault(mark.page, []).append(mark)
    return pages


def dump_marks(marks: Iterable[Mark]) -> str:
    """Return marks as JSON, one a line."""
    return "[\n" + ",\n".join(json.dumps(asdict(mark), ensure_ascii=False) for mark in marks) + "\n]\n"


def load_marks(text: str | bytes) -> tuple[Mark, ...]:
    """Return the marks that `dump_marks` wrote, or a person in the same form.

    Raises:
        NotSeverable: this is not such a list; the sentence names the entry that is wrong.
    """
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotSeverable("标记文件不是有效的 JSON。") from error
    if not isinstance(entries, list):
        raise NotSeverable("标记文件应为列表，每处标记一项。")
    if len(entries) > MAX_MARKS:
        raise NotSeverable(f"标记超过 {MAX_MARKS} 处，请分成几个文件处理。")
    return tuple(_mark(number, entry) for number, entry in enumerate(entries, 1))


def _mark(number: int, entry: object) -> Mark:
    if not isinstance(entry, dict) or not set(_FIELDS[:5]) <= set(entry) <= set(_FIELDS):
        raise NotSeverable(f"第 {number} 处标记应写明 page、x0、y0、x1、y1，可以写明 reason、ground。")
    numbers, words = [entry[name] for name in _FIELDS[:5]], [entry.get(name, "") for name in _FIELDS[5:]]
    if not isinstance(numbers[0], int) or not all(_is_number(each) for each in numbers):
        raise NotSeverable(f"第 {number} 处标记的页码应为整数，坐标应为数字。")
    if not all(isinstance(word, str) for word in words):
        raise NotSeverable(f"第 {number} 处标记的 reason、ground 应为文字。")
    try:
        return Mark(**entry)
    except (ValueError, OverflowError) as error:
        raise NotSeverable(f"第 {number} 处标记有误：{error}。") from error


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
