"""A report laid out for people: its parts with their findings beside them, its tables as rows of cells.

Everything here is plain data for templates; nothing is decided and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.report.findings import LEVEL_NAMES, Level
from gongkai.report.schema import SECTION_TITLES, CellId, Report, SectionCode
from gongkai.report.writing.boxes import TABLE_OF
from gongkai.web.oversight.choices import Standing
from gongkai.web.oversight.models import (
    AnnualReport,
    AuditRun,
    CellDecision,
    Explanation,
    FindingReview,
    StagedUpload,
)
from gongkai.web.oversight.services.reports.auditing import illegible_cells, standing
from gongkai.web.oversight.services.reports.doubts import decided_text
from gongkai.web.oversight.services.reports.segments import Segment, Span, segmented
from gongkai.web.oversight.services.reports.settled import report_of
from gongkai.web.oversight.services.reports.tables import (
    BLANK_TEXT,
    HOW_NAMES,
    Mention,
    TableView,
    cell_text,
    shade,
    short_name,
    table_views,
)

SECTION_OF = {number: code for code, number in TABLE_OF.items()}
MANY_CELLS, MOST_CHIPS = 5, 8
ORDER = (SectionCode.PREAMBLE, *SECTION_TITLES)


@dataclass(frozen=True, kw_only=True)
class CellLink:
    """A cell that a finding is about, and what stands in it."""

    id: str
    name: str
    short: str
    text: str

    @property
    def is_silent(self) -> bool:
        """Whether it adds nothing to a sum: zero or blank."""
        return self.text in ("0", BLANK_TEXT)


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding with its number on the page, the words and cells it ties together, and its standing."""

    number: int
    key: str
    code: str
    title: str
    source: str
    level: str
    level_name: str
    message: str
    quote: str
    marked: tuple[str, ...]
    cells: tuple[CellLink, ...]
    standing: Standing
    review: FindingReview | Explanation | None
    section: SectionCode | None
    span: Span | None

    @property
    def is_long(self) -> bool:
        """Whether it names a whole row or column, so that marking each cell would drown the telling ones."""
        return len(self.cells) > MANY_CELLS

    @property
    def told(self) -> tuple[CellLink, ...]:
        """The cells to show on the card: of a long sum, those that add to it and its total."""
        if not self.is_long:
            return self.cells
        return (*[cell for cell in self.cells[:-1] if not cell.is_silent][:MOST_CHIPS], self.cells[-1])

    @property
    def untold(self) -> int:
        """How many cells of a long sum are marked in the table only."""
        return len(self.cells) - len(self.told)


@dataclass(kw_only=True)
class Paragraph:
    """A paragraph in segments, from where in its section, and the findings whose words begin in it."""

    start: int
    segments: list[Segment]
    findings: list[FindingView] = field(default_factory=list)


@dataclass(kw_only=True)
class Part:
    """A part of the report: heading, paragraphs, and its table with the findings on cells alone."""

    code: str
    heading: str
    is_missing: bool
    paragraphs: list[Paragraph] = field(default_factory=list)
    table: TableView | None = None
    table_findings: list[FindingView] = field(default_factory=list)


@dataclass(kw_only=True)
class ReportView:
    """The whole of it."""

    report: Report
    parts: list[Part]
    general: list[FindingView]
    findings: list[FindingView]
    shown: list[FindingView]
    illegible: int
    read_how: list[tuple[str, str, int]]
    notes: list[str]
    not_assessed: list[dict[str, Any]]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings stand where."""
        tally = {str(s): sum(f.standing == s for f in self.findings) for s in Standing}
        return tally | {"all": len(self.findings)}


def report_view(
    record: AnnualReport | StagedUpload,
    run: AuditRun | None = None,
    reviews: Mapping[str, FindingReview] | None = None,
    show: Standing | None = None,
    decisions: Mapping[str, CellDecision] | None = None,
) -> ReportView:
    """Lay out a report as it stands.

    Args:
        record: the registered report, or a file not yet registered.
        run: the audit whose findings are shown beside it.
        reviews: by key what was decided on the findings.
        show: which findings, by where they stand; None shows all.
        decisions: by cell what was decided on it, where the reader of the page may know by whom.
    """
    return laid_out(
        report_of(record),
        findings=run.findings if run else [],
        said={key: Said(standing(each), each) for key, each in (reviews or {}).items()},
        not_assessed=run.not_assessed if run else [],
        show=show,
        decided={cell: decided_text(each) for cell, each in (decisions or {}).items()},
        notes=list(record.reading.get("notes", ())),
    )


class Said(NamedTuple):
    """What a person said of a finding, and where it stands since."""

    standing: Standing
    review: FindingReview | Explanation | None


_UNSAID = Said(Standing.OPEN, None)


def laid_out(
    report: Report,
    *,
    findings: Iterable[dict[str, Any]],
    said: Mapping[str, Said],
    not_assessed: list[dict[str, Any]],
    show: Standing | None = None,
    decided: Mapping[str, str] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> ReportView:
    """Lay out a report, registered or not.

    Args:
        report: the report as it stands.
        findings: what its audit found, as `audit_worker` dumps it.
        said: by key what people said of the findings.
        not_assessed: what its audit could not check.
        show: which findings, by where they stand; None shows all.
        decided: by cell what is to be told of it beside its number.
        notes: what its reader noted.
    """
    findings = _finding_views(report, findings, said)
    shown = [f for f in findings if show is None or f.standing == show]
    tables = table_views(report, _mentions(shown), decided)
    parts = [_part(report, code, tables, shown) for code in ORDER if _is_worth_showing(report, code)]
    return ReportView(
        report=report,
        parts=parts,
        general=[f for f in shown if f.section is None],
        findings=findings,
        shown=shown,
        illegible=illegible_cells(report),
        read_how=_read_how(report),
        notes=list(notes),
        not_assessed=not_assessed,
    )


def _mentions(findings: Iterable[FindingView]) -> dict[str, list[Mention]]:
    named: dict[str, list[Mention]] = {}
    for finding in findings:
        for cell in finding.cells:
            is_main = not finding.is_long or cell == finding.cells[-1]
            named.setdefault(cell.id, []).append(Mention(finding.number, finding.level, is_main))
    return named


def _is_worth_showing(report: Report, code: SectionCode) -> bool:
    if code != SectionCode.PREAMBLE:
        return True
    preamble = report.section(code)
    return preamble is not None and bool(preamble.text.strip())


def _finding_views(
    report: Report, findings: Iterable[dict[str, Any]], said: Mapping[str, Said]
) -> list[FindingView]:
    placed = sorted(((_placed(report, f), f) for f in findings), key=lambda pair: _reading_order(pair[0]))
    return [
        _finding_view(report, number, finding, place, said.get(finding["key"], _UNSAID))
        for number, (place, finding) in enumerate(placed, 1)
    ]


Placed = tuple[SectionCode | None, Span | None]


def _placed(report: Report, finding: dict[str, Any]) -> Placed:
    """Return the part a finding stands beside, and its words there if it quotes any."""
    quote = finding["quote"]
    if quote:
        code = SectionCode(quote["section"])
        section = report.section(code)
        if section and section.text[quote["start"] : quote["end"]] == quote["text"]:
            return code, Span(quote["start"], quote["end"], tuple(map(tuple, quote["marks"])))
        return code if section else None, None
    if finding["where"]:
        return SECTION_OF[CellId.parse(finding["where"][0]).table], None
    return None, None


def _reading_order(place: Placed) -> tuple[int, int, int]:
    code, span = place
    return (ORDER.index(code) if code else -1, 0 if span else 1, span.start if span else 0)


def _finding_view(
    report: Report, number: int, finding: dict[str, Any], place: Placed, said: Said
) -> FindingView:
    quote = finding["quote"] or {"text": "", "marks": []}
    return FindingView(
        number=number,
        key=finding["key"],
        code=finding["code"],
        title=finding["title"],
        source=finding["source"],
        level=finding["level"],
        level_name=LEVEL_NAMES[Level(finding["level"])],
        message=finding["message"],
        quote=quote["text"],
        marked=tuple(quote["text"][start:end] for start, end in quote["marks"]),
        cells=tuple(_cell_link(report, CellId.parse(name)) for name in finding["where"]),
        standing=said.standing,
        review=said.review,
        section=place[0],
        span=place[1],
    )


def _cell_link(report: Report, cell: CellId) -> CellLink:
    return CellLink(
        id=str(cell),
        name=report.form.name(cell),
        short=short_name(report, cell),
        text=cell_text(report.value(cell)) or BLANK_TEXT,
    )


def _part(
    report: Report, code: SectionCode, tables: Mapping[int, TableView], shown: list[FindingView]
) -> Part:
    section = report.section(code)
    number = TABLE_OF.get(code)
    return Part(
        code=code.value,
        heading=(section.heading if section else "") or SECTION_TITLES.get(code, ""),
        is_missing=section is None,
        paragraphs=_paragraphs(section.text, [f for f in shown if f.section == code]) if section else [],
        table=tables.get(number) if number else None,
        table_findings=[f for f in shown if f.section == code and f.span is None],
    )


def _paragraphs(text: str, findings: list[FindingView]) -> list[Paragraph]:
    """Cut a part's text into paragraphs, each with the findings whose words begin in it."""
    quoting = [(f.number, f.level, f.span) for f in findings if f.span]
    paragraphs, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            beside = [f for f in findings if f.span and start <= f.span.start <= end]
            segments = segmented(text, start, end, quoting)
            paragraphs.append(Paragraph(start=start, segments=segments, findings=beside))
        start = end + 1
    return paragraphs


def _read_how(report: Report) -> list[tuple[str, str, int]]:
    """Return (code, name, number of cells) for each way in which cells were read, as the legend shows it."""
    tally = dict.fromkeys(HOW_NAMES, 0)
    for name in report.form.cells():
        tally[shade(report, name)] += 1
    return [(str(how), HOW_NAMES[how], count) for how, count in tally.items() if count]
