"""A worksheet as it was found: filled cells by row and column, merged ranges, what its numbers say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from gongkai.report.reading.errors import Unreadable

MAX_CELLS = 100_000
MAX_SHEETS = 200
MAX_TEXT = 40_000
UNCOUNTED = "=?"
UNCOUNTED_NOTE = "工作簿里有公式还没有计算结果，这些格没有读取；请用 Excel 或 WPS 打开并保存一次再试。"

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)', re.S)
_GENERAL = re.compile(r"General|G/通用格式", re.I)
_DIGITS = frozenset("0#?")
_PLAIN_CODES = frozenset(("", "General", "0", "@"))
_SIGNS = frozenset("%-+$¥￥")
_OTHER_SCALES = frozenset("hHsSmM/:eE")
_DATE_LETTERS = frozenset("yYdD年月日")
_DATE_IDS = (range(14, 18), range(22, 23), range(27, 32), range(36, 37), range(50, 59))
_TIME_IDS = (*range(18, 22), *range(32, 36), *range(45, 48))
_BUILT_IN: dict[int, str] = {9: "0%", 10: "0.00%"} | dict.fromkeys(_TIME_IDS, "h:mm")


@dataclass(slots=True)
class Tab:
    """One worksheet: text by (row, column) of its filled cells, and merged ranges with both corners."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Fill a cell; blanks are not kept.

        Raises:
            Unreadable: the sheet has more than `MAX_CELLS` filled cells.
        """
        if not text.strip():
            return
        if len(self.cells) >= MAX_CELLS:
            raise Unreadable("工作簿中的表格过大，超出读取上限。")
        self.cells[row, column] = text[:MAX_TEXT]

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Add a merged range, unless it is a single cell or no range at all."""
        if 0 <= top <= bottom and 0 <= left <= right and (top, left) != (bottom, right):
            if len(self.merged) >= MAX_CELLS:
                raise Unreadable("工作簿中的表格过大，超出读取上限。")
            self.merged.append((top, left, bottom, right))


def hidden_note(title: str) -> str:
    """Return the note that a hidden worksheet was left out."""
    return f"工作表“{title[:40]}”是隐藏的，没有读取。"


def format_code(number: int, own: dict[int, str]) -> str:
    """Return the number format of an id: one of the file's `own`, or what stands for a built-in one."""
    dated = "yyyy年m月d日" if any(number in ids for ids in _DATE_IDS) else ""
    return own.get(number, dated or _BUILT_IN.get(number, ""))


def number_text(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return a number as its cell means it under a number format.

    The stored number is what counts, without the noise of binary fractions: 0.1 + 0.2 is "0.3". The words a
    format puts round a number are kept (`0"万元"`), percentages and dates are shown as such. Where the format
    shows another size than is stored (thousands, a point put in by hand), the text is no number: "?1276".
    """
    stored = Decimal(f"{value:.15g}")
    if code in _PLAIN_CODES:
        return _plain(stored)
    section, number = _section(code, stored)
    if _is_date(section):
        return _date_text(value, from_1904)
    words = _words(section)
    if words is None:
        return f"?{_plain(number)}"
    before, after = words
    if "%" in after:
        number *= 100
    return f"{before}{_plain(number)}{after}"


def _section(code: str, number: Decimal) -> tuple[str, Decimal]:
    """The part of a format that applies to the number, and the number as that part shows it."""
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;])+', code)
    if number < 0 and len(sections) > 1 and "[" not in code:
        return sections[1], -number if _has_sign(sections[1]) else number
    return (sections[0] if sections else ""), number


def _has_sign(section: str) -> bool:
    """Whether a format for negative numbers says by itself that they are: a sign, a word."""
    return any(sign in section for sign in "-减负")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _is_date(section: str) -> bool:
    letters = {match["plain"] for match in _TOKEN.finditer(_GENERAL.sub("0", section)) if match["plain"]}
    return bool(letters & _DATE_LETTERS) and not letters & _DIGITS


def _words(section: str) -> tuple[str, str] | None:
    """The words before and after the digits of a format; None if it shows another size than is stored."""
    before, after, inside = "", "", ""
    digits = False
    for match in _TOKEN.finditer(_GENERAL.sub("0", section)):
        plain = match["plain"] or ""
        literal = (
            match["quoted"] or match["escaped"] or (plain if plain in _SIGNS or plain >= "\u2e80" else "")
        )
        if plain in _DIGITS or (plain == "." and digits):
            if after.strip():
                return None
            digits, inside = True, plain
        elif plain == "," and digits:
            inside = ","
        elif literal:
            before, after = (before, after + literal) if digits else (before + literal, "")
        elif plain in _OTHER_SCALES:
            return None
    return None if inside == "," else (before.strip(), after.strip())


def _date_text(value: float, from_1904: bool) -> str:
    try:
        day = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        day += timedelta(days=int(value))
    except (OverflowError, ValueError):
        return f"?{value:.15g}"
    return f"{day.year}年{day.month}月{day.day}日"
