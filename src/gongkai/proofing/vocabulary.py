"""Words commonly miswritten in official texts, with their right form: `wordings.toml`, and a body's own file.

    [[wording]]
    wrong = "按排"
    right = "安排"
    note = "形近误写"
    except = ["按排名"]

`note`, `except` and `level` ("block", or "warn" as is usual) may be left out. `former = true` marks the name
of a body that has been renamed: it is right after 原.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_KEYS = {"wrong", "right", "note", "except", "level", "former"}
_STANDARD = Path(__file__).with_name("wordings.toml")


class WordingError(ValueError):
    """A list of wordings that cannot be used; `str()` is one Chinese sentence."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A wrong form and its right one; `exceptions` are longer words in which the wrong form is right."""

    wrong: str
    right: str
    note: str = ""
    exceptions: tuple[str, ...] = ()
    is_certain: bool = False
    is_former_name: bool = False


@cache
def standard_wordings() -> tuple[Wording, ...]:
    """Return the list that comes with the package."""
    return load_wordings(_STANDARD, ())


def load_wordings(path: Path, base: Iterable[Wording] | None = None) -> tuple[Wording, ...]:
    """Return `base` (the standard list where None) with the entries of a TOML file added.

    An entry replaces that of `base` for the same wrong form.

    Raises:
        WordingError: the file cannot be read, or holds no such entries.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WordingError(f"打不开 {path.name}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(f"{path.name} 不是 TOML 文件：{error}") from error
    entries = table.get("wording")
    if not isinstance(entries, list) or not entries:
        raise WordingError(f"{path.name} 里没有 [[wording]]")
    known = {each.wrong: each for each in (standard_wordings() if base is None else base)}
    own = [_wording(entry, f"{path.name} 第{i}条") for i, entry in enumerate(entries, 1)]
    if len({each.wrong for each in own}) < len(own):
        raise WordingError(f"{path.name} 里有重复的 wrong")
    return tuple((known | {each.wrong: each for each in own}).values())


def _wording(entry: Any, name: str) -> Wording:
    if not isinstance(entry, dict):
        raise WordingError(f"{name}应为 [[wording]]")
    if unknown := entry.keys() - _KEYS:
        raise WordingError(f"{name}有不认识的项：{'、'.join(sorted(unknown))}")
    wrong, right = str(entry.get("wrong", "")), str(entry.get("right", ""))
    exceptions = entry.get("except", [])
    if not wrong.strip() or not right.strip() or wrong == right:
        raise WordingError(f"{name}：wrong、right 应为不同的文字")
    if not isinstance(exceptions, list) or not all(wrong in str(e) for e in exceptions):
        raise WordingError(f"{name}：except 的每一项应包含“{wrong}”")
    level = entry.get("level", "warn")
    if level not in ("block", "warn"):
        raise WordingError(f"{name}：level 应为 block 或 warn")
    return Wording(
        wrong=wrong,
        right=right,
        note=str(entry.get("note", "")),
        exceptions=tuple(map(str, exceptions)),
        is_certain=level == "block",
        is_former_name=bool(entry.get("former", False)),
    )
