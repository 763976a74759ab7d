"""Changes such as one report shows against another: a digit, a word of the form, lines moved or lost."""

from __future__ import annotations

from random import Random

_LABELS = "一、本年新收政府信息公开申请数量 二、上年结转 （一）予以公开 （七）总计 四、结转下年度继续办理"
_HEADS = (
    "行政许可 行政规范性文件 总体情况 主动公开 行政复议 自然人 总计 （一） 1. 2023年 政府信息公开工作年度报告"
)
_MARKS = "0 12 — / | <td> </td> <tr> <table> colspan= １２ ， 。 999999999999 NaN &#0; ]]>"
_WORDS = (*f"{_LABELS} {_HEADS} {_MARKS}".split(), " ", "\t", "\n", "\f", "\u3000", "\0")


def changed(data: bytes, dice: Random) -> bytes:
    """Return a file with one to four such changes; never an empty one."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice((_digit, _word, _lines, _lines, _slice))(data, dice) or b"0"
    return data


def _digit(data: bytes, dice: Random) -> bytes:
    places = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = dice.choice(places)
    return data[:at] + str(dice.choice((0, 1, 9, 10**9, dice.randrange(10)))).encode() + data[at + 1 :]


def _word(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(_WORDS).encode() * dice.choice((1, 1, 1, 50)) + data[at:]


def _lines(data: bytes, dice: Random) -> bytes:
    lines = data.split(dice.choice((b"\n", b">", b"\t", b" ", b",")))
    between = data[len(lines[0]) : len(lines[0]) + 1]
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    action = dice.randrange(3)
    if action == 0:
        lines[a], lines[b] = lines[b], lines[a]
    elif action == 1:
        lines[a:a] = lines[b : b + dice.randint(1, 5)]
    else:
        del lines[a : a + dice.randint(1, 3)]
    return between.join(lines)


def _slice(data: bytes, dice: Random) -> bytes:
    a, b = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    return data[:a] + data[a:b][:2000] * dice.choice((0, 2, 3)) + data[b:]
