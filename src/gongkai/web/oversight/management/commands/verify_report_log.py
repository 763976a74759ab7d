"""Check that no act in the log of annual reports, and no original, was changed, removed or put in between."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.oversight.models import ReportEvent
from gongkai.web.oversight.services.ledger import altered_originals, breaks


class Command(BaseCommand):
    """Exit 0 where the chain holds and the originals are those registered; else print every break, exit 1."""

    help = "校验年度报告办理记录链是否完整、原件是否被改动。"

    def handle(self, *_: Any, **__: Any) -> None:
        """Walk the chain from its first event."""
        found = [*breaks(), *altered_originals()]
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"有 {len(found)} 处不符。")
        self.stdout.write(f"记录链完整，共 {ReportEvent.objects.count()} 条；原件与登记时一致。")
