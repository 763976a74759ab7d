"""An argument parser that speaks Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from rich.cells import cell_len

from gongkai.cli.wide import padded, wrapped

_HELP_COLUMN = 26
_USAGE = "用法："
_CHINESE = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"one of the arguments (.+) is required", r"须从 \1 中选一个"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 与 \2 不能同时使用"),
    (r"argument (.+?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 应为整数，而不是 \2"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 不带值，多了 \2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


def in_chinese(message: str) -> str:
    """Return one of argparse's own messages in Chinese; any other as it is."""
    for pattern, chinese in _CHINESE:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, chinese, message, flags=re.DOTALL)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose second column stands straight although Chinese is two cells wide."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _USAGE if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        indent = " " * self._current_indent
        head = indent + self._format_action_invocation(action)
        lines = wrapped(self._expand_help(action), self._width - _HELP_COLUMN) if action.help else [""]
        if cell_len(head) > _HELP_COLUMN - 2:
            lines.insert(0, head)
        else:
            lines[0] = padded(head, _HELP_COLUMN) + lines[0]
        return "\n".join([lines[0], *(" " * _HELP_COLUMN + line for line in lines[1:])]) + "\n"


class Parser(argparse.ArgumentParser):
    """The parser of one command."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"gongkai {command}",
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本帮助")

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Return what the words ask for; files may stand before options, after them, or both."""
        self.usage = self.format_usage().removeprefix(_USAGE).strip().replace("%", "%%")
        return self.parse_intermixed_args(list(words))

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one Chinese sentence."""
        self.exit(2, f"{self.format_usage()}{self.prog}：{in_chinese(message)}\n")
