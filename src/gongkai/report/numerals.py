"""What a table cell's text says: a number, a blank, or something that cannot be read.

The only place that decides blank against zero. A blank is never zero.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache

Number = int | Decimal


class Unit(StrEnum):
    """What a cell counts in."""

    COUNT = "件"
    TEN_K_YUAN = "万元"
    YUAN = "元"


class Blank(Enum):
    """The one blank value: nothing, a dash or a slash stands where a number should."""

    BLANK = "blank"

    def __repr__(self) -> str:
        return "BLANK"


BLANK = Blank.BLANK


@dataclass(frozen=True, slots=True)
class Illegible:
    """A cell that holds something no reading proves; `candidates` are the readings left open."""

    raw: str
    candidates: tuple[Number, ...] = ()


Value = int | Decimal | Blank | Illegible


def number_in(value: Value) -> Number | None:
    """Return the number a value is, or None where it is blank or illegible."""
    return None if isinstance(value, Blank | Illegible) else value


MAX_LENGTH = 200
MAX_DIGITS = 15
_BEYOND: int = 10**MAX_DIGITS
_BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "\\N", "―", "─"})
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_WHOLE = re.compile(
    r"(?P<sign>[增减+-]?)\(?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\)?"
    r"(?P<unit>亿元|万元|元|件|条|个|项|宗|份|%)?(?P<gloss>\([^()]*\))?"
)
_UP_AND_DOWN = re.compile(r"[增+]\(?(\d+)\)?[,、;/]?[减-]\(?(\d+)\)?")


_YUAN: Mapping[str, int] = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_FOOTNOTE = re.compile(r"(?<=[\d件元/—–―-])[\u00b9\u00b2\u00b3\u2070-\u2079①-⑳*]+$")


def plain(text: str) -> str:
    """Return `text` with full-width forms folded (NFKC), all white space and zero-width marks removed."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    return "".join(c for c in folded if not c.isspace() and c not in "\u200b\u200c\u200d\ufeff\u00ad")


def number(text: str) -> Number:
    """Return the plain decimal numeral `text`, thousands separators allowed, as int or Decimal."""
    digits = text.replace(",", "")
    return Decimal(digits) if "." in digits else int(digits)


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral (三百六十八, 二〇二四, 两万), or None if it is none."""
    if not text:
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    if "亿" in text or "万" in text:
        mark = "亿" if "亿" in text else "万"
        high, _, low = text.partition(mark)
        top, rest = chinese_number(high), (chinese_number(low.lstrip("零")) if low else 0)
        if top is None or rest is None:
            return None
        return top * (10**8 if mark == "亿" else 10**4) + rest
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, scale_left = 0, None, 10_000
    for c in text:
        if c in _SCALE and _SCALE[c] < scale_left:
            scale_left = _SCALE[c]
            total += (1 if digit is None else digit) * scale_left
            digit = None
        elif c in _DIGIT and digit in (None, 0):
            digit = _DIGIT[c]
        else:
            return None
    return total + (digit or 0)


def is_exact(number: Number) -> bool:
    """Whether a number keeps every digit in spreadsheets, JSON and data frames: `MAX_DIGITS` at most."""
    if isinstance(number, int):
        return abs(number) < _BEYOND
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and max(len(digits) + max(exponent, 0), -exponent) <= MAX_DIGITS


def read_cell(text: str, unit: Unit = Unit.COUNT) -> Value:
    """Return what a cell's text says; a number of more digits than are kept everywhere is illegible.

    Args:
        text: the cell as found, any width of digits, any white space.
        unit: what the form says the cell counts in; amounts that name another money unit are converted.
    """
    if len(text) > MAX_LENGTH:
        return Illegible(text[:MAX_LENGTH])
    return _read(text, unit)


@lru_cache(maxsize=2048)
def _read(text: str, unit: Unit) -> Value:
    """Return what a text of bounded length says: a report says the same few things over and over."""
    value = _said(text, unit)
    if isinstance(value, Illegible):
        return Illegible(value.raw, tuple(filter(is_exact, value.candidates)))
    return value if isinstance(value, Blank) or is_exact(value) else Illegible(text)


def _said(text: str, unit: Unit) -> Value:
    folded = plain(_FOOTNOTE.sub("", text.strip()))
    if folded in _BLANK_MARKS:
        return BLANK
    if both := _UP_AND_DOWN.fullmatch(folded):
        up, down = int(both[1]), int(both[2])
        return up - down if 0 in (up, down) else Illegible(text, (up - down,))
    if whole := _WHOLE.fullmatch(folded):
        return _stated(whole, unit, text)
    chinese = chinese_number(folded.rstrip("件条个项"))
    if chinese is not None and folded != "一":  # a lone 一 may as well be a dash
        return chinese
    if folded.startswith("#"):
        return Illegible(text)  # a spreadsheet's error: the 0 of #DIV/0! is no number
    return Illegible(text, tuple(dict.fromkeys(number(n) for n in _NUMBER.findall(folded))))


def _stated(match: re.Match[str], unit: Unit, text: str) -> Value:
    if re.match(r"0\d", match["number"]):
        return Illegible(text, (number(match["number"]),))
    value = number(match["number"])
    stated = match["unit"]
    if stated == "%":
        return Illegible(text, (value,))
    if stated in _YUAN and unit != stated:
        if unit is Unit.COUNT:
            return Illegible(text, (value,))
        value = _tidy(Decimal(value) * _YUAN[stated] / _YUAN[unit])
    return -value if match["sign"] in ("减", "-") else value


def _tidy(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()
