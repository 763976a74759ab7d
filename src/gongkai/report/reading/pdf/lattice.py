"""Tables from ruling lines: lines become cells, missing pieces of line become merged cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from gongkai.report.reading.pdf.glyphs import Line

_SNAP = 4.5
_GAP = 6.5
_TOUCH = 4.0
_MAX_CELLS = 20_000
_MAX_CROSSINGS = 2_000_000


@dataclass(slots=True)
class Lattice:
    """The bounds of rows and columns; for each elementary cell the top left cell of its merged area.

    `beside` has the (column, row) pairs with a line at the left of that cell.
    """

    ys: list[float]
    xs: list[float]
    origin: list[list[tuple[int, int]]]
    beside: set[tuple[int, int]]

    def locate(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the elementary cell holding a point, if one does."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return row, column
        return None


def find_lattices(across: list[Line], down: list[Line]) -> list[Lattice]:
    """Return the ruled tables of a page, from top to bottom.

    Double lines count as one, gaps of dashes are closed; a table may lack its outer lines.
    """
    across, down = _tidy(across), _tidy(down)
    if len(across) * len(down) > _MAX_CROSSINGS:
        return []
    lattices = [_lattice(*group) for group in _groups(across, down)]
    return sorted((lattice for lattice in lattices if lattice is not None), key=lambda lattice: lattice.ys[0])


def _tidy(lines: list[Line]) -> list[Line]:
    """Snap lines that lie close beside each other, then join pieces end to end."""
    tidy: list[Line] = []
    for cluster in _clusters(sorted(lines, key=lambda line: line.at)):
        at = sum(line.at for line in cluster) / len(cluster)
        current: Line | None = None
        for line in sorted(cluster, key=lambda line: line.start):
            if current is not None and line.start <= current.end + _GAP:
                current.end = max(current.end, line.end)
            else:
                current = Line(at, line.start, line.end)
                tidy.append(current)
    return [line for line in tidy if line.end - line.start > _TOUCH]


def _clusters(lines: list[Line]) -> list[list[Line]]:
    clusters: list[list[Line]] = []
    for line in lines:
        if clusters and line.at - clusters[-1][0].at <= _SNAP:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return clusters


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [line.at for line in across]
    for j, upright in enumerate(down):
        first = bisect_left(heights, upright.start - _TOUCH)
        for i in range(first, bisect_right(heights, upright.end + _TOUCH)):
            if across[i].start - _TOUCH <= upright.at <= across[i].end + _TOUCH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(across):
        groups[root(i)][0].append(line)
    for j, line in enumerate(down):
        groups[root(len(across) + j)][1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _lattice(across: list[Line], down: list[Line]) -> Lattice | None:
    ys = _boundaries([line.at for line in across], [y for line in down for y in (line.start, line.end)])
    xs = _boundaries([line.at for line in down], [x for line in across for x in (line.start, line.end)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > _MAX_CELLS:
        return None
    below = _walls(across, ys, xs)
    beside = _walls(down, xs, ys)
    origin = _merge(rows, columns, below, beside)
    if len({cell for row in origin for cell in row}) < 2:
        return None
    return Lattice(ys=ys, xs=xs, origin=origin, beside=beside)


def _boundaries(lines: list[float], ends: list[float]) -> list[float]:
    """Where lines lie, and where a table without outer lines begins and ends."""
    found = sorted(lines)
    for outer in (min(ends), max(ends)):
        if all(abs(outer - at) > 2 * _TOUCH for at in found):
            found.append(outer)
    found.sort()
    return [at for i, at in enumerate(found) if i == 0 or at - found[i - 1] > 0.01]


def _walls(lines: list[Line], positions: list[float], steps: list[float]) -> set[tuple[int, int]]:
    """(position, step) pairs at which a line runs along most of that step."""
    walls: set[tuple[int, int]] = set()
    for line in lines:
        at = bisect_left(positions, line.at - 0.01)
        for step in range(len(steps) - 1):
            covered = min(line.end, steps[step + 1]) - max(line.start, steps[step])
            if covered > 0.6 * (steps[step + 1] - steps[step]):
                walls.add((at, step))
    return walls


def _merge(
    rows: int, columns: int, below: set[tuple[int, int]], beside: set[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """Grow each area to the right, then down, as far as no line stands in the way."""
    origin: list[list[tuple[int, int] | None]] = [[None] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if origin[r][c] is not None:
                continue
            right = c + 1
            while right < columns and origin[r][right] is None and (right, r) not in beside:
                right += 1
            bottom = r + 1
            while bottom < rows and _is_open(bottom, c, right, origin, below, beside):
                bottom += 1
            for y in range(r, bottom):
                for x in range(c, right):
                    origin[y][x] = (r, c)
    return [[cell or (0, 0) for cell in row] for row in origin]


def _is_open(
    row: int,
    left: int,
    right: int,
    origin: list[list[tuple[int, int] | None]],
    below: set[tuple[int, int]],
    beside: set[tuple[int, int]],
) -> bool:
    """Whether the area above may take in this row: no line above it and none inside it."""
    return (
        not any((row, c) in below for c in range(left, right))
        and not any((c, row) in beside for c in range(left + 1, right))
        and all(origin[row][c] is None for c in range(left, right))
    )
