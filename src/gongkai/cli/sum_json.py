"""A sum as JSON values: the report as `gongkai read` gives it, and beside it every cell's addends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.cli.inputs import Failure
from gongkai.report.cells import Place
from gongkai.report.codec import dump, dump_place, dump_value
from gongkai.report.numerals import Illegible
from gongkai.report.summing import Difference, Imbalance, Member, Summed, SummedCell, Unadded

Json = dict[str, Any]


def as_json(
    summed: Summed,
    unlike: Sequence[Difference],
    unbalanced: Sequence[Imbalance],
    failures: Sequence[Failure],
) -> Json:
    """Return the sum; what `gongkai write` takes as a report stands at the top level."""
    form = summed.report.form
    return dump(summed.report) | {
        "is_whole": summed.is_whole,
        "members": [_member(each) for each in summed.members],
        "aside": [
            _member(each.member)
            | {"why": each.why.value, "said": each.said, "against": _against(each.against)}
            for each in summed.aside
        ],
        "missing": list(summed.missing),
        "unread": [{"file": each.name, "why": each.why} for each in failures],
        "sums": {str(name): {"name": form.name(name)} | _cell(cell) for name, cell in summed.cells.items()},
        "imbalances": [
            {
                "name": each.balance.name,
                "left": [str(cell) for cell in each.balance.left],
                "right": [str(cell) for cell in each.balance.right],
                "sums": [dump_value(each.left), dump_value(each.right)],
                "members": [_member(member) for member in each.members],
            }
            for each in unbalanced
        ],
        "differences": [
            {
                "cell": str(each.cell),
                "name": form.name(each.cell),
                "sum": dump_value(each.summed),
                "published": dump_value(each.published),
                "more": None if each.more is None else dump_value(each.more),
            }
            for each in unlike
        ],
    }


def _member(member: Member) -> Json:
    return {"member": member.name, "file": member.source, "version": member.version}


def _against(member: Member | None) -> Json | None:
    return _member(member) if member else None


def _cell(cell: SummedCell) -> Json:
    return {
        "total": dump_value(cell.total) if cell.addends else None,
        "addends": [
            _member(each.member) | {"value": dump_value(each.value), "place": _place(each.place)}
            for each in cell.addends
        ],
        "unadded": [_unadded(each) for each in cell.unadded],
    }


def _unadded(each: Unadded) -> Json:
    illegible = isinstance(each.value, Illegible)
    why = "illegible" if illegible else "blank" if each.found else "absent"
    return _member(each.member) | {"why": why, "value": dump_value(each.value), "place": _place(each.place)}


def _place(place: Place | None) -> list[Any] | None:
    return dump_place(place) if place else None
