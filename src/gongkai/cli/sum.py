"""`gongkai sum`: members' reports added up, every cell with its addends, nobody twice."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.cli.inputs import Failure, Read, find_files, read_file, read_files, report_failures
from gongkai.cli.outputs import format_of, is_among, put
from gongkai.cli.parser import Parser
from gongkai.cli.shown import shown_value
from gongkai.cli.sum_json import as_json
from gongkai.cli.sum_text import print_sum
from gongkai.cli.texts import Unusable, read_text
from gongkai.papers.paper import PaperError
from gongkai.papers.sheets import Value as SheetValue
from gongkai.papers.sheets import write_xlsx
from gongkai.report.numerals import BLANK, Illegible
from gongkai.report.schema import Report
from gongkai.report.summing import Difference, Member, Summed, differences, imbalances, sum_reports
from gongkai.report.writing import write

_EPILOG = """每个机关只计一次：同一机关的几份报告、上级政府的报告里已包含的单位，都不重复相加。
汇总机关自己的报告（如县政府的报告）不计入，用来与各单位之和逐格核对。空白或者读不准的格
不当作 0，逐格列明是谁的。

例：
  gongkai sum 各单位年报/ --agency 霁川县人民政府 --expected 应报单位.txt --out 汇总.docx

退出码：0 全部计入；1 有未计入的报告、缺报的单位、不能相加的格、不平的勾稽或者核对不一致的格；
2 参数有误，或者有文件未能读取、写出（其余文件照常汇总）。"""


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("sum", "汇总各单位的年度报告，逐格列明加数，重复的不计两次。", _EPILOG)
    made.add_argument("files", nargs="+", metavar="FILE", help="文件、文件夹（含下级）、压缩包、邮件或通配符")
    made.add_argument("--agency", default="", metavar="NAME", help="汇总机关，如 霁川县人民政府")
    made.add_argument("--year", type=int, metavar="YEAR", help="报告年度，默认是多数报告的年度")
    made.add_argument("--expected", type=Path, metavar="LIST", help="应报单位名单，UTF-8 文本，每行一个")
    made.add_argument("--published", type=Path, metavar="FILE", help="已公布的政府报告，与各单位之和逐格核对")
    made.add_argument("--json", action="store_true", help="输出 JSON：汇总的报告和每格的加数")
    made.add_argument("-o", "--out", type=Path, metavar="OUT", help="把汇总的报告写入文件，格式按后缀")
    made.add_argument(
        "--detail", type=Path, metavar="OUT.xlsx", help="把各单位的数字写入电子表格，每个单位一行"
    )
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    found = find_files(options.files)
    _check_outputs(asked, options, found.files)
    expected = _names(asked, options.expected)
    failures, members, published = list(found.failures), [], None
    for each in read_files(found.files):
        if isinstance(each, Failure):
            failures.append(each)
        else:
            members.append(Member(report=each.reading.report, source=each.name))
    if options.published:
        read = read_file(options.published)
        if isinstance(read, Failure):
            failures.append(read)
        else:
            published = read
    if not members:
        report_failures(failures)
        return 2
    year = options.year or _year(asked, members)
    summed = sum_reports(members, year=year, agency=options.agency, expected=expected)
    try:
        unlike = list(_differences(summed, published))
        done = _write(summed, options)
    except (ValueError, PaperError) as error:
        print(f"gongkai sum：{error}", file=sys.stderr)
        return 2
    unbalanced = list(imbalances(summed))
    if options.json:
        shown = as_json(summed, unlike, unbalanced, failures)
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print_sum(summed, unlike, unbalanced)
    if report_failures(failures) or not done:
        return 2
    return 0 if summed.is_whole and not unlike and not unbalanced else 1


def _check_outputs(asked: Parser, options: Namespace, files: tuple[Path, ...]) -> None:
    if options.out:
        format_of(options.out, asked)
    if options.detail and options.detail.suffix.lower() != ".xlsx":
        asked.error("--detail 应以 .xlsx 结尾")
    read = (*files, *filter(None, (options.published, options.expected)))
    for option in ("out", "detail"):
        if is_among(getattr(options, option), read):
            asked.error(f"--{option} 会覆盖要读取的文件 {getattr(options, option)}，请换一个名字")


def _names(asked: Parser, path: Path | None) -> tuple[str, ...]:
    """Return the names in a list, a line each; blank lines are passed over."""
    if path is None:
        return ()
    try:
        text = read_text(path, 1, "单位名单")
    except Unusable as error:
        asked.error(f"--expected {error}")
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))


def _year(asked: Parser, members: Sequence[Member]) -> int:
    """Return the year most reports are for; those of others will be named."""
    years = Counter(each.report.year for each in members if each.report.year).most_common(2)
    if not years:
        asked.error("给出的报告都没有写明年度，请用 --year 指明汇总哪一年")
    if len(years) == 2 and years[0][1] == years[1][1]:
        asked.error(f"给出的报告有 {years[0][0]}、{years[1][0]} 年度的，请用 --year 指明汇总哪一年")
    return years[0][0]


def _differences(summed: Summed, published: Read | None) -> Iterator[Difference]:
    """Yield the differences with the published report, or else with the body's own among those given."""
    if published:
        yield from differences(summed, published.reading.report)
    elif summed.own:
        yield from differences(summed, summed.own.report)


def _write(summed: Summed, options: Namespace) -> bool:
    done = True
    if options.out:
        done = put(write(summed.report, options.out.suffix.lower().removeprefix(".")), options.out, "sum")
    if options.detail:
        done = put(_detail(summed), options.detail, "sum") and done
    return done


def _detail(summed: Summed) -> bytes:
    """Return the members' numbers as a spreadsheet: a member to a row, a cell of the form to a column."""
    form = summed.report.form
    header = ("机关", "文件", *(form.name(cell) for cell in form.cells()))
    rows = [[each.name, each.source, *_row(each.report)] for each in summed.members]
    total = ["合计", "", *_row(summed.report)]
    return write_xlsx(f"{summed.year}年各单位数字", header, [*rows, total], (30, 30))


def _row(report: Report) -> list[SheetValue]:
    values = map(report.value, report.form.cells())
    return [
        None if value is BLANK else shown_value(value) if isinstance(value, Illegible) else value
        for value in values
    ]
