"""`gongkai serve` and `gongkai demo`: start the site, if its part of the distribution is installed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata

_GROUP = "gongkai.web"
_ABSENT = """gongkai {name}：没有安装网站组件，无法启动网站。
请先安装：pip install 'gongkai[web]'（缺少 {missing}）"""


def serve(words: Sequence[str]) -> int:
    """Start the site."""
    return _start("serve", words)


def demo(words: Sequence[str]) -> int:
    """Start the site on its sample county."""
    return _start("demo", words)


def _start(name: str, words: Sequence[str]) -> int:
    found = next(iter(metadata.entry_points(group=_GROUP, name=name)), None)
    if found is None:
        return _absent(name, _GROUP)
    try:
        start = found.load()
    except ModuleNotFoundError as error:
        return _absent(name, error.name or str(error))
    return int(start(list(words)) or 0)


def _absent(name: str, missing: str) -> int:
    print(_ABSENT.format(name=name, missing=missing), file=sys.stderr)
    return 2
