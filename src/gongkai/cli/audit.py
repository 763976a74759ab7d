"""`gongkai audit`: read reports, run the rules, show the findings."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gongkai.cli.audit_html import as_html
from gongkai.cli.audit_json import as_json
from gongkai.cli.audit_sarif import as_sarif
from gongkai.cli.audit_text import as_text
from gongkai.cli.checked import Checked
from gongkai.cli.inputs import (
    Failure,
    Read,
    find_files,
    read_file,
    read_files,
    reason,
    report_failures,
    with_progress,
)
from gongkai.cli.parser import Parser
from gongkai.report.auditing import RULES, audit
from gongkai.report.findings import Level

_EPILOG = """同一机关相邻两年的报告一起给出时，前一年的自动作为后一年的上年报告，核对结转等衔接。

退出码：0 没有错误和警告（只有提示也算；加 --strict 则有提示也算发现）；1 有错误或者警告；
2 参数有误，或者有文件未能读取（其余文件照常审核）。"""

_Year = tuple[str | None, int | None]
Render = Callable[[Sequence[Checked], Sequence[Failure], bool, bool], str]


def _text(checked: Sequence[Checked], failures: Sequence[Failure], _: bool, colours: bool) -> str:
    return as_text(checked, failures, colours=colours)


def _json(checked: Sequence[Checked], _: Sequence[Failure], several: bool, __: bool) -> str:
    values = [as_json(each) for each in checked]
    if not values and not several:
        return ""
    return json.dumps(values if several else values[0], ensure_ascii=False, indent=1) + "\n"


def _sarif(checked: Sequence[Checked], failures: Sequence[Failure], _: bool, __: bool) -> str:
    return json.dumps(as_sarif(checked, failures), ensure_ascii=False, indent=1) + "\n"


def _html(checked: Sequence[Checked], failures: Sequence[Failure], _: bool, __: bool) -> str:
    return as_html(checked, failures)


FORMATS: Mapping[str, Render] = {"text": _text, "json": _json, "sarif": _sarif, "html": _html}


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("audit", "审核年度报告：表内和表间勾稽、正文与表格、格式和公布。", _EPILOG)
    made.add_argument("files", nargs="+", metavar="FILE", help="文件、文件夹（含下级）、压缩包、邮件或通配符")
    made.add_argument("--last", type=Path, metavar="FILE", help="上年报告，用于核对衔接（只审核一个文件时）")
    made.add_argument("--format", choices=tuple(FORMATS), default="text", help="输出格式，默认 text")
    made.add_argument("-o", "--output", type=Path, metavar="OUT", help="写入文件，不写到屏幕")
    made.add_argument("--select", metavar="CODES", help="只用这些规则：代号或其开头，逗号分隔，如 RQ,NR01")
    made.add_argument("--ignore", metavar="CODES", help="不用这些规则")
    made.add_argument("--strict", action="store_true", help="有提示也以退出码 1 结束")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    select, ignore = (_codes(asked, text) for text in (options.select, options.ignore))
    found = find_files(options.files)
    if options.last and found.several:
        asked.error("--last 只能与一个文件同用；多年的报告可以一起给出，会自动衔接")
    if options.output and any(_is_same(options.output, path) for path in (*found.files, options.last)):
        asked.error(f"-o 会覆盖要审核的文件或者上年报告 {options.output}，请换一个名字")
    results = list(read_files(found.files))
    several = found.several or len(results) > 1
    failures = [*found.failures, *(each for each in results if isinstance(each, Failure))]
    reads = [each for each in results if isinstance(each, Read)]
    pairs, unpaired = _with_last(reads, options.last)
    failures += unpaired
    checked = [
        Checked(
            name=each.name,
            reading=each.reading,
            audit=audit(
                each.reading.report, last=last.reading.report if last else None, select=select, ignore=ignore
            ),
            last=last.name if last else None,
        )
        for each, last in with_progress(pairs, "审核", len(pairs))
    ]
    colours = options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    written = _write(FORMATS[options.format](checked, failures, several, colours), options.output)
    return 2 if report_failures(failures) or not written else _verdict(checked, strict=options.strict)


def _is_same(output: Path, path: Path | None) -> bool:
    try:
        return path is not None and output.samefile(path)
    except OSError:
        return False


def _codes(asked: Parser, text: str | None) -> tuple[str, ...]:
    """Return the codes of a list, each known to be, or to begin, a rule's."""
    codes = tuple(code.strip().upper() for code in (text or "").replace("，", ",").split(",") if code.strip())
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            asked.error(f"没有代号为 {code} 的规则，全部规则见 gongkai rules")
    return codes


def _with_last(
    reads: Sequence[Read], given: Path | None
) -> tuple[list[tuple[Read, Read | None]], list[Failure]]:
    """Pair each report with the same body's report of the year before, if it is given or among them."""
    if given is None:
        years: dict[_Year, list[Read]] = {}
        for each in reads:
            years.setdefault((each.reading.report.agency, each.reading.report.year), []).append(each)
        return [(each, _year_before(each, years)) for each in reads], []
    last = read_file(given)
    if isinstance(last, Failure):
        return [(each, None) for each in reads], [last]
    for each in reads:
        year, year_before = each.reading.report.year, last.reading.report.year
        if year and year_before and year_before != year - 1:
            why = f"作为上年报告不能用：它是 {year_before} 年的报告，不是 {year} 年的上年，未作衔接核对"
            return [(read, None) for read in reads], [Failure(name=last.name, why=why)]
    return [(each, last) for each in reads], []


def _year_before(each: Read, years: Mapping[_Year, Sequence[Read]]) -> Read | None:
    """Return the same body's report of the year before; of several files only if their tables agree."""
    report = each.reading.report
    if report.agency is None or report.year is None:
        return None
    found = years.get((report.agency, report.year - 1), ())
    if len({tuple(map(other.reading.report.value, report.form.cells())) for other in found}) <= 1:
        return next(iter(found), None)
    names = "、".join(other.name for other in found)
    print(f"{each.name} 未与上年核对：上年报告有 {len(found)} 份，数字不同（{names}）", file=sys.stderr)
    return None


def _write(text: str, output: Path | None) -> bool:
    if output is None:
        sys.stdout.write(text)
        return True
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"gongkai audit：无法写入 {output}（{reason(error)}）", file=sys.stderr)
        return False
    return True


def _verdict(checked: Sequence[Checked], *, strict: bool) -> int:
    levels = {finding.level for each in checked for finding in each.audit.findings}
    return int(bool(levels if strict else levels & {Level.ERROR, Level.WARNING}))
