"""Texts a command is given, in a file or on standard input; what is wrong with one is said in Chinese."""

from __future__ import annotations

import json
import sys
from pathlib import Path

_MEGABYTE = 1024 * 1024


class Unusable(ValueError):
    """A text that cannot be used; `str()` is one Chinese sentence."""


def read_text(path: Path, megabytes: int, what: str) -> str:
    """Return the text of a file, or of standard input where it is -.

    Args:
        megabytes: the most it may have.
        what: what it is to be, in Chinese.
    Raises:
        Unusable: it cannot be opened, is too large, or is not UTF-8.
    """
    name, most = _name(path), megabytes * _MEGABYTE
    try:
        if str(path) == "-":
            raw = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(most + 1)
    except OSError:
        raise Unusable(f"打不开 {name}，请检查文件是否存在、能否读取") from None
    if len(raw) > most:
        raise Unusable(f"{name} 超过 {megabytes} MB，不像是{what}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{name} 不是 UTF-8 文本") from None


def read_json(path: Path, megabytes: int, what: str) -> object:
    """Return the JSON of a file, or of standard input where it is -.

    Raises:
        Unusable: as `read_text`, or it is no JSON.
    """
    text = read_text(path, megabytes, what)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"{_name(path)} 不是 JSON：第{error.lineno}行第{error.colno}列附近有误") from None
    except (RecursionError, ValueError):
        raise Unusable(f"{_name(path)} 嵌套过深，或者有过长的数字") from None


def _name(path: Path) -> str:
    return "标准输入" if str(path) == "-" else str(path)
