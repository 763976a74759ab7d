"""`gongkai write`: a report from its JSON as the file that is filed, published or counted with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.inputs import Failure, Read, read_file, read_stream, report_failures
from gongkai.cli.outputs import STREAM, format_of, is_among, put
from gongkai.cli.parser import Parser
from gongkai.papers.paper import PaperError
from gongkai.report.numerals import Illegible
from gongkai.report.schema import Report
from gongkai.report.writing import FORMATS, write
from gongkai.report.writing.html import article_html
from gongkai.report.writing.json import write_json

_EPILOG = """例：
  gongkai read 年报.pdf --json > 年报.json
  gongkai write 年报.json --out 年报.docx

退出码：0 正常；2 参数有误，或者文件未能读取、写出。

写出的文件再读回来，数字和正文与原来的相同。空白的格仍为空白；读不准的格写作“？”。
JSON 的结构见 docs/report.schema.json。"""


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("write", "把年度报告写成 Word、PDF、网页、电子表格或者 JSON 文件。", _EPILOG)
    made.add_argument(
        "file",
        metavar="REPORT.json",
        help="gongkai read --json 的输出，- 为标准输入；也可以是能读取的其他文件",
    )
    made.add_argument("--to", choices=tuple(FORMATS), help="格式，默认按 --out 的后缀")
    made.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="写到文件，- 为标准输出")
    made.add_argument("--fragment", action="store_true", help="网页只写正文一段，不写整页（用于 html）")
    made.add_argument("--provenance", action="store_true", help="写明每格如何读出、在何处读出（用于 json）")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    if str(options.out) == STREAM and not options.to:
        asked.error("写到标准输出时须用 --to 指明格式")
    chosen = options.to or format_of(options.out, asked)
    for option, only in (("fragment", "html"), ("provenance", "json")):
        if getattr(options, option) and chosen != only:
            asked.error(f"--{option} 只用于 {only}")
    source = Path(options.file)
    if is_among(options.out, (source,)):
        asked.error(f"--out 会覆盖要读取的文件 {source}，请换一个名字")
    read = read_stream() if options.file == STREAM else read_file(source)
    if isinstance(read, Failure):
        report_failures([read])
        return 2
    try:
        data = _written(read, chosen, fragment=options.fragment, provenance=options.provenance)
    except PaperError as error:
        print(f"gongkai write：{error}", file=sys.stderr)
        return 2
    if not put(data, options.out, "write"):
        return 2
    if chosen != "json" and (doubtful := _doubtful(read.reading.report)):
        print(f"有 {doubtful} 格读不准，在文件里写作“？”。", file=sys.stderr)
    return 0


def _written(read: Read, chosen: str, *, fragment: bool, provenance: bool) -> bytes:
    report, notes = read.reading.report, read.reading.notes
    if fragment:
        return (article_html(report) + "\n").encode()
    return write_json(report, notes, provenance=provenance) if chosen == "json" else write(report, chosen)


def _doubtful(report: Report) -> int:
    return sum(isinstance(report.value(cell), Illegible) for cell in report.form.cells())
