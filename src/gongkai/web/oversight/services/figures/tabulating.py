"""Find months and items in a grid of texts, whichever of them run down and in whatever order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.report.numerals import chinese_number, plain
from gongkai.web.oversight.services.figures.monthly import ITEMS, Item, Place
from gongkai.web.oversight.services.figures.numbers import Unclear, number_of, plain_text

Rows = Sequence[Sequence[str]]
_MONTH = re.compile(
    r"(?:(?P<year>20\d\d)年?[-./年]?)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|\d+日)?"
)
_DATED = re.compile(r"(?P<year>20\d\d)[-./](?P<month>1[0-2]|0?[1-9])(?:[-./]0?1)?")
_YEAR = re.compile(r"(20\d\d)年")
_TOTAL = re.compile(r"(?:本年|全年|年度)?(?:合计|总计|小计|累计|全年|总数)(?:数|数量)?")
_WORDS: Mapping[str, str] = {
    "许可": "permits",
    "处罚": "penalties",
    "强制": "coercion",
    "收费": "fees_10k_yuan",
}
_DECIDED = re.compile(r"决定|办结|收费金额|实收")
_OTHER_TIME = re.compile(r"累计|上年|去年|同期|同比|环比|增减|增幅")
_OTHER_COUNT = re.compile(r"受理|申请|立案|项目")
_YUAN_TO_10K: Mapping[str, Decimal] = {
    "万元": Decimal(1), "千元": Decimal("0.1"), "百元": Decimal("0.01"), "元": Decimal("0.0001"),
    "亿元": Decimal(10_000),
}  # fmt: skip
_UNIT = re.compile(r"亿元|万元|千元|百元|元")


@dataclass(kw_only=True)
class Tabulated:
    """What a grid says: values by item and month, blanks left out; Chinese sentences on the rest.

    `unclear` names cells that could not be read, `doubts` what does not fit together.
    """

    values: dict[Place, Decimal | None] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def tabulate(rows: Rows, year: int, months: range) -> Tabulated | None:
    """Return what a grid says of the months of a year; None where it holds no months and items.

    Args:
        rows: the grid, every row as long as the others.
        year: the year wanted; months the grid gives to another are passed over.
        months: the months that have begun.
    """
    upright = _Table.found(rows, year)
    turned = _Table.found([list(column) for column in zip(*rows, strict=True)], year)
    tables = [table for table in (upright, turned) if table is not None]
    if not tables:
        return None
    return max(tables, key=lambda table: len(table.lines)).read(year, months)


@dataclass(kw_only=True)
class _Table:
    """A grid with months running down: the column of each item, the row of each month, rows of totals."""

    rows: Rows
    columns: dict[str, int]
    lines: dict[int, int]
    totals: list[int]
    heads: Mapping[str, str]
    doubts: list[str]

    @classmethod
    def found(cls, rows: Rows, year: int) -> _Table | None:
        """Return the table of a grid, if it has one that way round."""
        labels = [
            (at, column, _month(text)) for at, row in enumerate(rows) for column, text in enumerate(row)
        ]
        placed = [(at, column, month) for at, column, month in labels if month]
        if not placed:
            return None
        side = Counter(column for _, column, _ in placed).most_common(1)[0][0]
        doubts: list[str] = []
        lines: dict[int, int] = {}
        for at, column, (said, month) in placed:
            if column != side or said not in (None, year):
                continue
            if month in lines:
                doubts.append(f"有几行都是 {month} 月，只读了第一行。")
            lines.setdefault(month, at)
        if not lines:
            return None
        top = min(lines.values())
        columns, heads = _item_columns(rows, top, side, doubts)
        if not columns:
            return None
        totals = [at for at, row in enumerate(rows) if at > top and _TOTAL.fullmatch(plain(row[side]))]
        return cls(rows=rows, columns=columns, lines=lines, totals=totals, heads=heads, doubts=doubts)

    def read(self, year: int, months: range) -> Tabulated:
        """Return the table's values, and what is doubtful about them."""
        told = Tabulated()
        unclear: list[str] = []
        doubts = [*self._of_other_years(year), *self.doubts]
        for code, column in self.columns.items():
            item, factor = ITEMS[code], self._factor(code, doubts)
            for month, at in sorted(self.lines.items()):
                text = self.rows[at][column]
                try:
                    value = _value(text, item, factor)
                except Unclear as why:
                    unclear.append(f"{month} 月的{item.name}“{text[:30]}”{why}，没有读取。")
                    continue
                if value is not None and month not in months:
                    unclear.append(f"{month} 月还没有到，文件里的{item.name}没有读取。")
                elif value is not None:
                    told.values[code, month] = value
            doubts += self._check_total(item, column, factor, told)
        told.unclear, told.doubts = tuple(unclear), tuple(dict.fromkeys(doubts))
        return told

    def _of_other_years(self, year: int) -> Iterator[str]:
        said = {int(found) for row in self.rows for text in row for found in _YEAR.findall(plain(text))}
        if said and year not in said:
            yield f"文件里写的是 {'、'.join(map(str, sorted(said)))} 年，您选的是 {year} 年，请核对。"

    def _factor(self, code: str, doubts: list[str]) -> Decimal:
        """What a fee is multiplied by to be in 万元: as its heading says, else as the sheet says."""
        if ITEMS[code].is_whole:
            return Decimal(1)
        top = min(self.lines.values())
        above = "".join(text for row in self.rows[: top + 1] for text in row if "单位" in text)
        for words in (self.heads[code], plain(above)):
            if unit := _UNIT.search(words):
                return _YUAN_TO_10K[unit[0]]
        doubts.append("文件没有写明收费金额的单位，按万元读取，请核对。")
        return Decimal(1)

    def _check_total(self, item: Item, column: int, factor: Decimal, told: Tabulated) -> Iterator[str]:
        known = [told.values[item.code, month] for month in self.lines if (item.code, month) in told.values]
        for at in self.totals:
            try:
                said = _value(self.rows[at][column], item, factor)
            except Unclear:
                continue
            total = sum((value for value in known if value is not None), Decimal(0))
            if said is not None and said != total:
                yield (
                    f"{item.name}：文件中的合计 {plain_text(said)} {item.unit}，"
                    f"与读出的各月之和 {plain_text(total)} {item.unit}不符，请核对。"
                )


def _month(text: str) -> tuple[int | None, int] | None:
    """The year, if it is named, and the month that a label says."""
    folded = plain(text)
    match = _MONTH.fullmatch(folded) or _DATED.fullmatch(folded)
    if match is None:
        return None
    month = int(match["month"]) if match["month"].isdecimal() else chinese_number(match["month"]) or 0
    return (int(match["year"]) if match["year"] else None), month


def _item_columns(
    rows: Rows, top: int, side: int, doubts: list[str]
) -> tuple[dict[str, int], dict[str, str]]:
    """The column of each item by its heading above the first month, and these headings."""
    found: dict[str, list[tuple[int, str]]] = {}
    for column in range(len(rows[0])):
        head = "".join(plain(rows[at][column]) for at in range(top))
        code = _item(head) if column != side and not _OTHER_TIME.search(head) else None
        if code:
            found.setdefault(code, []).append((column, head))
    columns, heads = {}, {}
    for code, places in found.items():
        decided = [place for place in places if _DECIDED.search(place[1])]
        chosen = decided if len(decided) == 1 else places
        if len(chosen) > 1:
            doubts.append(f"有几栏都像是{ITEMS[code].name}，分不清用哪一栏，都没有读取。")
            continue
        columns[code], heads[code] = chosen[0]
        if _OTHER_COUNT.search(heads[code]) and not _DECIDED.search(heads[code]):
            doubts.append(f"{ITEMS[code].name}取自“{heads[code][:30]}”一栏，请核对是不是处理决定的数量。")
    return columns, heads


def _item(head: str) -> str | None:
    """The item a heading names; one that names several, as a title does, names none."""
    named = {code for word, code in _WORDS.items() if word in head}
    return named.pop() if len(named) == 1 else None


def _value(text: str, item: Item, factor: Decimal) -> Decimal | None:
    if item.is_whole:
        return number_of(text, is_whole=True)
    own = _UNIT.search(plain(text))
    if own:  # a unit beside the number itself goes before the heading's
        bare = plain(text).removesuffix(own[0])
        return number_of(bare, is_whole=False, factor=_YUAN_TO_10K[own[0]])
    return number_of(text, is_whole=False, factor=factor)
