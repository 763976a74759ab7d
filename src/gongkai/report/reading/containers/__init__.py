"""Files that hold files: ZIP archives, e-mail, and web pages saved as one file."""

from __future__ import annotations

from gongkai.report.reading.containers.found import Member, Refused, joined
from gongkai.report.reading.containers.unpacking import CONTAINERS, is_container, unpack

__all__ = ["CONTAINERS", "Member", "Refused", "is_container", "joined", "unpack"]
