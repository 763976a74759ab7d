"""`gongkai compare`: two reports side by side, two years of a body or two bodies."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gongkai.cli.compare_html import as_html
from gongkai.cli.compare_text import as_text
from gongkai.cli.compare_values import Pair, as_json
from gongkai.cli.inputs import Failure, Read, read_file, report_failures
from gongkai.cli.outputs import is_among, put
from gongkai.cli.parser import Parser
from gongkai.report.auditing.bodies import name_of
from gongkai.report.auditing.series import same_body
from gongkai.report.compare import compare

_EPILOG = """同一机关的两份报告按年度先后排，不论给出的次序；相邻两年的还核对结转。增减幅度四舍五入
到两位小数，前一份为 0 或者空白的不算幅度。正文按句比较；相似度不计标题、数字和标点，
与规则 YR04 相同。

退出码：0 正常；1 结转对不上；2 参数有误，或者有文件未能读取、写出。"""


def _json(pair: Pair) -> str:
    return json.dumps(as_json(pair), ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Pair], str]] = {"text": as_text, "json": _json, "html": as_html}


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("compare", "比较两份年度报告：逐格增减、结转衔接、正文异同。", _EPILOG)
    made.add_argument("before", metavar="A", type=Path, help="一份报告，gongkai read 能读的任何文件")
    made.add_argument("after", metavar="B", type=Path, help="另一份报告")
    made.add_argument("--format", choices=tuple(FORMATS), default="text", help="输出格式，默认 text")
    made.add_argument("-o", "--output", type=Path, metavar="OUT", help="写入文件，不写到屏幕")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    files = (options.before, options.after)
    if is_among(options.output, files):
        asked.error(f"-o 会覆盖要比较的文件 {options.output}，请换一个名字")
    results = [read_file(path) for path in files]
    reads = [each for each in results if isinstance(each, Read)]
    if report_failures(each for each in results if isinstance(each, Failure)):
        return 2
    first, second = _in_order(*reads)
    comparison = compare(first.reading.report, second.reading.report)
    shown = FORMATS[options.format](Pair(comparison=comparison, before=first.name, after=second.name))
    if options.output is None:
        sys.stdout.write(shown)
    elif not put(shown.encode(), options.output, "compare"):
        return 2
    return int(any(link.holds is False for link in comparison.chain))


def _in_order(one: Read, other: Read) -> tuple[Read, Read]:
    """Return two readings, the earlier year of a body first."""
    a, b = one.reading.report, other.reading.report
    named = name_of(a) and name_of(b)
    swapped = bool(named and a.year and b.year and a.year > b.year and same_body(a, b))
    return (other, one) if swapped else (one, other)
