"""An audit as a person reads it in a terminal or a text file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from gongkai.cli.checked import Checked, section_title, source_of, tally
from gongkai.cli.inputs import Failure
from gongkai.cli.shown import clean, clipped, headline, padded, shown_value
from gongkai.report.findings import LEVEL_NAMES, Finding, Level, Quote
from gongkai.report.schema import CellId, Report

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_LABEL_WIDTH = 34
_MOST_ROWS = 8
_CONTEXT = 40
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

    def width(self, text: str) -> int:
        """Return the terminal cells `mark(text)` takes."""
        return cell_len(text) + (0 if self.colours else 4)


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
        yield f"      原文（{title}）：{_quoted(finding.quote, pen)}"
    if source := source_of(finding.code):
        yield f"      依据：{source}"


def _rows(report: Report, where: Sequence[CellId], pen: Pen) -> Iterator[str]:
    """Yield the rows the cells stand in, under their columns' names, the cells marked."""
    rows = list(dict.fromkeys((cell.table, cell.row) for cell in where))
    head = ""
    for number, code in rows[:_MOST_ROWS]:
        row = report.form.table(number).row(code)
        cells = [CellId(number, code, column.code) for column in row.columns]
        texts = [shown_value(report.value(cell)) for cell in cells]
        marks = [cell in where for cell in cells]
        widths = [max(cell_len(c.label), pen.width(t)) for c, t in zip(row.columns, texts, strict=True)]
        labels = (padded(c.label, w, right=True) for c, w in zip(row.columns, widths, strict=True))
        new_head = "  ".join([padded(f"表{'零一二三四'[number]}", _LABEL_WIDTH), *labels])
        if new_head != head:
            yield f"      {new_head}"
            head = new_head
        values = (_value(t, w, m, pen) for t, w, m in zip(texts, widths, marks, strict=True))
        yield f"      {'  '.join([padded(clipped(row.label, _LABEL_WIDTH), _LABEL_WIDTH), *values])}"
    if len(rows) > _MOST_ROWS:
        yield f"      ……另有 {len(rows) - _MOST_ROWS} 行"


def _value(text: str, width: int, marked: bool, pen: Pen) -> str:
    if not marked:
        return padded(text, width, right=True)
    return " " * (width - pen.width(text)) + pen.mark(text)


def _quoted(quote: Quote, pen: Pen) -> str:
    """Return the quotation with its marked spans, cut at both ends to what stands near them."""
    first = min((start for start, _ in quote.marks), default=0)
    last = max((end for _, end in quote.marks), default=len(quote.text))
    begin, end = max(0, first - _CONTEXT), min(len(quote.text), last + _CONTEXT)
    shown, at = "……" if begin else "", begin
    for start, stop in sorted(quote.marks):
        if start >= at and stop > start:
            shown += clean(quote.text[at:start]) + pen.mark(clean(quote.text[start:stop]))
            at = stop
    return "“" + shown + clean(quote.text[at:end]) + ("……”" if end < len(quote.text) else "”")


def _not_assessed(checked: Checked) -> Iterator[str]:
    reasons: dict[tuple[str, str], int] = {}
    for each in checked.audit.not_assessed:
        reasons[each.code, each.why] = reasons.get((each.code, each.why), 0) + 1
    yield f"  未能核对 {len(checked.audit.not_assessed)} 项："
    for (code, why), times in list(reasons.items())[:_MOST_REASONS]:
        yield f"    {code}  {clean(why)}{f'（{times} 处）' if times > 1 else ''}"
    if len(reasons) > _MOST_REASONS:
        yield f"    ……另有 {len(reasons) - _MOST_REASONS} 种情形，见 --format json"
