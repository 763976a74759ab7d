"""What a county collects each January: sixty files of as many bodies in five formats, three of them wrong.

The truth comes with it: the sum of the right ones, counted here without the code it is to test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from gongkai.report.cells import Cell
from gongkai.report.numerals import BLANK, Number
from gongkai.report.schema import CellId, Report, edition_of, form
from gongkai.samples.bodies import COUNTY
from gongkai.samples.making import make_report
from gongkai.samples.rendering import Rendered, render
from gongkai.samples.variations import KEEPING

LAYOUTS = ("docx_merged", "html_portal", "pdf_ruled", "sheet_whole", "text_tabbed")
AGENCY = f"{COUNTY}人民政府"
SIZE, FAULTS = 60, 3
ONE_TOO_MANY = CellId(3, "new", "natural_person")

_OFFICES = (
    *(
        "发展和改革局",
        "教育局",
        "科学技术局",
        "工业和信息化局",
        "民族宗教事务局",
        "公安局",
        "民政局",
        "司法局",
    ),
    *(
        "财政局",
        "人力资源和社会保障局",
        "自然资源局",
        "生态环境局",
        "住房和城乡建设局",
        "交通运输局",
        "水务局",
    ),
    *(
        "农业农村局",
        "商务局",
        "文化和旅游局",
        "卫生健康局",
        "退役军人事务局",
        "应急管理局",
        "审计局",
        "统计局",
    ),
    *("市场监督管理局", "体育局", "林业局", "医疗保障局", "信访局", "城市管理局", "行政审批服务局", "粮食局"),
    *("乡村振兴局", "机关事务管理局", "税务局", "气象局", "档案局", "地方金融监督管理局", "供销合作社"),
)
_TOWNS = ("栖桐", "望帆", "临溪", "青禾", "石泉", "云岭", "白渡", "松阳坪", "柳湾", "竹溪", "桃源里", "沙洲")
_STREETS = ("映荷", "朝晖", "东关", "南桥", "北苑", "西园", "城南", "新河", "滨江", "长乐")


class Fault(StrEnum):
    """What may be wrong with a file of a collection."""

    TWICE = "twice"
    LAST_YEAR = "last_year"
    OWN = "own"
    BLANK = "blank"


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A fault of a collection: what, in which files, and whose report it is."""

    fault: Fault
    agency: str
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """The files, who was to send one, the true sum of what may be added, and what was planted.

    `wanting` are the cells of which the true sum cannot be told.
    """

    agency: str
    year: int
    expected: tuple[str, ...]
    files: tuple[Rendered, ...]
    sums: Mapping[CellId, Number]
    wanting: frozenset[CellId]
    faults: tuple[Planted, ...]


def bodies_of_county() -> tuple[str, ...]:
    """Return the names of the county's sixty bodies."""
    offices = (f"{COUNTY}{name}" for name in _OFFICES)
    towns = (f"{COUNTY}{name}镇人民政府" for name in _TOWNS)
    streets = (f"{COUNTY}{name}街道办事处" for name in _STREETS)
    return (*offices, *towns, *streets)[:SIZE]


def make_collection(seed: int, year: int = 2024) -> Collection:
    """Return sixty files of a county's bodies; the same seed gives the same bytes."""
    rng = Random(f"collection/{seed}/{year}")
    pile = _Pile(seed=seed, year=year)
    faults = rng.sample(list(Fault), FAULTS)
    # What is sent twice, or by the county itself, is one file more: so many bodies are not there.
    extra = sum(fault in (Fault.TWICE, Fault.OWN) for fault in faults)
    absent = rng.sample(bodies_of_county(), extra)
    expected = [name for name in bodies_of_county() if name not in absent]
    planted = [fault for fault in faults if fault is not Fault.OWN]
    wrong = dict(zip(rng.sample(expected, len(planted)), planted, strict=True))
    for name in expected:
        _PLANT[wrong[name]](pile, name) if name in wrong else pile.send(name)
    if Fault.OWN in faults:
        _own(pile)
    return Collection(
        agency=AGENCY,
        year=year,
        expected=tuple(expected),
        files=tuple(pile.files),
        sums={cell: total for cell, total in pile.sums.items() if cell not in pile.wanting},
        wanting=frozenset(pile.wanting),
        faults=tuple(pile.faults),
    )


class _Pile:
    """The files on the desk, and what they come to."""

    def __init__(self, *, seed: int, year: int) -> None:
        self.seed, self.year = seed, year
        self.files: list[Rendered] = []
        self.faults: list[Planted] = []
        self.wanting: set[CellId] = set()
        self.sums: dict[CellId, Number] = dict.fromkeys(form(edition_of(year)).cells(), 0)

    def report(self, agency: str, year: int | None = None) -> Report:
        return make_report(self.seed, agency, year or self.year)

    def put(self, report: Report) -> str:
        """Add a file in the next of the five formats, and return its name."""
        number = len(self.files)
        layout = LAYOUTS[number % len(LAYOUTS)]
        drawn = render(report, layout, self.seed + number, variations=KEEPING)
        name = f"{number + 1:02d}-{report.agency}{'.' + drawn.name.rpartition('.')[2]}"
        self.files.append(replace(drawn, name=name))
        return name

    def add(self, report: Report) -> None:
        for cell in self.sums:
            self.sums[cell] += report.number(cell) or 0

    def send(self, agency: str) -> None:
        report = self.report(agency)
        self.put(report)
        self.add(report)

    def plant(self, fault: Fault, agency: str, *files: str) -> None:
        self.faults.append(Planted(fault=fault, agency=agency, files=files))


def _twice(pile: _Pile, agency: str) -> None:
    """The body sends a second file in which one request more came, and was answered."""
    first = pile.report(agency)
    more = {
        CellId(3, row, column): Cell((first.number(CellId(3, row, column)) or 0) + 1)
        for row in ("new", "granted", "total_done")
        for column in ("natural_person", "total")
    }
    second = replace(first, cells=dict(first.cells) | more)
    pile.plant(Fault.TWICE, agency, pile.put(first), pile.put(second))


def _last_year(pile: _Pile, agency: str) -> None:
    pile.plant(Fault.LAST_YEAR, agency, pile.put(pile.report(agency, pile.year - 1)))


def _own(pile: _Pile) -> None:
    """The county's own report lies among the others: their sum, but for one request too many."""
    report = pile.report(AGENCY)
    told = {cell: Cell(total) for cell, total in pile.sums.items()}
    told[ONE_TOO_MANY] = Cell(pile.sums[ONE_TOO_MANY] + 1)
    pile.plant(Fault.OWN, AGENCY, pile.put(replace(report, cells=told)))


def _blank(pile: _Pile, agency: str) -> None:
    """The body leaves two of Table 2's cells empty."""
    report = pile.report(agency)
    cells = [cell for cell in pile.sums if cell.table == 2][-2:]
    pile.put(replace(report, cells=dict(report.cells) | dict.fromkeys(cells, Cell(BLANK))))
    pile.add(report)
    pile.wanting |= set(cells)
    pile.plant(Fault.BLANK, agency, pile.files[-1].name)


_PLANT: Mapping[Fault, Callable[[_Pile, str], None]] = {
    Fault.TWICE: _twice,
    Fault.LAST_YEAR: _last_year,
    Fault.BLANK: _blank,
}
