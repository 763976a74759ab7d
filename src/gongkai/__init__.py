"""Gongkai: government information disclosure, from the request to the audited annual report.

    from gongkai import audit, read

    reading = read("report.docx")
    for finding in audit(reading).findings:
        print(finding.message)

The names here are loaded when first used, so that `import gongkai` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.api import audit as audit
    from gongkai.api import read as read
    from gongkai.api import to_frame as to_frame

__all__ = ["__version__", "audit", "read", "to_frame"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in ("audit", "read", "to_frame"):
        return getattr(import_module("gongkai.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
