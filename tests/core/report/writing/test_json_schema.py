"""The published schema takes what we write, and refuses what `load` refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.report.codec import dump, load
from gongkai.report.numerals import Illegible
from gongkai.report.reading import read_bytes
from gongkai.report.schema import CellId
from gongkai.report.writing import write
from gongkai.report.writing.json_schema import schema
from gongkai.samples import BODIES, make_report

PUBLISHED = Path(__file__).resolve().parents[4] / "docs" / "report.schema.json"
TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda v: v is None,
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
}
KNOWN = {
    *(
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "description",
        "type",
        "format",
        "enum",
        "const",
        "required",
    ),
    *("properties", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "anyOf", "oneOf"),
}


def broken(value: Any, rule: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    """The keywords of JSON Schema that our schema uses, as the standard has them."""
    assert set(rule) <= KNOWN
    if "$ref" in rule:
        yield from broken(value, whole["$defs"][rule["$ref"].removeprefix("#/$defs/")], whole)
    types = [rule["type"]] if isinstance(rule.get("type"), str) else rule.get("type", [])
    if types and not any(TYPES[name](value) for name in types):
        yield f"{value!r} is none of {types}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{value!r} not in {rule['enum']}"
    if "const" in rule and value != rule["const"]:
        yield f"{value!r} is not {rule['const']!r}"
    for key, least in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if key in rule and not least(sum(not list(broken(value, each, whole)) for each in rule[key])):
            yield f"{key} of {value!r:.80}"
    if rule.get("format") == "date" and isinstance(value, str):
        date.fromisoformat(value)
    if isinstance(value, dict):
        yield from _broken_object(value, rule, whole)
    if isinstance(value, list):
        yield from _broken_array(value, rule, whole)


def _broken_object(value: dict[str, Any], rule: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in rule.get("required", ()) if name not in value)
    properties = rule.get("properties", {})
    for name, each in value.items():
        inner = properties.get(name, rule.get("additionalProperties"))
        yield from broken(each, inner, whole) if inner else ()


def _broken_array(value: list[Any], rule: dict[str, Any], whole: dict[str, Any]) -> Iterator[str]:
    if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
        yield f"{len(value)} items"
    first = rule.get("prefixItems", [])
    for each, inner in zip(value, first, strict=False):
        yield from broken(each, inner, whole)
    for each in value[len(first) :] if "items" in rule else ():
        yield from broken(each, rule["items"], whole)


def faults(value: Any) -> list[str]:
    return list(broken(value, schema(), schema()))


@pytest.mark.parametrize("year", [2019, 2024])
@pytest.mark.parametrize("seed", range(len(BODIES)))
def test_what_we_write_fits_the_schema(seed: int, year: int) -> None:
    report = make_report(seed, BODIES[seed].name, year)
    assert faults(dump(report, ["一条说明。"])) == []


@pytest.mark.parametrize("format_", ["docx", "html", "xlsx"])
def test_a_reading_with_its_provenance_fits_the_schema(format_: str) -> None:
    report = make_report(1, BODIES[1].name, 2024)
    reading = read_bytes(write(report, format_), f"report.{format_}").report
    cells = dict(reading.cells)
    cells[CellId(3, "new", "total")] = cells[CellId(3, "new", "total")]._replace(value=Illegible("1O", (10,)))
    shown = dump(type(report)(agency=None, year=None, edition=report.edition, cells=cells), provenance=True)
    assert faults(json.loads(json.dumps(shown))) == []


def spoilt(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(json.dumps(dump(make_report(1, BODIES[1].name, 2024))))
    place = shown
    for name in path[:-1]:
        place = place[name]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return shown


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("edition",), 2020),
        (("edition",), 2019),
        (("table3",), ...),
        (("table3", "new"), ...),
        (("table3", "new", "total"), ...),
        (("table3", "new", "total"), "12"),
        (("table3", "new", "total"), {"raw": "1O"}),
        (("table2", "permits"), True),
        (("year",), "2024"),
        (("agency",), 7),
    ],
)
def test_what_cannot_be_loaded_does_not_fit(path: tuple[str, ...], value: Any) -> None:
    shown = spoilt(path, value)
    assert faults(shown)
    with pytest.raises((KeyError, ValueError, TypeError)):
        load(shown)


def test_the_published_schema_is_this_one() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema()
