"""Records as a data frame of pandas or polars, whichever is installed; nothing else needs either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

Library = Literal["pandas", "polars"]
Record = Mapping[str, Any]


class Kind(Enum):
    """What a column of a frame holds; None in it is a missing value, never zero and never an empty text."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    NUMBERS = "numbers"
    DAY = "day"


_PANDAS = {Kind.TEXT: "string", Kind.WHOLE: "Int64", Kind.NUMBER: "Float64", Kind.NUMBERS: "object"}
_ABSENT = "to_frame() 需要 pandas 或 polars，请先安装其中一个：pip install pandas"


def frame(records: Sequence[Record], columns: Mapping[str, Kind], library: Library | None = None) -> Any:
    """Return records as a data frame, one row each, columns typed even where all values are missing.

    Args:
        records: mappings that have every name in `columns`.
        columns: name and kind of each column, in order.
        library: which to make; None takes pandas if it is installed, polars otherwise.

    Raises:
        ModuleNotFoundError: the library is not installed.
        ValueError: no such library.
    """
    chosen = library or next((name for name in ("pandas", "polars") if find_spec(name)), None)
    if chosen is None or (chosen in ("pandas", "polars") and not find_spec(chosen)):
        raise ModuleNotFoundError(_ABSENT)
    values = {name: [_plain(record[name], kind) for record in records] for name, kind in columns.items()}
    if chosen == "pandas":
        return _pandas(values, columns)
    if chosen == "polars":
        return _polars(values, columns)
    raise ValueError(f"library must be pandas or polars, not {chosen}")


def _plain(value: Any, kind: Kind) -> Any:
    if kind is Kind.NUMBERS:
        return [float(each) for each in value]
    return float(value) if kind is Kind.NUMBER and value is not None else value


def _pandas(values: Mapping[str, list[Any]], columns: Mapping[str, Kind]) -> Any:
    pandas: Any = import_module("pandas")
    made = {
        name: pandas.to_datetime(pandas.Series(values[name], dtype="object"))
        if kind is Kind.DAY
        else pandas.Series(values[name], dtype=_PANDAS[kind])
        for name, kind in columns.items()
    }
    return pandas.DataFrame(made)


def _polars(values: Mapping[str, list[Any]], columns: Mapping[str, Kind]) -> Any:
    polars: Any = import_module("polars")
    types = {
        Kind.TEXT: polars.String,
        Kind.WHOLE: polars.Int64,
        Kind.NUMBER: polars.Float64,
        Kind.NUMBERS: polars.List(polars.Float64),
        Kind.DAY: polars.Date,
    }
    return polars.DataFrame(values, schema={name: types[kind] for name, kind in columns.items()})
