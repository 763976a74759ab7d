"""The files a command writes, in the format their name says; what cannot be written is said in Chinese."""

from __future__ import annotations

import sys
from pathlib import Path

from gongkai.cli.inputs import reason
from gongkai.cli.parser import Parser
from gongkai.report.writing import FORMATS

STREAM = "-"


def format_of(out: Path, asked: Parser) -> str:
    """Return the format a file's name ends in; end the command if it is none of ours."""
    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        asked.error(f"--out 应以 {'、'.join(f'.{name}' for name in FORMATS)} 结尾")
    return suffix


def is_among(out: Path | None, files: tuple[Path, ...]) -> bool:
    """Whether a file to be written is one of those to be read."""
    return out is not None and any(_is_same(out, path) for path in files)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def put(data: bytes, out: Path | None, command: str) -> bool:
    """Write bytes to a file, or to standard output where it is - or none; say why not if that fails."""
    if out is None or str(out) == STREAM:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return True
    try:
        out.write_bytes(data)
    except OSError as error:
        print(f"gongkai {command}：无法写入 {out}（{reason(error)}）", file=sys.stderr)
        return False
    return True
