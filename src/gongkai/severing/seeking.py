"""Finding words in a file and marking the places where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from gongkai.severing.errors import NotSeverable
from gongkai.severing.marks import MAX_MARKS, Mark, by_page
from gongkai.severing.opened import USUAL, Box, Document, Letter, Limits, opened

Seek = Callable[[str], Iterable[tuple[int, int, str]]]
"""From a text, the stretches of it that want marking: first place, place after the last, reason."""

_Why = TypeVar("_Why")
_MARGIN = 1.0  # points left round found words: what is drawn may reach over a letter's box
_GAP = 2.0  # heights of a letter between two of them that still are one stretch
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_CONTROLS = re.compile(r"[\r\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_ENDS = re.compile(r"[\x00-\x1f\u2028\u2029]")


def find(
    pdf: bytes, text: str, *, reason: str = "", ground: str = "", limits: Limits = USUAL
) -> tuple[Mark, ...]:
    """Return marks around every occurrence of a text, wherever spaces, line and page ends fall in it.

    Full-width and half-width forms, capital and small letters are the same.

    Raises:
        NotSeverable: the file is damaged, encrypted or beyond the limits, or there are too many places.
        ValueError: the text is empty.
    """
    wanted = folded(text)
    if not wanted:
        raise ValueError("要查找的文字不能为空")
    with opened(pdf, limits) as document:
        letters = letters_of(document)
        spans = ((*span, reason) for span in Woven(letters).spans(wanted))
        return marks_around(document, letters, spans, ground)


def locate(pdf: bytes, seek: Seek, *, ground: str = "", limits: Limits = USUAL) -> tuple[Mark, ...]:
    """Return marks around what `seek` finds in a file's text, such as personal data.

    `seek` is asked twice: of the text in its lines, and of the same without line ends, for a number may be
    broken over two lines.

    Raises:
        NotSeverable: as `find`.
    """
    with opened(pdf, limits) as document:
        letters = letters_of(document)
        spans = _widest([span for kept in _readings(letters) for span in _sought(letters, kept, seek)])
        return marks_around(document, letters, spans, ground)


def folded(text: str) -> str:
    """Return a text as it is compared: compatibility forms made plain, small letters, nothing invisible."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold())


class Woven:
    """Letters as one folded text, to look words up in wherever spaces and line ends fall."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        pieces = [folded(letter.character) for letter in letters]
        self._whole = "".join(pieces)
        self._places = [place for place, piece in enumerate(pieces) for _ in piece]

    def spans(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Yield where a folded text stands among the letters: first place, place after the last."""
        at = self._whole.find(wanted)
        while at >= 0:
            yield self._places[at], self._places[at + len(wanted) - 1] + 1
            at = self._whole.find(wanted, at + len(wanted))


def letters_of(document: Document) -> list[Letter]:
    """Return the letters of all pages, a line end after each page."""
    letters: list[Letter] = []
    for page in range(1, len(document) + 1):
        letters += document.letters(page)
        letters.append(Letter("\n", page, None))
    return letters


def marked_words(letters: Sequence[Letter], marks: Iterable[Mark]) -> Iterator[tuple[Mark, str]]:
    """Yield the folded words that stand in each mark, those of one letter left out."""
    marked = by_page(marks)
    inside: dict[Mark, list[str]] = {}
    for letter in letters:
        for mark in marked.get(letter.page, ()):
            if is_inside(letter, mark):
                inside.setdefault(mark, []).append(folded(letter.character))
    for mark, pieces in inside.items():
        if len(word := "".join(pieces)) > 1:
            yield mark, word


def is_inside(letter: Letter, mark: Mark) -> bool:
    """Whether the middle of a letter is within a mark."""
    if letter.box is None or letter.page != mark.page:
        return False
    x, y = ((letter.box[i] + letter.box[i + 2]) / 2 for i in (0, 1))
    return mark.x0 <= x <= mark.x1 and mark.y0 <= y <= mark.y1


def unmarked(document: Document, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return marks where words that are marked in one place stand in another and are not."""
    letters = letters_of(document)
    woven, spans = Woven(letters), dict[tuple[int, int], Mark]()
    for mark, word in marked_words(letters, marks):
        for span in woven.spans(word):
            spans.setdefault(span, mark)
    marked = by_page(marks)
    loose = [
        (*span, mark)
        for span, mark in spans.items()
        if not all(
            letter.box is None or any(is_inside(letter, other) for other in marked.get(letter.page, ()))
            for letter in letters[slice(*span)]
        )
    ]
    left = [
        marks_around(document, letters, [(start, end, mark.reason)], mark.ground)
        for start, end, mark in _widest(loose)
    ]
    return tuple(mark for marks in left for mark in marks)


def _readings(letters: Sequence[Letter]) -> Iterator[list[int]]:
    """Yield the places of the letters that make a text: in lines; all in one line."""
    for invisible in (_CONTROLS, _LINE_ENDS):
        yield [place for place, letter in enumerate(letters) if not invisible.fullmatch(letter.character)]


def _sought(letters: Sequence[Letter], kept: Sequence[int], seek: Seek) -> Iterator[tuple[int, int, str]]:
    for start, end, reason in seek("".join(letters[place].character for place in kept)):
        if start < end:
            yield kept[start], kept[end - 1] + 1, reason


def _widest(spans: Iterable[tuple[int, int, _Why]]) -> Iterator[tuple[int, int, _Why]]:
    """Yield the spans that lie in no other."""
    reached = 0
    for start, end, why in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached:
            yield start, end, why
            reached = end


def marks_around(
    document: Document, letters: Sequence[Letter], spans: Iterable[tuple[int, int, str]], ground: str
) -> tuple[Mark, ...]:
    """Return marks around stretches of letters, each with its reason, as far as they lie on a page."""
    marks: list[Mark] = []
    sizes: dict[int, tuple[float, float]] = {}
    for start, end, reason in spans:
        for page, box in stretches(letters[start:end]):
            if page not in sizes:
                sizes[page] = document.size(page)
            seen = _within(box, sizes[page])
            if seen:
                x0, y0, x1, y1 = seen
                marks.append(Mark(page=page, x0=x0, y0=y0, x1=x1, y1=y1, reason=reason, ground=ground))
        if len(marks) > MAX_MARKS:
            raise NotSeverable(f"找到的地方超过 {MAX_MARKS} 处，请换用更长的文字查找。")
    return tuple(marks)


def stretches(letters: Sequence[Letter]) -> Iterator[tuple[int, Box]]:
    """Yield page and box of each stretch of letters that stand beside or below one another."""
    last: Letter | None = None
    whole: Box | None = None
    for letter in letters:
        if letter.box is None or _INVISIBLE.fullmatch(letter.character):
            continue
        if whole and last and last.box and last.page == letter.page and _follows(last.box, letter.box):
            whole = _around(whole, letter.box)
        else:
            if whole and last:
                yield last.page, whole
            whole = letter.box
        last = letter
    if whole and last:
        yield last.page, whole


def _follows(one: Box, other: Box) -> bool:
    """Whether a letter stands next to another on the same line, written across or down."""
    width, height = (
        (max(b[2] - b[0], 0.1) for b in (one, other)),
        (max(b[3] - b[1], 0.1) for b in (one, other)),
    )
    most = max(*width, *height)
    apart = [max(one[i], other[i]) - min(one[i + 2], other[i + 2]) for i in (0, 1)]
    shifts = [abs(one[i] + one[i + 2] - other[i] - other[i + 2]) / 2 for i in (0, 1)]
    return any(apart[i] < _GAP * most and shifts[1 - i] < most / 2 for i in (0, 1))


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _within(box: Box, size: tuple[float, float]) -> Box | None:
    """Return the part of a box and its margin that lies on the page; None if none does."""
    x0, y0 = (round(max(box[i] - _MARGIN, 0.0), 2) for i in (0, 1))
    x1, y1 = (round(min(box[i + 2] + _MARGIN, size[i]), 2) for i in (0, 1))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
