"""A report as plain JSON values, and back: the one format for the shell, the database and the download.

A cell is a number, `null` when blank, `{"raw", "candidates"}` when illegible. With `provenance`, `cells` adds
for each cell how and where it was read and its text as found; `load` needs it only to give those back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.report.cells import Box, Cell, How, Place
from gongkai.report.numerals import BLANK, Illegible, Number, Value, is_exact
from gongkai.report.schema import CellId, Edition, Report, Row, Section, SectionCode, Table, form

Json = dict[str, Any]


def dump(report: Report, notes: Iterable[str] = (), *, provenance: bool = False) -> Json:
    """Return the report as JSON values; rows with one column of their own are written as that one cell."""
    shown: Json = {
        "agency": report.agency,
        "year": report.year,
        "edition": int(report.edition),
        "title": report.title,
        "published_on": report.published_on.isoformat() if report.published_on else None,
    }
    for table in report.form.tables:
        shown[f"table{table.number}"] = {row.code: _dump_row(report, table, row) for row in table.rows}
    shown["sections"] = [
        {"code": s.code.value, "heading": s.heading, "text": s.text} for s in report.sections
    ]
    shown["labels"] = dict(report.labels)
    shown["notes"] = list(notes)
    if provenance:
        shown["cells"] = {str(name): _dump_provenance(cell) for name, cell in report.cells.items()}
    return shown


def _dump_row(report: Report, table: Table, row: Row) -> Any:
    values = {c.code: dump_value(report.value(CellId(table.number, row.code, c.code))) for c in row.columns}
    return values if len(row.columns) > 1 else next(iter(values.values()))


def dump_value(value: Value) -> Any:
    """Return a cell's value as a JSON value."""
    if value is BLANK:
        return None
    if isinstance(value, Illegible):
        return {"raw": value.raw, "candidates": [_dump_number(n) for n in value.candidates]}
    return _dump_number(value)


def _dump_number(value: Number) -> int | float:
    return float(value) if isinstance(value, Decimal) else value


def _dump_provenance(cell: Cell) -> Json:
    place = cell.place
    return {
        "raw": cell.raw,
        "how": cell.how.value,
        "place": dump_place(place) if place else None,
    }


def dump_place(place: Place) -> list[Any]:
    """Return a place as a JSON list: block, row, column, page, and the box on the page if there is one."""
    shown: list[Any] = [place.block, place.row, place.column, place.page]
    return [*shown, [round(side, 4) for side in place.box]] if place.box else shown


def load(shown: Mapping[str, Any]) -> Report:
    """Return the report that `dump` gave these JSON values for.

    Raises:
        KeyError, ValueError: the values are not such a report.
    """
    edition = Edition(shown["edition"])
    provenance = shown.get("cells")
    cells: dict[CellId, Cell] = {}
    for table in form(edition).tables:
        for row in table.rows:
            values = shown[f"table{table.number}"][row.code]
            for column in row.columns:
                name = CellId(table.number, row.code, column.code)
                value = load_value(values if len(row.columns) == 1 else values[column.code])
                if provenance is None:
                    cells[name] = Cell(value)
                elif str(name) in provenance:
                    cells[name] = _load_cell(value, provenance[str(name)])
    published_on = shown.get("published_on")
    return Report(
        agency=_text_or_none(shown["agency"]),
        year=_whole_or_none(shown["year"]),
        edition=edition,
        title=_text_or_none(shown.get("title")),
        published_on=date.fromisoformat(published_on) if published_on else None,
        cells=cells,
        sections=tuple(
            Section(code=SectionCode(s["code"]), heading=_text(s["heading"]), text=_text(s["text"]))
            for s in shown.get("sections", ())
        ),
        labels={_text(where): _text(words) for where, words in dict(shown.get("labels", {})).items()},
    )


def load_value(shown: Any) -> Value:
    """Return the cell's value that `dump_value` gave this JSON value for."""
    if shown is None:
        return BLANK
    # Nearly every cell is an int, and asking whether one is a Mapping costs more than all else here.
    if not isinstance(shown, int) and isinstance(shown, Mapping):
        return Illegible(_text(shown["raw"]), tuple(_load_number(n) for n in shown["candidates"]))
    return _load_number(shown)


def _load_number(shown: Any) -> Number:
    number = Decimal(repr(shown)) if isinstance(shown, float) else shown
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or not is_exact(number):
        raise ValueError("not a number of a report")
    return number


def _load_cell(value: Value, shown: Mapping[str, Any]) -> Cell:
    place = shown["place"]
    return Cell(value, _text(shown["raw"]), How(shown["how"]), _load_place(place) if place else None)


def _load_place(shown: list[Any]) -> Place:
    block, row, column, page, *box = shown
    start = _whole_or_none(block)
    if start is None:
        raise ValueError("a place without its block")
    sides = [float(side) for side in box[0]] if box else []
    where = (_whole_or_none(row), _whole_or_none(column), _whole_or_none(page))
    return Place(start, *where, Box(*sides) if sides else None)


def _text(shown: Any) -> str:
    """Return text that any database keeps: well-formed, without NULs.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(shown, str) or "\0" in shown:
        raise ValueError("not text")
    shown.encode()  # refuses half a surrogate pair
    return shown


def _text_or_none(shown: Any) -> str | None:
    return None if shown is None else _text(shown)


def _whole_or_none(shown: Any) -> int | None:
    if shown is not None and (isinstance(shown, bool) or not isinstance(shown, int)):
        raise ValueError("not a whole number")
    return shown
