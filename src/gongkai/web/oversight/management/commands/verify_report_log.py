"""Check that no act in the log of annual reports was changed, removed or put in between."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.oversight.ledger import breaks
from gongkai.web.oversight.models import ReportEvent


class Command(BaseCommand):
    """Exit 0 where the chain holds; else print every break and exit 1."""

    help = "校验年度报告办理记录链是否完整。"

    def handle(self, *_: Any, **__: Any) -> None:
        """Walk the chain from its first event."""
        found = list(breaks())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"记录链有 {len(found)} 处不符。")
        self.stdout.write(f"记录链完整，共 {ReportEvent.objects.count()} 条。")
