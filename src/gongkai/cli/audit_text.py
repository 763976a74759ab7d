"""An audit as a person reads it in a terminal or a text file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from gongkai.cli.checked import Checked, section_title, source_of, tally
from gongkai.cli.inputs import Failure
from gongkai.cli.shown import headline, shown_value
from gongkai.cli.wide import clean, clipped, padded
from gongkai.report.findings import LEVEL_NAMES, Finding, Level, Quote
from gongkai.report.schema import CellId, Column, Report, Row

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_LABEL_WIDTH = 34
_MOST_ROWS = 8
_CONTEXT = 40
_STOPS = "。；！？\n"
_MOST_REASONS = 6


@dataclass(frozen=True, kw_only=True)
class Pen:
    """How things are made to stand out: by the terminal's own means, or by brackets where it has none."""

    colours: bool

    def mark(self, text: str) -> str:
        """Mark the number or cell in question."""
        return f"\x1b[1;4m{text}\x1b[0m" if self.colours else f"【{text}】"

    def level(self, level: Level) -> str:
        """Name a level."""
        name = LEVEL_NAMES[level]
        return f"\x1b[1;{_COLOURS[level]}m{name}\x1b[0m" if self.colours else name

    def bold(self, text: str) -> str:
        """Set a head line off."""
        return f"\x1b[1m{text}\x1b[0m" if self.colours else text

    def width(self, text: str, *, marked: bool) -> int:
        """Return the terminal cells a text takes, marked or not."""
        return cell_len(text) + (4 if marked and not self.colours else 0)


def as_text(checked: Sequence[Checked], failures: Sequence[Failure], *, colours: bool) -> str:
    """Return the findings file by file, and a closing line where there are several files."""
    pen = Pen(colours=colours)
    parts = ["\n".join(_file(each, pen)) for each in checked]
    if len(checked) + len(failures) > 1:
        faulty = sum(bool(each.audit.findings) for each in checked)
        closing = f"共审核 {len(checked)} 份，{faulty} 份有发现：{tally(checked)}。"
        parts.append(closing + (f"另有 {len(failures)} 份未能读取。" if failures else ""))
    return "\n\n".join(parts) + "\n" if parts else ""


def _file(checked: Checked, pen: Pen) -> Iterator[str]:
    yield pen.bold(headline(checked.report, checked.name))
    if checked.last:
        yield f"  与上年报告核对：{clean(checked.last)}"
    for note in checked.reading.notes:
        yield f"  注：{clean(note)}"
    yield f"  {tally([checked])}" if checked.audit.findings else "  没有发现问题"
    for finding in checked.findings:
        yield ""
        yield from _finding(checked.report, finding, pen)
    if checked.audit.not_assessed:
        yield ""
        yield from _not_assessed(checked)


def _finding(report: Report, finding: Finding, pen: Pen) -> Iterator[str]:
    yield f"  {pen.level(finding.level)} {finding.code}  {clean(finding.message)}"
    yield from _rows(report, finding.where, pen)
    if finding.quote:
        title = clean(section_title(report, finding.quote.section))
        yield f"      原文（{title}）：{_quoted(report, finding.quote, pen)}"
    if source := source_of(finding.code):
        yield f"      依据：{source}"


def _rows(report: Report, where: Sequence[CellId], pen: Pen) -> Iterator[str]:
    """Yield the rows the cells stand in, under their columns' names, the cells marked."""
    named = list(dict.fromkeys((cell.table, cell.row) for cell in where))
    rows = [(number, report.form.table(number).row(code)) for number, code in named[:_MOST_ROWS]]
    for (number, columns), run in groupby(rows, key=lambda pair: (pair[0], pair[1].columns)):
        yield from _run(report, number, columns, [row for _, row in run], where, pen)
    if len(named) > _MOST_ROWS:
        yield f"      ……另有 {len(named) - _MOST_ROWS} 行"


def _run(
    report: Report,
    number: int,
    columns: Sequence[Column],
    rows: Sequence[Row],
    where: Sequence[CellId],
    pen: Pen,
) -> Iterator[str]:
    """Yield rows that share their columns, aligned under one head."""
    values = [[CellId(number, row.code, column.code) for column in columns] for row in rows]
    texts = [[(shown_value(report.value(cell)), cell in where) for cell in line] for line in values]
    widths = [
        max(cell_len(column.label), *(pen.width(line[i][0], marked=line[i][1]) for line in texts))
        for i, column in enumerate(columns)
    ]
    head = [padded(c.label, w, right=True) for c, w in zip(columns, widths, strict=True)]
    yield "      " + "  ".join([padded(f"表{'零一二三四'[number]}", _LABEL_WIDTH), *head])
    for row, line in zip(rows, texts, strict=True):
        cells = [_value(text, width, marked, pen) for (text, marked), width in zip(line, widths, strict=True)]
        yield "      " + "  ".join([padded(clipped(row.label, _LABEL_WIDTH), _LABEL_WIDTH), *cells])


def _value(text: str, width: int, marked: bool, pen: Pen) -> str:
    if not marked:
        return padded(text, width, right=True)
    return " " * (width - pen.width(text, marked=True)) + pen.mark(text)


def _quoted(report: Report, quote: Quote, pen: Pen) -> str:
    """Return the quotation in its sentence, the marked spans marked, or the whole of it if none is."""
    section = report.section(quote.section)
    at_home = section is not None and section.text[quote.start : quote.end] == quote.text
    text, shift = (section.text, quote.start) if section and at_home else (quote.text, 0)
    marks = sorted(quote.marks) or [(0, len(quote.text))]
    first, last = marks[0][0] + shift, max(end for _, end in marks) + shift
    sentence_begin, sentence_end = _sentence(text, first, last)
    begin, end = max(sentence_begin, first - _CONTEXT), min(sentence_end, last + _CONTEXT)
    shown, at = "……" if begin > sentence_begin else "", begin
    for start, stop in marks:
        if start + shift >= at and stop > start:
            shown += clean(text[at : start + shift]) + pen.mark(clean(text[start + shift : stop + shift]))
            at = stop + shift
    return f"“{shown}{clean(text[at:end])}{'……' if end < sentence_end else ''}”"


def _sentence(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where the sentence around `text[first:last]` begins and ends."""
    begin = max(text.rfind(stop, 0, first) for stop in _STOPS) + 1
    ends = [found for stop in _STOPS if (found := text.find(stop, last)) >= 0]
    end = min(ends, default=len(text) - 1) + 1
    return begin, end


def _not_assessed(checked: Checked) -> Iterator[str]:
    reasons: dict[tuple[str, str], int] = {}
    for each in checked.audit.not_assessed:
        reasons[each.code, each.why] = reasons.get((each.code, each.why), 0) + 1
    yield f"  未能核对 {len(checked.audit.not_assessed)} 项："
    for (code, why), times in list(reasons.items())[:_MOST_REASONS]:
        yield f"    {code}  {clean(why)}{f'（{times} 处）' if times > 1 else ''}"
    if len(reasons) > _MOST_REASONS:
        yield f"    ……另有 {len(reasons) - _MOST_REASONS} 种情形，见 --format json"
