"""Brackets, quotation marks and book-title marks: each with its other half, none crossed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.drafts import Passage
from gongkai.proofing.norms import PUNCTUATION2011
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_MARK = re.compile(r"[（(《〈“‘【〔「『［）)》〉”’】〕」』］]")
_CLOSES = {
    "）": "（",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "】": "【",
    "〕": "〔",
    "」": "「",
    "』": "『",
    "］": "［",
}
_FULL_WIDTH = {"(": "（", ")": "）"}
_INNER = {"《": "〈", "“": "‘"}
_DEPTH = 12
_PARAGRAPHS = 3
_LIST_MARK = re.compile(r"[一二三四五六七八九十\d①-⑳a-zA-Z]$")


class _Open:
    """A mark waiting for its other half."""

    __slots__ = ("mark", "place")

    def __init__(self, mark: str, place: int) -> None:
        self.mark, self.place = mark, place


def _faults(text: str) -> tuple[list[int], list[int]]:
    """Return the places of marks without their other half, and of marks inside their own kind."""
    opened: list[_Open] = []
    waiting: dict[str, int] = {}
    lone: list[int] = []
    nested: list[int] = []
    for match in _MARK.finditer(text):
        mark, place = _FULL_WIDTH.get(match[0], match[0]), match.start()
        opener = _CLOSES.get(mark)
        if opener is None:
            if mark in _INNER and _innermost(opened, mark) == mark:
                nested.append(place)
            opened.append(_Open(mark, place))
            waiting[mark] = waiting.get(mark, 0) + 1
        elif not waiting.get(opener):
            if not _is_harmless(text, mark, place):
                lone.append(place)
        else:
            while opened[-1].mark != opener:
                waiting[opened[-1].mark] -= 1
                lone.append(opened.pop().place)
            waiting[opener] -= 1
            opened.pop()
    return sorted(lone + [each.place for each in opened]), nested


def _innermost(opened: list[_Open], mark: str) -> str:
    """Return the nearest open mark of the same sort as `mark`, double or single; empty if none is open."""
    sort = mark + _INNER[mark]
    return next((each.mark for each in reversed(opened[-_DEPTH:]) if each.mark in sort), "")


def _is_harmless(text: str, mark: str, place: int) -> bool:
    """Whether a closing mark is that of a list, such as 1), or an apostrophe."""
    before = text[max(0, place - 3) : place]
    return (mark == "）" and bool(_LIST_MARK.search(before))) or (mark == "’" and before[-1:].isascii())


def _paired_across(passages: tuple[Passage, ...], lone: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the lone marks that find their other half in one of the next paragraphs of the body."""
    opened: dict[str, tuple[int, int]] = {}
    paired: set[tuple[int, int]] = set()
    for i, place in lone:
        mark = _FULL_WIDTH.get(passages[i].text[place], passages[i].text[place])
        opener = _CLOSES.get(mark)
        if opener is None:
            opened[mark] = (i, place)
        elif opener in opened:
            start = opened.pop(opener)
            if start[0] and start[0] < i <= start[0] + _PARAGRAPHS:
                paired |= {start, (i, place)}
    return paired


def _continues(passages: tuple[Passage, ...], i: int, place: int) -> bool:
    """Whether a quotation left open goes on in the next paragraph, or began in the one before."""
    text = passages[i].text
    if text[place] == "“":
        return i + 1 < len(passages) and passages[i + 1].text.lstrip().startswith("“")
    if text[place] == "”":
        return i > 0 and not text[place + 1 :].strip("。；，") and "“" in passages[i - 1].text
    return False


@checks(
    "BR01",
    "括号引号不成对",
    "“{words}”没有与之成对的另一半或者与别的括号交叉，应当补正。",
    level=Level.BLOCK,
    source=PUNCTUATION2011.part("4.8引号、4.9括号、4.15书名号"),
)
def marks_are_paired(reading: Reading) -> Iterator[Hit]:
    """括号、引号、书名号成对使用，不交叉；引文分段的，每段开头用前引号；跨三段以内成对的不提示。"""
    passages = reading.draft.prose
    lone = [(i, place) for i, passage in enumerate(passages) for place in _faults(passage.text)[0]]
    across = _paired_across(passages, lone)
    for i, place in lone:
        if (i, place) not in across and not _continues(passages, i, place):
            yield at(passages[i], place, place + 1)


@checks(
    "BR02",
    "同种标号嵌套",
    "“{words}”里面再用同样的标号，请核对是否改用“{suggestion}”。",
    level=Level.WARN,
    source=PUNCTUATION2011.part("4.8引号、4.15书名号"),
)
def nested_marks_change_their_form(reading: Reading) -> Iterator[Hit]:
    """书名号里面再用书名号时，里面用〈〉；引号里面再用引号时，里面用单引号。"""
    for passage in reading.draft.prose:
        lone, nested = _faults(passage.text)
        if not lone:
            for place in nested:
                yield at(passage, place, place + 1, suggestion=_INNER[passage.text[place]])
