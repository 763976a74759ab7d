"""What stands in a place on a page: recognised twice, by different means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from gongkai.report.numerals import plain
from gongkai.report.reading.scan.bowls import has_bowls
from gongkai.report.reading.scan.digits import likeliest, signs
from gongkai.report.reading.scan.evidence import Candidate, Look
from gongkai.report.reading.scan.ink import INK, Stretch
from gongkai.report.reading.scan.recogniser import Line, recognise
from gongkai.report.reading.scan.straight import Gray

_SURE_AS_SCANNED = 0.7
_SURE_IN_BLACK = 0.8
_POSSIBLE = 1e-4
_MOST = 5
_UPRIGHT = 0.12


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lines of one place say together, and whether that is sure as a number."""

    look: Look
    lines: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    shaped: bool = False


def read_places(gray: Gray, places: Sequence[Sequence[Stretch] | None]) -> list[Reading]:
    """Return what stands in each place, given by its lines of writing as `ink.written` finds them.

    Every line is recognised as scanned; what may be a number is recognised a second time in pure black and
    white, drawn larger, with more paper round it. Only where the plain reading and the likeliest number of
    both are the same text, and probable, is it sure.
    """
    stretches = [line for lines in places for line in lines or ()]
    found = iter(recognise([_as_scanned(gray, line) for line in stretches]))
    lines = [[next(found) for _ in each or ()] for each in places]
    numeric = [i for i, each in enumerate(lines) if len(each) == 1 and _may_be_number(each[0])]
    black = {i: _in_black(gray, (places[i] or [])[0]) for i in numeric}
    second = dict(zip(numeric, recognise(list(black.values())), strict=True))
    readings = [_reading(places[i], lines[i], second.get(i)) for i in range(len(places))]
    for i in numeric:
        readings[i] = replace(readings[i], shaped=has_bowls(black[i], "".join(readings[i].lines)))
        if readings[i].lines == ("1",) and _slant(gray, (places[i] or [])[0]) > _UPRIGHT:
            readings[i] = Reading(Look.UNSURE, ("/",), (("/", 0.5), *readings[i].candidates))
    return readings


def _slant(gray: Gray, line: Stretch) -> float:
    """How far the head of a mark stands to the right of its foot, in heights: a stroke (/) is no 1."""
    ink = gray[line.top : line.bottom, line.left : line.right] < INK
    quarter = max(line.height // 4, 1)
    columns = np.arange(line.width)
    head, foot = (
        float((part.sum(axis=0) * columns).sum() / max(part.sum(), 1))
        for part in (ink[:quarter], ink[-quarter:])
    )
    return (head - foot) / line.height


def _reading(place: Sequence[Stretch] | None, lines: Sequence[Line], black: Line | None) -> Reading:
    if place is not None and not place:
        return Reading(Look.BLANK)
    texts = tuple(line.text for line in lines)
    if black is None:
        return Reading(Look.UNSURE, texts, (("".join(texts), 0.0),) if len(texts) > 1 else ())
    scanned, other = likeliest(lines[0].odds), likeliest(black.odds)
    (text, share), (text_again, share_again) = scanned[0], other[0]
    agree = text == text_again == signs(lines[0].text) and text != ""
    sure = agree and share >= _SURE_AS_SCANNED and share_again >= _SURE_IN_BLACK
    candidates = _candidates(dict(scanned), dict(other))
    shown = (text,) if agree or not lines[0].text else texts
    return Reading(Look.SURE if sure else Look.UNSURE, shown, candidates)


def _candidates(one: dict[str, float], other: dict[str, float]) -> tuple[Candidate, ...]:
    likely = [text for text in one.keys() | other.keys() if text]
    likely.sort(key=lambda text: (-(one.get(text, 0) + other.get(text, 0)), text))
    shares = [(text, max(one.get(text, 0.0), other.get(text, 0.0))) for text in likely[:_MOST]]
    return tuple((text, share) for text, share in shares if share >= _POSSIBLE)


def _may_be_number(line: Line) -> bool:
    """Few characters and hardly any Chinese among them, or too uncertain to say."""
    text = plain(line.text)
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return len(text) <= 16 and (chinese <= min(1, len(text) - chinese) or line.confidence < 0.5)


def _as_scanned(gray: Gray, line: Stretch) -> Gray:
    return _cut(gray, line, max(4, line.height // 4), max(3, line.height // 8))


def _in_black(gray: Gray, line: Stretch) -> Gray:
    part = _cut(gray, line, max(4, line.height // 2), max(3, line.height // 3))
    large = cv2.GaussianBlur(cv2.resize(part, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), (0, 0), 1.2)
    return np.asarray(cv2.threshold(large, 0, 255, cv2.THRESH_OTSU)[1], dtype=np.uint8)


def _cut(gray: Gray, line: Stretch, beside: int, above: int) -> Gray:
    """The line with some paper round it, which the picture gives or else is added."""
    padded = cv2.copyMakeBorder(
        gray[line.top : line.bottom, line.left : line.right],
        above,
        above,
        beside,
        beside,
        cv2.BORDER_CONSTANT,
        value=250,
    )
    return np.asarray(padded, dtype=np.uint8)
