"""`gongkai read`: files in, reports out, as JSON values or as tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from gongkai.cli.inputs import Failure, Found, Read, find_files, read_files, report_failures
from gongkai.cli.parser import Parser
from gongkai.cli.tables import print_tables, table_console
from gongkai.report.codec import dump

_EPILOG = """退出码：0 全部读出；2 参数有误，或者有文件未能读取（其余文件照常输出）。

--json 给出一个文件时输出一个对象，给出多个文件、文件夹或通配符时输出列表。单元格为数字、
null（空白）或 {"raw": 原文, "candidates": [可能的数字]}（读不准）。"""


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("read", "读取年度报告的三张法定表格和正文。", _EPILOG)
    made.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="文件、文件夹（含下级）或通配符：docx doc pdf ofd xlsx xls ods html mht txt md json，"
        "扫描件 png jpg tif webp，压缩包 zip，邮件 eml",
    )
    shape = made.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="输出 JSON")
    shape.add_argument("--table", action="store_true", help="输出表格（默认）")
    made.add_argument("--provenance", action="store_true", help="JSON 中写明每格如何读出、在何处读出")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    if options.provenance and not options.json:
        asked.error("--provenance 须与 --json 同用")
    found = find_files(options.files)
    if options.json:
        return _as_json(found, provenance=options.provenance)
    return _as_tables(found)


def _as_json(found: Found, *, provenance: bool) -> int:
    results = list(read_files(found.files))
    several = found.several or len(results) > 1
    reports = [
        {"file": each.name} | dump(each.reading.report, each.reading.notes, provenance=provenance)
        for each in results
        if isinstance(each, Read)
    ]
    if reports or several:
        print(json.dumps(reports if several else reports[0], ensure_ascii=False, indent=1))
    failed = [each for each in results if isinstance(each, Failure)]
    return 2 if report_failures([*found.failures, *failed]) else 0


def _as_tables(found: Found) -> int:
    failed = list(found.failures)
    console = table_console()
    readings = read_files(found.files)
    for each in list(readings) if sys.stdout.isatty() else readings:  # no progress bar between tables
        if isinstance(each, Read):
            print_tables(each.reading, each.name, console)
        else:
            failed.append(each)
    return 2 if report_failures(failed) else 0
