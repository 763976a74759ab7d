"""A draft laid out for its page: each section's words to write, how they read, what was found beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from django.urls import reverse

from gongkai.report.schema import SECTION_TITLES, SectionCode
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting.auditing import digest, said_of
from gongkai.web.oversight.services.drafting.cells import DraftCell
from gongkai.web.oversight.services.drafting.composing import Drafted
from gongkai.web.oversight.services.drafting.fields import Field
from gongkai.web.oversight.services.drafting.narrative import Mark
from gongkai.web.oversight.services.reports.presentation import (
    FindingView,
    Paragraph,
    Part,
    ReportView,
    laid_out,
)
from gongkai.web.oversight.services.reports.segments import Segment
from gongkai.web.oversight.services.reports.tables import TableView, value_text

_LETTERS_A_LINE, _FEWEST_LINES, _MOST_LINES = 34, 4, 24


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a paragraph: the findings' segment it is of, and the field that gave its words."""

    text: str
    segment: Segment
    is_first: bool
    is_last: bool
    name: str = ""
    is_gap: bool = False
    opens: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Prose:
    """A paragraph as it reads, in pieces, with the findings beside it."""

    pieces: list[Piece]
    findings: list[FindingView]


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section: what is written, in how many lines, how it reads, its table and its findings."""

    code: str
    heading: str
    source: str
    lines: int
    prose: list[Prose]
    table: TableView | None
    table_findings: list[FindingView]


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """The whole of it; `is_stale` where numbers have changed since the audit that is shown."""

    sections: list[SectionView]
    general: list[FindingView]
    findings: list[FindingView]
    not_assessed: list[dict[str, object]]
    fields: list[tuple[str, list[Field]]]
    is_stale: bool


def draft_view(found: Drafted, typed: Mapping[str, str] = MappingProxyType({})) -> DraftView:
    """Lay a draft out with the findings of its latest audit.

    Args:
        typed: by section the words a person typed that were not kept, to go on from.
    """
    draft = found.draft
    findings = draft.audit.get("findings", [])
    view = laid_out(
        found.report,
        findings=findings,
        said=said_of(draft, findings),
        not_assessed=draft.audit.get("not_assessed", []),
        decided={str(name): said for name, cell in found.cells.items() if (said := _said_of(cell))},
    )
    parts = {part.code: part for part in view.parts}
    return DraftView(
        sections=[_section(found, code, parts.get(code.value), typed) for code in found.filled],
        general=view.general,
        findings=view.findings,
        not_assessed=view.not_assessed,
        fields=_fields(found.book.offered()),
        is_stale=_is_stale(found, view),
    )


def _is_stale(found: Drafted, view: ReportView) -> bool:
    return bool(found.draft.audit) and found.draft.audit.get("of") != digest(view.report)


def _said_of(cell: DraftCell) -> str:
    """Say of a cell who typed it over, or why it is blank."""
    if cell.override is None:
        return cell.counted.why
    by, at = cell.override.by.get_full_name() or cell.override.by.get_username(), cell.override.at
    moved = f"，现在统计为 {value_text(cell.counted.value)}" if cell.has_moved else ""
    return f"{by} {at:%Y-%m-%d} 填写：{cell.override.reason}{moved}"


def _section(found: Drafted, code: SectionCode, part: Part | None, typed: Mapping[str, str]) -> SectionView:
    source = typed.get(code.value, found.texts.get(code, ""))
    lines = sum(len(line) // _LETTERS_A_LINE + 1 for line in source.split("\n")) + 1
    return SectionView(
        code=code.value,
        heading=SECTION_TITLES.get(code, "引言"),
        source=source,
        lines=max(_FEWEST_LINES, min(lines, _MOST_LINES)),
        prose=[_prose(found, each, found.filled[code].marks) for each in part.paragraphs] if part else [],
        table=part.table if part else None,
        table_findings=part.table_findings if part else [],
    )


def _prose(found: Drafted, paragraph: Paragraph, marks: Sequence[Mark]) -> Prose:
    return Prose(pieces=list(_pieces(found, paragraph, marks)), findings=paragraph.findings)


def _pieces(found: Drafted, paragraph: Paragraph, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut a paragraph's segments once more where a field's words begin and end."""
    at = paragraph.start
    for segment in paragraph.segments:
        end = at + len(segment.text)
        edges = {edge for mark in marks for edge in (mark.start, mark.end) if at < edge < end}
        for low, high in pairwise(sorted({at, end, *edges})):
            mark = next((each for each in marks if each.start <= low and high <= each.end), None)
            yield _piece(
                found.draft, segment, segment.text[low - at : high - at], (low == at, high == end), mark
            )
        at = end


def _piece(draft: Draft, segment: Segment, text: str, ends: tuple[bool, bool], mark: Mark | None) -> Piece:
    plain = {"text": text, "segment": segment, "is_first": ends[0], "is_last": ends[1]}
    if mark is None:
        return Piece(**plain)
    if mark.field is None:
        return Piece(**plain, name=mark.name, is_gap=True)
    return Piece(**plain, name=mark.name, opens=page_of_field(draft, mark.field), hint=mark.field.unit)


def page_of_field(draft: Draft, field: Field) -> str:
    """Return where a field's number is shown with its records: its cell's page here, else the records."""
    if field.cell:
        return reverse("annual_reports:draft_cell", args=[draft.pk, field.cell])
    return field.opens


def _fields(offered: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    by_group: dict[str, list[Field]] = {}
    for field in offered:
        by_group.setdefault(field.group, []).append(field)
    return list(by_group.items())
