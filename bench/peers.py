"""Our reader beside other libraries and beside the bare floors: the same files, one core, warm, CPU time.

    just bench-peers --write       make the environment the peers need, measure, write docs/benchmarks.md
    python -m bench.peers          measure with what is installed; the others are named as not installed

Every tool gets the same files: so many seeds of each layout below. It opens each once to warm up, which is
also when its numbers are compared with the truth, and then so many rounds more, fewer once it has used up
its seconds; the table gives the mean over the files of each one's median and least CPU time.

`bench/floors.py` has the two floors of a format, the least a reader must do: *parse* opens the file and looks
at each text in it once; *tables* gives its tables as rows of cell texts. What a floor's rows hold of the form
is told like a peer's.

How the tables of a peer, which knows nothing of the form, are taken to the form's rows is said in
`bench/adapter.py`; it is one way for all.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import floors
from bench.adapter import Rows, adapted, compared
from bench.floors import decoded, plain

from gongkai.report.numerals import Value
from gongkai.report.reading import ReadingError, read_bytes
from gongkai.report.schema import CellId, Report
from gongkai.samples import BODIES, Rendered, make_report, render

LAYOUTS = {
    "html": ("html_clean", "html_portal", "html_word", "html_cut"),
    "docx": ("docx_merged", "docx_nested", "docx_revised"),
    "pdf": ("pdf_ruled", "pdf_pages"),
    "xlsx": ("sheet_whole", "sheet_parts"),
    "text": ("text_tabbed", "text_lines", "text_rows", "text_aligned"),
}
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PARSE, TABLES = "floor, parse", "floor, tables"


def _pandas_html(data: bytes) -> Rows:
    import pandas

    tables = pandas.read_html(
        io.StringIO(decoded(data)), flavor="lxml", keep_default_na=False, thousands=None
    )
    return [[plain(cell) for cell in row] for table in tables for row in table.to_numpy().tolist()]


def _pandas_xlsx(data: bytes) -> Rows:
    import pandas

    sheets = pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine")
    return [[plain(cell) for cell in row] for sheet in sheets.values() for row in sheet.to_numpy().tolist()]


def _python_docx(data: bytes) -> Rows:
    import docx

    return [row for table in docx.Document(io.BytesIO(data)).tables for row in _docx_rows(table)]


def _docx_rows(table: Any) -> Iterator[list[str]]:
    """The rows of a table and of those in its cells; `row.cells` is slow and asked for once a row."""
    for row in table.rows:
        cells = row.cells
        yield [cell.text for cell in cells]
        for cell in cells:
            for inner in cell.tables:
                yield from _docx_rows(inner)


def _pdfplumber(data: bytes) -> Rows:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            [cell or "" for cell in row]
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]


def _camelot(data: bytes) -> Rows:
    import camelot

    tables = camelot.read_pdf(io.BytesIO(data), pages="all", flavor="lattice")
    return [[str(cell) for cell in row] for table in tables for row in table.df.to_numpy().tolist()]


def _markitdown(suffix: str) -> Callable[[bytes], Rows]:
    def read(data: bytes) -> Rows:
        from markitdown import MarkItDown, StreamInfo

        if suffix not in _CONVERTERS:
            _CONVERTERS[suffix] = MarkItDown(enable_plugins=False)
        info = StreamInfo(extension=suffix, charset=None if suffix != ".html" else _charset(data))
        text = _CONVERTERS[suffix].convert_stream(io.BytesIO(data), stream_info=info).text_content
        lines = (line.strip() for line in text.split("\n"))
        return [re.split(r"(?<!\\)\|", line.strip("|")) for line in lines if line.startswith("|")]

    return read


_CONVERTERS: dict[str, Any] = {}


def _charset(data: bytes) -> str:
    declared = re.search(rb'charset="?([\w-]+)', data[:1000])
    return "gb18030" if declared and declared[1].lower().startswith(b"gb") else "utf-8"


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A way to open a format: its name, the distribution and module it needs, what it does with the bytes."""

    name: str
    package: str
    module: str
    run: Callable[[bytes], Rows | None]

    @property
    def installed(self) -> bool:
        """Whether its module can be imported."""
        return importlib.util.find_spec(self.module) is not None


def _floors(
    package: str, module: str, parse: Callable[[bytes], None], tables: Callable[[bytes], Rows] | None
) -> Sequence[Tool]:
    runs = {PARSE: parse} | ({TABLES: tables} if tables else {})
    return [Tool(name=name, package=package, module=module, run=run) for name, run in runs.items()]


def _converter(suffix: str) -> Tool:
    return Tool(name="MarkItDown", package="markitdown", module="markitdown", run=_markitdown(suffix))


TOOLS: Mapping[str, Sequence[Tool]] = {
    "html": (
        *_floors("selectolax", "selectolax", floors.parse_html, floors.html_tables),
        Tool(name="pandas.read_html", package="pandas", module="pandas", run=_pandas_html),
        _converter(".html"),
    ),
    "docx": (
        *_floors("lxml", "lxml", floors.parse_docx, floors.docx_tables),
        Tool(name="python-docx", package="python-docx", module="docx", run=_python_docx),
        _converter(".docx"),
    ),
    "pdf": (
        *_floors("pypdfium2", "pypdfium2", floors.parse_pdf, None),
        Tool(name="pdfplumber", package="pdfplumber", module="pdfplumber", run=_pdfplumber),
        Tool(name="camelot, lattice", package="camelot-py", module="camelot", run=_camelot),
        _converter(".pdf"),
    ),
    "xlsx": (
        *_floors("python-calamine", "python_calamine", floors.parse_xlsx, floors.xlsx_tables),
        Tool(name="pandas.read_excel, calamine", package="pandas", module="pandas", run=_pandas_xlsx),
        _converter(".xlsx"),
    ),
    "text": _floors("", "builtins", floors.parse_text, floors.text_tables),
}


def _ours(data: bytes, name: str) -> Report | None:
    try:
        return read_bytes(data, name).report
    except ReadingError:
        return None


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a tool did with the files of a format: milliseconds a file; shares of the form's numbers."""

    median: float
    least: float
    right: float | None = None
    wrong: float | None = None


def samples(kind: str, seeds: int) -> list[Rendered]:
    """Return the files of a format, over bodies and both editions of the form."""
    return [
        render(make_report(seed, BODIES[seed % len(BODIES)].name, (2024, 2022, 2019)[seed % 3]), layout, seed)
        for layout in LAYOUTS[kind]
        for seed in range(seeds)
    ]


def measure(files: Sequence[Rendered], tool: Tool | None, rounds: int, seconds: float) -> Measured:
    """Time a tool, or our reader if None, on files; one that gives rows or a report is also compared."""
    counts: list[tuple[int, int, int]] = []
    medians, least, budget = [], [], seconds / len(files)
    for file in files:
        act = _action(tool, file)
        started = time.process_time()
        found = act()
        if found is not None:
            counts.append(compared(file.report, found))
        times: list[float] = []
        while len(times) < rounds and (not times or time.process_time() - started < budget):
            begun = time.process_time()
            _read(tool, file)
            times.append(time.process_time() - begun)
        medians.append(statistics.median(times) * 1000)
        least.append(min(times) * 1000)
    numbers, right, wrong = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return Measured(
        median=statistics.mean(medians),
        least=statistics.mean(least),
        right=right / numbers if numbers else None,
        wrong=wrong / numbers if numbers else None,
    )


def _read(tool: Tool | None, file: Rendered) -> Report | Rows | None:
    return tool.run(file.data) if tool else _ours(file.data, file.name)


def _action(tool: Tool | None, file: Rendered) -> Callable[[], dict[CellId, Value] | None]:
    def act() -> dict[CellId, Value] | None:
        result = _read(tool, file)
        if isinstance(result, Report):
            return {cell: result.value(cell) for cell in result.form.cells()}
        if result is None:
            return {} if tool is None else None
        return adapted(result, file.report)

    return act


def table(seeds: int, rounds: int, seconds: float) -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    yield "| format | tool | ms a file | least | × parse | × tables | × ours | numbers right | wrong |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for kind, tools in TOOLS.items():
        files = samples(kind, seeds)
        ours = measure(files, None, rounds, seconds)
        done = {tool.name: measure(files, tool, rounds, seconds) for tool in tools if tool.installed}
        base = [done.get(PARSE), done.get(TABLES), ours]
        yield _row(kind, "**gongkai**", ours, base)
        for tool in tools:
            if tool.name not in done:
                yield f"| {kind} | {tool.name} | not installed | | | | | | |"
            elif tool.name in (PARSE, TABLES):
                yield _row(kind, f"{tool.name}: {tool.package or 'plain Python'}", done[tool.name], base)
            else:
                yield _row(kind, tool.name, done[tool.name], base)


def _row(kind: str, name: str, this: Measured, base: Sequence[Measured | None]) -> str:
    """Write a row; `base` is what the ratios are of: the two floors, where there are, and ours."""
    shares = ("—" if share is None else f"{share:.1%}" for share in (this.right, this.wrong))
    ratios = ("—" if each is None else f"{this.least / each.least:.2f}" for each in base)
    return f"| {' | '.join((kind, name, f'{this.median:.2f}', f'{this.least:.2f}', *ratios, *shares))} |"


def machine() -> str:
    """Return what the run stood on: processor, Python, versions of the tools."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.exists() else []
    packages = sorted({t.package for tools in TOOLS.values() for t in tools if t.package and t.installed})
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{processor}, one core; {platform.system()}; CPython {platform.python_version()}; {versions}."


INTRODUCTION = """# Benchmarks against other libraries

Written by `just bench-peers --write`, which does

    uv venv .venv-bench
    uv pip install --python .venv-bench/bin/python -e . --group bench
    .venv-bench/bin/python -m bench.peers --write

`bench/peers.py` says in its docstring how tools are timed, and `bench/adapter.py` how the tables of a library
that does not know the form are taken to the form's rows. The times are those of one run on one machine: this
page is not compared in continuous integration, and only the ratios travel.

`ms a file` is the median CPU time and `least` the shortest; the ratios are of the shortest. Two floors are
the least Python over a bare library (`bench/floors.py`): *parse* opens the file and looks at every text in it
once, and finds nothing; *tables* gives every table as rows of cell texts, as a peer does. A PDF has no second
floor, for it holds no tables, only glyphs and lines. Ours ends with a report: rows found, numbers at their
places and proved by the sums, prose and head read.

Some of the files are traps on purpose, as real ones are: tracked changes in Word files, tables inside tables,
tables cut by the end of a page, hidden sheets of another year.
"""


def main() -> None:
    """Measure, print the table, and write the page if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, help="files of each layout")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=15, help="for one tool on one format")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lines = []
    for line in table(options.seeds, options.rounds, options.seconds):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        shown = "\n".join(lines)
        PAGE.write_text(f"{INTRODUCTION}\n{shown}\n\nMeasured on: {machine()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
