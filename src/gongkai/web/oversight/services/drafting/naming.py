"""What cells of the form are called where a text names them, and the lists of several that read as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.report.schema import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    OUTCOME_GROUPS,
    OUTCOME_NAMES,
    TOTAL,
    TOTAL_DONE,
    CellId,
    Edition,
    form,
)

_ASKED, _DISPUTED, _DISCLOSED = "依申请公开", "行政复议、行政诉讼", "主动公开（表二）"


@dataclass(frozen=True, kw_only=True)
class CellName:
    """A cell, or several that are added, by the name a text gives it."""

    name: str
    cells: tuple[CellId, ...]
    group: str
    unit: str = "件"


@dataclass(frozen=True, kw_only=True)
class Composed:
    """Several named cells told in a row, those of nothing left out: each label with the name of its cells."""

    name: str
    group: str
    parts: tuple[tuple[str, str], ...]


_FLOWS = {"新收申请": NEW, "上年结转": CARRIED_IN, "办结总数": TOTAL_DONE, "结转下年": CARRIED_OUT}
_OTHERS = {
    "other.no_correction": "逾期不补正不再处理",
    "other.fee_unpaid": "逾期不缴费不再处理",
    "other.misc": "其他处理的其他情形",
}
_REMEDIES = {
    TOTAL: "总数",
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
}
_APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research_institute": "科研机构",
    "public_benefit_org": "社会公益组织",
    "legal_service_org": "法律服务机构",
    "other": "其他法人组织",
}
_GROUPS = OUTCOME_GROUPS[Edition.FORM_2021]


def _cell_names() -> Iterator[CellName]:
    yield from _of_documents()
    for name, row in _FLOWS.items():
        yield CellName(name=name, cells=_totals(row), group=_ASKED)
    for code, label in _APPLICANTS.items():
        yield CellName(name=f"{label}申请", cells=(CellId(3, NEW, code),), group=_ASKED)
    for group, name in OUTCOME_NAMES.items():
        yield CellName(name=name, cells=_totals(*_GROUPS[group]), group=_ASKED)
    for row in form(Edition.FORM_2021).table(3).rows:
        if row.group:
            label = _OTHERS.get(row.code, row.label.partition(".")[2])
            yield CellName(name=label, cells=_totals(row.code), group=_ASKED)
    yield from _of_remedies()


def _totals(*rows: str) -> tuple[CellId, ...]:
    return tuple(CellId(3, row, TOTAL) for row in rows)


def _of_documents() -> Iterator[CellName]:
    for row, name in (("government_rules", "规章"), ("normative_documents", "规范性文件")):
        for column, what in (("made", "制发"), ("repealed", "废止"), ("in_force", "有效")):
            yield CellName(name=f"{name}{what}", cells=(CellId(2, row, column),), group=_DISCLOSED)
    for row, name in (("permits", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制")):
        yield CellName(name=name, cells=(CellId(2, row, "decisions"),), group=_DISCLOSED)
    fees = CellId(2, "fees_10k_yuan", "amount")
    yield CellName(name="行政事业性收费", cells=(fees,), group=_DISCLOSED, unit="万元")


def _of_remedies() -> Iterator[CellName]:
    tracks = {
        "行政复议": ("reconsideration",),
        "行政诉讼": ("direct_suit", "suit_after_reconsideration"),
        "直接起诉": ("direct_suit",),
        "复议后起诉": ("suit_after_reconsideration",),
    }
    for track, rows in tracks.items():
        for column, what in _REMEDIES.items():
            cells = tuple(CellId(4, row, column) for row in rows)
            yield CellName(name=f"{track}{what}", cells=cells, group=_DISPUTED)


CELLS: Mapping[str, CellName] = {each.name: each for each in _cell_names()}


def _composed() -> Iterator[Composed]:
    yield _row("办结构成", _ASKED, [(name, name) for name in OUTCOME_NAMES.values()])
    yield _row("申请人构成", _ASKED, [(name, f"{name}申请") for name in _APPLICANTS.values()])
    for group in ("denied", "unable", "declined", "other"):
        wanted = {_totals(row) for row in _GROUPS[group]}
        names = [each.name for each in CELLS.values() if each.cells in wanted]
        yield _row(f"{OUTCOME_NAMES[group]}构成", _ASKED, [(name, name) for name in names])
    for track in ("行政复议", "行政诉讼", "直接起诉", "复议后起诉"):
        results = [(what, f"{track}{what}") for code, what in _REMEDIES.items() if code != TOTAL]
        yield _row(f"{track}构成", _DISPUTED, results)


def _row(name: str, group: str, parts: Sequence[tuple[str, str]]) -> Composed:
    return Composed(name=name, group=group, parts=tuple(parts))


COMPOSED: Mapping[str, Composed] = {each.name: each for each in _composed()}
