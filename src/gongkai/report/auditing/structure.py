"""Whether the report has all its parts and its tables are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.law.sources import FORM2021, R711
from gongkai.report.auditing.passages import flat, letters, quote
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.cells import Cell, How
from gongkai.report.findings import Level
from gongkai.report.numerals import BLANK, Illegible, Unit
from gongkai.report.schema import SECTION_TITLES, CellId, Edition, Report, Row, SectionCode, form

_NUMERALS = {2: "二", 3: "三", 4: "四"}
_LIST_AT_MOST = 6
_ROWS_LEFT_OUT_AT_MOST = 3
# A sub-heading that shows the part is there although its own heading is lost.
_TRACES = {
    SectionCode.PROBLEMS: re.compile(r"[（(][一二三][）)](?:20\d\d年)?[^。]{0,12}(?:存在|问题|改进|整改)"),
}


@rule(
    "ST01",
    "六个部分齐全有序",
    "{what}",
    source=R711.art(50),
)
def sections_are_all_there(dossier: Dossier) -> Iterator[Outcome]:
    """报告应有格式规定的六个部分，次序不变。

    Right: 一、总体情况 …… 六、其他需要报告的事项。
    Wrong: 没有“六、其他需要报告的事项”；或者第五部分排在第四部分之前。
    """
    report = dossier.report
    if not report.sections:
        yield Skip("没有读到正文")
        return
    order = list(SECTION_TITLES)
    present = [s.code for s in report.sections if s.code in SECTION_TITLES]
    for code in order:
        if code not in present:
            yield _missing(report, code)
        elif (section := report.section(code)) is not None and not section.heading:
            yield Hit(level=Level.INFO, what=f"“{SECTION_TITLES[code]}”缺标题")
    if present != sorted(present, key=order.index):
        yield Hit(what="各部分次序与格式不同：" + "、".join(SECTION_TITLES[c][0] for c in present))


_TABLE_OF = {SectionCode.PROACTIVE: 2, SectionCode.REQUESTS: 3, SectionCode.REMEDIES: 4}


def _missing(report: Report, code: SectionCode) -> Outcome:
    if (table := _TABLE_OF.get(code)) and report.has_table(table):
        return Skip(f"没有读到“{SECTION_TITLES[code]}”的标题，但该部分的表格读到了")
    trace = _TRACES.get(code)
    if trace and any(trace.search(flat(section.text)) for section in report.sections):
        return Hit(level=Level.INFO, what=f"“{SECTION_TITLES[code]}”缺标题")
    return Hit(what=f"缺少“{SECTION_TITLES[code]}”部分")


@rule("ST02", "三张表齐全", "未见表{numeral}《{title}》", source=FORM2021.part("第二至四部分"))
def tables_are_all_there(dossier: Dossier) -> Iterator[Outcome]:
    """报告应有格式规定的三张表。

    Right: 第二、三、四部分各有一张表。
    Wrong: 第四部分只写“无”，没有表四。
    """
    for table in dossier.report.form.tables:
        if dossier.report.has_table(table.number):
            continue
        if _leaves_traces(dossier.report, table.number):
            yield Skip(f"表{_NUMERALS[table.number]}没有读出数字")
        else:
            yield Hit(numeral=_NUMERALS[table.number], title=table.title)


# Words of a table that stand in the prose when its grid was not understood.
_WORDS_OF_TABLE = {2: "信息内容", 3: "予以公开", 4: "结果维"}


def _leaves_traces(report: Report, table: int) -> bool:
    if any(key.split(".")[1] == str(table) for key in report.labels):
        return True
    section = report.section((SectionCode.PROACTIVE, SectionCode.REQUESTS, SectionCode.REMEDIES)[table - 2])
    return section is not None and _WORDS_OF_TABLE[table] in flat(section.text)


@rule(
    "ST03",
    "表格各行齐全",
    "表{numeral}未见{count}行：{rows}",
    source=FORM2021.part("第二至四部分"),
    level=Level.WARNING,
)
def rows_are_all_there(dossier: Dossier) -> Iterator[Outcome]:
    """表中各行不得增删；没有的填 0，不得删去该行。

    Right: 表二保留“行政强制”行，填 0。
    Wrong: 表二删去“行政强制”行。
    """
    report = dossier.report
    found = {(cell.table, cell.row) for cell in report.cells}
    for table in report.form.tables:
        missing = [row for row in table.rows if (table.number, row.code) not in found]
        if not missing or len(missing) == len(table.rows):
            continue
        numeral, names = _NUMERALS[table.number], _few([f"“{row.label}”" for row in missing])
        if _badly_read(report, table.number, missing):
            yield Skip(f"表{numeral}没有读到这些行的数字：{names}")
        else:
            yield Hit(numeral=numeral, count=len(missing), rows=names)


def _badly_read(report: Report, table: int, missing: list[Row]) -> bool:
    """Whether rows were rather lost in reading: many at once, labelled, or in a table without a grid."""
    return (
        len(missing) > _ROWS_LEFT_OUT_AT_MOST
        or any(f"row.{table}.{row.code}" in report.labels for row in missing)
        or any(name.table == table and _is_unsure(cell) for name, cell in report.cells.items())
    )


def _is_unsure(cell: Cell) -> bool:
    return isinstance(cell.value, Illegible) or cell.how in (How.STREAM, How.SOLVED)


def _few(names: list[str]) -> str:
    shown = "、".join(names[:_LIST_AT_MOST])
    return shown + ("等" if len(names) > _LIST_AT_MOST else "")


def _may_be_negative(cell: CellId) -> bool:
    return cell.column == "change"


def _is_amount(report: Report, cell: CellId) -> bool:
    return report.form.column(cell).unit is not Unit.COUNT


@rule("ST04", "数值为非负整数", "{where}填了{value}，应为{should}", source=FORM2021.part("第二至四部分"))
def numbers_are_counts(dossier: Dossier) -> Iterator[Outcome]:
    """件数应为不小于零的整数；金额可有小数，2019年格式的增/减可为负数。

    Right: 新收申请 26；收费 368.24 万元。
    Wrong: 新收申请 26.5；废止 -1。
    """
    report = dossier.report
    illegible = []
    for name, cell in report.cells.items():
        value = cell.value
        if type(value) is int:
            if value < 0 and not _may_be_negative(name):
                yield Hit(name, value=str(value), should="不小于零的数")
        elif isinstance(value, Illegible):
            illegible.append(name)
        elif value is not BLANK:
            if value != int(value) and not _is_amount(report, name):
                yield Hit(name, value=str(value), should="整数")
            elif value < 0 and not _may_be_negative(name):
                yield Hit(name, value=str(value), should="不小于零的数")
    if illegible:
        yield Skip("单元格内容无法辨认", tuple(illegible))


@rule(
    "ST05",
    "空白单元格",
    "表{numeral}{what}，没有的应填 0{which}",
    source=FORM2021.part("第二至四部分"),
    level=Level.INFO,
)
def cells_are_filled(dossier: Dossier) -> Iterator[Outcome]:
    """表中没有数据的单元格应填 0，不留空白、不画横线。

    Right: 商业企业 0。
    Wrong: 商业企业一格空白。
    """
    report = dossier.report
    filled: dict[int, int] = {2: 0, 3: 0, 4: 0}
    blank: dict[int, list[CellId]] = {2: [], 3: [], 4: []}
    unread = _not_found(report)
    for name, cell in report.cells.items():
        if cell.value is BLANK:
            (unread if _is_lost(cell) else blank[name.table]).append(name)
        else:
            filled[name.table] += 1
    for table, cells in blank.items():
        if cells and filled[table]:
            yield _blanks(report, table, cells)
        elif cells:
            yield Hit(level=Level.WARNING, numeral=_NUMERALS[table], what="全部空白", which="")
    if unread:
        yield Skip("没有读到这些单元格", tuple(unread))


def _is_lost(cell: Cell) -> bool:
    """Whether a blank stands for a number lost on the way: its row has text, but fewer numbers than cells."""
    return cell.how is How.STREAM and any(c.isdigit() for c in cell.raw)


def _not_found(report: Report) -> list[CellId]:
    """Return the form's cells that were not found in the tables that were."""
    cells = _cells_of_form(report.edition)
    if len(report.cells) == len(cells):
        return []
    return [cell for cell in cells if cell not in report.cells and report.has_table(cell.table)]


@cache
def _cells_of_form(edition: Edition) -> tuple[CellId, ...]:
    return tuple(form(edition).cells())


def _blanks(report: Report, table: int, cells: list[CellId]) -> Hit:
    few = len(cells) <= _LIST_AT_MOST
    which = "：" + "、".join(map(report.form.name, cells)) if few else ""
    return Hit(*cells, numeral=_NUMERALS[table], what=f"有{len(cells)}格空白", which=which)


@rule("ST06", "格式版本", "{year}年度报告使用了{edition}年格式的表格", source=FORM2021.part("表格"))
def edition_fits_the_year(dossier: Dossier) -> Iterator[Outcome]:
    """2021年度起的报告使用2021年格式，2019、2020年度报告使用2019年格式。

    Right: 2023年度报告使用2021年格式。
    Wrong: 2023年度报告仍填2019年格式的“本年新制作数量”“本年增/减”。
    """
    report = dossier.report
    if report.year is None:
        yield Skip("没有读到报告年度")
    elif report.year >= Edition.FORM_2021 and report.edition == Edition.FORM_2019:
        yield Hit(year=report.year, edition=int(report.edition))
    elif report.year < Edition.FORM_2021 and report.edition == Edition.FORM_2021:
        yield Hit(year=report.year, edition=int(report.edition), level=Level.WARNING)


_PLACEHOLDER = re.compile(
    r"[（(]文字描述|情况在此处报告|此处填写|[（(]请?填写|[X×]{3,}|^[ \t\u3000]*…{2,}[ \t]*$", re.M
)
_WORDS_AT_LEAST = 12


@rule("ST12", "部分内容空缺", "“{title}”{what}", source=R711.art(50), level=Level.WARNING)
def parts_say_something(dossier: Dossier) -> Iterator[Outcome]:
    """第一、五部分应有实际内容，不得空缺、只写“无”或残留模板的说明文字。

    Right: 五、存在的主要问题及改进情况：“解读材料偏少……下一步……”。
    Wrong: 五、存在的主要问题及改进情况：“无。”；“（文字描述）”。
    """
    for code in (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS):
        section = dossier.report.section(code)
        if section is None:
            continue
        title = SECTION_TITLES[code]
        if match := _PLACEHOLDER.search(section.text):
            yield Hit(quote=quote(section, *match.span()), title=title, what="残留模板的说明文字")
        elif code is not SectionCode.OTHER_MATTERS and len(letters(section.text)) < _WORDS_AT_LEAST:
            yield Hit(title=title, what="没有实际内容")
