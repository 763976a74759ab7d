"""What the objects of a page draw: characters with their places and turns, and straight strokes."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.trees import local
from gongkai.report.reading.ofd.package import FARTHEST, child, children, numbers

MAX_OBJECTS = 60_000
MAX_SEGMENTS = 60_000
UNKNOWN = "\ufffd"
_DEPTH = 6
_THIN = 1.4
_WHITE = ([255.0, 255.0, 255.0], [1.0])
_WORD = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[A-Za-z]")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Point = tuple[float, float]
Segment = tuple[Point, Point]
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Sign:
    """A character: the start of its baseline, its width and height, and how it is turned, in radians
    clockwise; all in millimetres of the page, y growing downwards."""

    char: str
    x: float
    y: float
    width: float
    size: float
    angle: float


@dataclass(slots=True)
class Ink:
    """All that is drawn on a page; `pictures` is the area of the largest picture, in square millimetres;
    `whole` is false if some strokes were left out."""

    signs: list[Sign] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    pictures: float = 0.0
    whole: bool = True


def draw(blocks: list[Any], composites: dict[str, Any], room: int) -> Ink:
    """Return what the blocks of a page draw.

    Args:
        composites: contents of composite objects by their number.
        room: how many more characters the document may have.
    Raises:
        Unreadable: there are more characters.
    """
    ink = Ink()
    for item, matrix in _objects(blocks, composites):
        name = local(item)
        if name == "TextObject":
            ink.signs += _text(item, matrix)
            if len(ink.signs) > room:
                raise Unreadable("OFD 文字过多，超出读取上限。")
        elif name == "PathObject":
            ink.segments += islice(_strokes(item, matrix), MAX_SEGMENTS + 1 - len(ink.segments))
        elif name == "ImageObject":
            *_, width, height = [0.0, 0.0, *numbers(item.get("Boundary"))]
            ink.pictures = max(ink.pictures, width * height)
    ink.whole = len(ink.segments) <= MAX_SEGMENTS
    return ink


def _objects(blocks: list[Any], composites: dict[str, Any]) -> Iterator[tuple[Any, Matrix]]:
    """Every visible object, through blocks and composite objects, with the matrix from it to the page."""
    stack: list[tuple[Any, Matrix, int]] = [(block, PLAIN, 0) for block in reversed(blocks)]
    budget = MAX_OBJECTS
    while stack and budget > 0:
        budget -= 1
        item, matrix, depth = stack.pop()
        name = local(item)
        if name in ("Layer", "PageBlock", "Content"):
            stack += [(each, matrix, depth) for each in reversed(item)]
        elif name.endswith("Object") and item.get("Visible") != "false" and item.get("Alpha") != "0":
            own = _joined(_matrix(item), matrix)
            inner = composites.get(item.get("ResourceID", "")) if name == "CompositeObject" else None
            if inner is not None and depth < _DEPTH:
                stack.append((inner, own, depth + 1))
            else:
                yield item, own


def _matrix(item: Any) -> Matrix:
    """From an object's own space to what holds it: its transformation, then the corner of its boundary."""
    given = numbers(item.get("CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else PLAIN
    left, top, *_ = [*numbers(item.get("Boundary")), 0.0, 0.0]
    return a, b, c, d, e + left, f + top


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, *_ = outer
    return (
        a * inner[0] + c * inner[1],
        b * inner[0] + d * inner[1],
        a * inner[2] + c * inner[3],
        b * inner[2] + d * inner[3],
        *_applied(outer, inner[4], inner[5]),
    )


def _applied(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _text(item: Any, matrix: Matrix) -> Iterator[Sign]:
    if item.get("Fill") == "false" and item.get("Stroke") != "true":
        return
    size = _number(item.get("Size"), 0.0)
    stretch = _number(item.get("HScale"), 1.0)
    a, b, c, d, _, _ = matrix
    across, high = math.hypot(a, b) * size * stretch, math.hypot(c, d) * size
    if size <= 0 or across <= 0 or high <= 0:
        return
    angle = math.atan2(b, a) + math.radians(_number(item.get("CharDirection"), 0.0))
    reading = math.radians(_number(item.get("ReadDirection"), 0.0))
    x = y = 0.0
    for code in children(item, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        for char, dx, dy, step in _placed(code, size * stretch, reading):
            px, py = _applied(matrix, x + dx, y + dy)
            wide = _width(char) * across
            if step > 0:
                wide = min(step * math.hypot(a, b), across)
            yield Sign(char=_known(char), x=px, y=py, width=wide, size=high, angle=angle)


def _number(text: str | None, default: float) -> float:
    found = numbers(text)
    return found[0] if found else default


def _placed(code: Any, size: float, reading: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a text code with its offset from the first and the step across to the next.

    A character without a step of its own is followed by the next at its own width.
    """
    text = code.text or ""
    text = text.strip() if "\n" in text else text
    across, down = (_steps(code.get(name), len(text) - 1) for name in ("DeltaX", "DeltaY"))
    dx = dy = 0.0
    for i, char in enumerate(text):
        if i < max(len(across), len(down)):
            x, y = (steps[i] if i < len(steps) else 0.0 for steps in (across, down))
        else:
            advance = _width(char) * size
            x, y = advance * math.cos(reading), advance * math.sin(reading)
        if not char.isspace() and unicodedata.category(char) != "Cf":
            yield char, dx, dy, x if i < len(across) else 0.0
        dx, dy = dx + x, dy + y


def _steps(text: str | None, most: int) -> list[float]:
    """The steps of a list in which `g 3 2.1` says three times 2.1; at most `most` of them."""
    words = (text or "").replace(",", " ").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at].lower() == "g":
            repeated = numbers(" ".join(words[at + 1 : at + 3]))
            if len(repeated) < 2:
                break
            found += [repeated[1]] * max(min(int(repeated[0]), most - len(found)), 0)
            at += 3
        else:
            single = numbers(words[at])
            if not single:
                break
            found += single
            at += 1
    return found


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def _known(char: str) -> str:
    """The character, or `UNKNOWN` for one of private use: what it looks like only its font knows."""
    return UNKNOWN if unicodedata.category(char) in ("Co", "Cc", "Cs") else char


def _strokes(item: Any, matrix: Matrix) -> Iterator[Segment]:
    """The straight pieces of a stroked path; of one only filled, the middle line if it is thin as a line."""
    data = child(item, "AbbreviatedData")
    stroke = item.get("Stroke") != "false" and not _is_white(item, "StrokeColor")
    fill = item.get("Fill") == "true" and not _is_white(item, "FillColor")
    if data is None or not (stroke or fill):
        return
    for edges in _subpaths(data.text or ""):
        drawn = [(_applied(matrix, *start), _applied(matrix, *end), flat) for start, end, flat in edges]
        if stroke:
            yield from ((start, end) for start, end, flat in drawn if flat)
        elif (line := _middle([point for edge in drawn for point in edge[:2]])) is not None:
            yield line


def _is_white(item: Any, name: str) -> bool:
    colour = child(item, name)
    return colour is not None and numbers(colour.get("Value")) in _WHITE


def _middle(points: list[Point]) -> Segment | None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if y1 - y0 <= _THIN and x1 - x0 > y1 - y0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    if x1 - x0 <= _THIN:
        return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
    return None


def _subpaths(text: str) -> Iterator[list[tuple[Point, Point, bool]]]:
    """The pieces of each part of a path as start, end, and whether it is straight."""
    edges: list[tuple[Point, Point, bool]] = []
    start = here = (0.0, 0.0)
    for command, values in _commands(text):
        if command in "SM":
            if edges:
                yield edges
            edges, start = [], (values[0], values[1])
            here = start
            continue
        end = start if command == "C" else (values[-2], values[-1])
        edges.append((here, end, command in "LC"))
        here = end
    if edges:
        yield edges


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of a path with as many numbers as each takes; repeated numbers repeat the command."""
    command, values = "", list[float]()
    for word in _WORD.finditer(text):
        if word[0].isalpha():
            command, values = word[0].upper(), []
            if command not in _ARGUMENTS:
                return
        else:
            value = float(word[0])
            values.append(value if -FARTHEST < value < FARTHEST else 0.0)
        if command and len(values) == _ARGUMENTS[command]:
            yield command, values
            command, values = ("L" if command in "SM" else command), []
            if command == "C":
                command = ""
