"""The facts of a letter from JSON, as the shell takes them; every complaint is one Chinese sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from gongkai.law.channels import Channel
from gongkai.law.fees import Fee, NoTariff, Tariff, fee
from gongkai.law.remedies import Body, BodyKind
from gongkai.law.taxonomy import APPLICANT_KINDS
from gongkai.letters.facts import Contact, Detail, Entry, LetterFacts, Withheld
from gongkai.letters.fields import DETAILS, Shape

_MOST_UNITS = 100_000


class FactsError(ValueError):
    """What was given is not the facts of a letter; `str()` is one Chinese sentence."""


def read_facts(document: object) -> LetterFacts:
    """Return the facts that a JSON document gives: an object with the names of `LetterFacts`.

    `fee` is `{"tariff", "units", "before"}`; days are written 2025-10-16.

    Raises:
        FactsError: a name that does not exist, a value of another kind, or no body.
    """
    table = _table(document, "文件")
    _only(table, {field.name for field in fields(LetterFacts)}, "文件")
    if "body" not in table:
        raise FactsError("缺少 body（发文机关）")
    given: dict[str, Any] = {
        name: _READERS[name](value, name) for name, value in table.items() if name != "fee"
    }
    if "fee" in table:
        given["fee"] = _fee(table["fee"], given.get("made_on"))
    return LetterFacts(**given)


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FactsError(f"{where}应为 JSON 对象")
    return value


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(table.keys() - known):
        raise FactsError(f"{where}中有不认识的项：{unknown[0]}")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise FactsError(f"{where} 应为文字")
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(f"{where} 应为 true 或 false")
    return value


def _number(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_UNITS:
        raise FactsError(f"{where} 应为 0 至 {_MOST_UNITS} 的整数")
    return value


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(_text(value, where))
    except ValueError:
        raise FactsError(f"{where} 应为日期，写作 2025-10-16") from None


def _texts(value: object, where: str) -> tuple[str, ...]:
    return tuple(_text(each, where) for each in _list(value, where))


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise FactsError(f"{where} 应为列表")
    return value


def _one_of(known: Mapping[str, Any] | type[Any]) -> Callable[[object, str], Any]:
    names = {str(name): name for name in known}

    def read(value: object, where: str) -> Any:
        if isinstance(value, str) and value in names:
            return names[value]
        raise FactsError(f"{where} 应为下列之一：{'、'.join(names)}")

    return read


def _made_of(record: type[Any], readers: Mapping[str, Callable[[object, str], Any]], *needed: str) -> Any:
    """A reader of one record, each of its values read by name, as text unless told otherwise."""
    known = {field.name for field in fields(record)}

    def read(value: object, where: str) -> Any:
        table = _table(value, where)
        _only(table, known, where)
        for name in needed:
            if name not in table:
                raise FactsError(f"{where} 缺少 {name}")
        return record(
            **{name: readers.get(name, _text)(each, f"{where}.{name}") for name, each in table.items()}
        )

    return read


def _each(read: Callable[[object, str], Any]) -> Callable[[object, str], Any]:
    return lambda value, where: tuple(read(each, where) for each in _list(value, where))


_SHAPES: Mapping[Shape, Callable[[object, str], Any]] = {
    Shape.LINE: _text,
    Shape.TEXT: _text,
    Shape.DAY: _day,
    Shape.NUMBER: _number,
    Shape.LINES: _texts,
}


def _details(value: object, where: str) -> dict[str, Detail]:
    table = _table(value, where)
    _only(table, set(DETAILS), where)
    return {code: _SHAPES[DETAILS[code].shape](each, f"{where}.{code}") for code, each in table.items()}


def _fee(value: object, made_on: date | None) -> Fee:
    table = _table(value, "fee")
    _only(table, {"tariff", "units", "before"}, "fee")
    if made_on is None or not {"tariff", "units"} <= table.keys():
        raise FactsError("fee 须有 tariff、units，并给出 made_on")
    tariff = _one_of(Tariff)(table["tariff"], "fee.tariff")
    units, before = (_number(table.get(name, 0), f"fee.{name}") for name in ("units", "before"))
    try:
        return fee(tariff, units, made_on, before=before)
    except NoTariff as error:
        raise FactsError(str(error)) from None
    except ValueError:
        raise FactsError("按量计收的，不同申请的页数不累加，before 应为 0") from None


_READERS: Mapping[str, Callable[[object, str], Any]] = {
    **{field.name: _text for field in fields(LetterFacts)},
    "body": _made_of(Body, {"kind": _one_of(BodyKind)}, "name", "kind"),
    "contact": _made_of(Contact, {}),
    "made_on": _day,
    "letterhead": _flag,
    "applicant_kind": _one_of(APPLICANT_KINDS),
    "channel": _one_of(Channel),
    "received_on": _day,
    "history": _texts,
    "grounds": _texts,
    "withheld": _each(_made_of(Withheld, {}, "part", "ground", "reasons")),
    "served_online": _flag,
    "annexes": _texts,
    "entries": _each(_made_of(Entry, {"made_on": _day}, "title")),
    "details": _details,
}
