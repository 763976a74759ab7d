"""A number as a person types it or a spreadsheet holds it: exact, never rounded, blank is not zero."""

from __future__ import annotations

from decimal import Decimal

from gongkai.report.numerals import BLANK, Illegible, Unit, plain, read_cell

LARGEST = Decimal(10) ** 10
PLACES = 6


class Unclear(ValueError):
    """A text that is no such number; `str()` says why, in Chinese."""


def number_of(
    text: str, *, is_whole: bool, is_money: bool = False, factor: Decimal = Decimal(1)
) -> Decimal | None:
    """Return the number a text says, None for a blank.

    Full-width digits, thousands separators and a unit behind the number are understood.

    Args:
        text: as typed or found.
        is_whole: whether only whole numbers make sense.
        is_money: whether it is an amount in 万元; one that names another unit is converted.
        factor: what the number is multiplied by, where a heading says another unit.
    Raises:
        Unclear: no number, negative, too large, or with more decimals than are kept.
    """
    value = read_cell(text, Unit.TEN_K_YUAN if is_money else Unit.COUNT)
    if value is BLANK:
        return None
    has_digits = any(c.isdecimal() for c in plain(text))  # 五六件 may be 56, or five or six
    if isinstance(value, Illegible) or not isinstance(value, int | Decimal) or not has_digits:
        raise Unclear("不是一个数")
    number = Decimal(value) * factor
    if number < 0:
        raise Unclear("不能是负数")
    if number >= LARGEST:
        raise Unclear("数过大")
    if is_whole and number != number.to_integral_value():
        raise Unclear("应当是整数")
    if number != number.quantize(Decimal(1).scaleb(-PLACES)):
        raise Unclear(f"小数超过 {PLACES} 位")
    return number


def plain_text(number: Decimal | None) -> str:
    """Return a number as people write it, without trailing zeros; "" for None."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
