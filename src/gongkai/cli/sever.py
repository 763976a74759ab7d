"""`gongkai sever`: what must not be disclosed is found in a PDF, blacked out and proved to be gone."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.cli.inputs import reason
from gongkai.cli.outputs import is_among
from gongkai.cli.parser import Parser
from gongkai.law.grounds import GROUNDS
from gongkai.proofing import personal_data
from gongkai.severing import (
    Mark,
    NotSeverable,
    SeveranceFailed,
    dump_marks,
    find,
    load_marks,
    locate,
    sever,
)
from gongkai.severing.cutting import LEAST_DPI, MOST_DPI

_EPILOG = """退出码：0 正常；2 参数有误，文件不能处理，或者结果未通过核验（这时不写出文件）。

标记文件是 JSON 列表，每处写明 page（从 1 起）、x0、y0、x1、y1（点，从所见页面的左上角起），可以写明
reason（理由）和 ground（依据代号）。可以先用 --find、--personal 和 --save-marks 生成，核对修改后再用
--marks。结果的每一页都是图片，其中没有文字、批注、附件和文档属性；图片中的内容须用 --marks 标出。"""


def parser() -> Parser:
    """Return the command's parser."""
    made = Parser("sever", "对 PDF 作区分处理：涂黑不予公开的内容，并核验涂黑的内容不能恢复。", _EPILOG)
    made.add_argument("file", metavar="FILE", type=Path, help="原件，PDF")
    made.add_argument("--marks", metavar="MARKS", type=Path, help="标记文件，JSON")
    made.add_argument(
        "--find", metavar="TEXT", action="append", default=[], help="涂黑这段文字，可以多次使用"
    )
    made.add_argument("--personal", action="store_true", help="涂黑身份证号码、手机号码等个人信息")
    made.add_argument("--reason", default="", help="查找到的内容不予公开的理由")
    made.add_argument(
        "--ground", metavar="CODE", default="", choices=("", *GROUNDS), help=f"依据：{', '.join(GROUNDS)}"
    )
    made.add_argument("-o", "--output", metavar="OUT", type=Path, help="写入这个 PDF 文件")
    made.add_argument("--save-marks", metavar="MARKS", type=Path, help="把全部标记写入这个文件")
    made.add_argument("--dpi", type=int, default=200, help=f"清晰度，{LEAST_DPI} 至 {MOST_DPI}，默认 200")
    made.add_argument("--no-list", action="store_true", help="末页不附区分处理说明")
    return made


def main(words: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    asked = parser()
    options = asked.parse(words)
    if not (options.marks or options.find or options.personal):
        asked.error("须用 --marks、--find 或者 --personal 指明涂黑什么")
    if not (options.output or options.save_marks):
        asked.error("须用 --output 或者 --save-marks 指明写到哪里")
    if not LEAST_DPI <= options.dpi <= MOST_DPI:
        asked.error(f"--dpi 应在 {LEAST_DPI} 至 {MOST_DPI} 之间")
    try:
        return _severed(options)
    except (NotSeverable, SeveranceFailed) as error:
        print(f"gongkai sever：{error}", file=sys.stderr)
    except OSError as error:
        print(f"gongkai sever：{error.filename}：{reason(error)}", file=sys.stderr)
    return 2


def _severed(options: Namespace) -> int:
    pdf = options.file.read_bytes()
    if is_among(options.output, (options.file,)):
        raise NotSeverable("不能覆盖原件，请把结果写入另一个文件。")
    marks = _marks(pdf, options)
    if options.save_marks:
        options.save_marks.write_text(dump_marks(marks), encoding="utf-8")
        print(f"标记 {len(marks)} 处，已写入 {options.save_marks}")
    if options.output:
        severed = sever(pdf, marks, dpi=options.dpi, listed=not options.no_list)
        options.output.write_bytes(severed.pdf)
        print(f"涂黑 {len(marks)} 处（{_by_page(marks)}），核验通过，已写入 {options.output}")
        if severed.elsewhere:
            print(
                f"请核对：涂黑的文字还出现在别处，没有涂黑（{_by_page(severed.elsewhere)}）", file=sys.stderr
            )
    return 0


def _marks(pdf: bytes, options: Namespace) -> tuple[Mark, ...]:
    marks = list(load_marks(options.marks.read_bytes())) if options.marks else []
    for text in options.find:
        if not text.strip():
            raise NotSeverable("要查找的文字不能为空。")
        found = find(pdf, text, reason=options.reason, ground=options.ground)
        if not found:
            raise NotSeverable(f"文件的文字中没有“{text}”；在图片中的，请用 --marks 标出。没有写出文件。")
        marks += found
    if options.personal:
        found = locate(pdf, personal_data, ground=options.ground)
        marks += [replace(mark, reason=options.reason) for mark in found] if options.reason else found
    return tuple(dict.fromkeys(marks))


def _by_page(marks: Iterable[Mark]) -> str:
    counted = sorted(Counter(mark.page for mark in marks).items())
    return "，".join(f"第 {page} 页 {count} 处" for page, count in counted)
