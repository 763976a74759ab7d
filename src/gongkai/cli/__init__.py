"""The command `gongkai`.

Each command is a module of its own, imported only when chosen: help must come at once, and most commands need
libraries the others do not.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

from gongkai import __version__

__all__ = ["COMMANDS", "main", "run"]

INTERRUPTED = 130


class Command(NamedTuple):
    """Where a command's function lives, and what it does in one line."""

    module: str
    function: str
    summary: str


COMMANDS: Mapping[str, Command] = {
    "read": Command("gongkai.cli.read", "main", "读取年度报告，输出数据或表格"),
    "audit": Command("gongkai.cli.audit", "main", "审核年度报告，列出发现的问题"),
    "write": Command("gongkai.cli.write", "main", "把年度报告写成 Word、PDF、网页、电子表格"),
    "sum": Command("gongkai.cli.sum", "main", "汇总各单位的年度报告，逐格列明加数"),
    "compare": Command("gongkai.cli.compare", "main", "比较两份年度报告：数字、结转和正文"),
    "rules": Command("gongkai.cli.rules", "main", "列出审核规则及其依据"),
    "due": Command("gongkai.cli.due", "main", "计算法定期限，逐日说明"),
    "clock": Command("gongkai.cli.clock", "main", "推演一件申请的全过程：期限、瑕疵、救济、计入哪张表"),
    "sever": Command("gongkai.cli.sever", "main", "对 PDF 作区分处理：涂黑不予公开的内容并核验"),
    "letter": Command("gongkai.cli.letter", "main", "由案件事实生成文书（DOCX、PDF）"),
    "serve": Command("gongkai.cli.web", "serve", "启动网站"),
    "demo": Command("gongkai.cli.web", "demo", "启动演示网站"),
}

_HELP = """用法：gongkai 命令 [参数]

政府信息公开：读取、审核、写出、汇总和比较年度报告，计算法定期限，运行网站。

命令：
{commands}

选项：
  -h, --help     显示本帮助
  --version      显示版本

退出码：0 正常；1 有发现：审核的错误或者警告、汇总和比较的疑点；2 参数有误，或者有文件未能读取。
查看某一命令的用法：gongkai 命令 --help
"""


def usage() -> str:
    """Return the help text of the command as a whole."""
    return _HELP.format(commands="\n".join(f"  {name:<8} {c.summary}" for name, c in COMMANDS.items()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; nothing a user gives ends in a traceback.

    Args:
        argv: the words after `gongkai`; those of the process if None.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED


def _dispatch(words: list[str]) -> int:
    if not words:
        print(usage(), end="", file=sys.stderr)
        return 2
    name, *rest = words
    if name in ("-h", "--help"):
        print(usage(), end="")
        return 0
    if name == "--version":
        print(f"gongkai {__version__}")
        return 0
    command = COMMANDS.get(name)
    if command is None:
        near = get_close_matches(name, COMMANDS, n=1)
        hint = f"是不是 {near[0]}？" if near else "可用命令见 gongkai --help。"
        print(f"gongkai：没有“{name}”这个命令，{hint}", file=sys.stderr)
        return 2
    code: int = getattr(import_module(command.module), command.function)(rest)
    return code


def _knows_chinese(encoding: str) -> bool:
    try:
        "公开".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def run() -> None:
    """Run the command as a process: print on any terminal, end quietly when a pipe's reader has left."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding=stream.encoding if _knows_chinese(stream.encoding) else "utf-8",
                errors="backslashreplace",
            )
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        code = 141
    sys.exit(code)
