"""Bring the portal's search up to date with its pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from gongkai.web.publishing.models import AttachmentText, SearchEntry
from gongkai.web.publishing.searching import keeping


class Command(BaseCommand):
    """Batch by batch, each in a transaction of its own; what is in step already is not written again."""

    help = "更新门户检索：补上缺的、去掉多余的；可以随时中断，重新运行结果相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to begin from nothing."""
        parser.add_argument(
            "--anew", action="store_true", help="全部重建（升级后分词规则有变时用），完成前仍按原来的检索"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Refresh, telling how far it is."""
        if options["anew"]:
            with transaction.atomic():
                keeping.clear()
                self._refresh()
        else:
            self._refresh()
        for kept in AttachmentText.objects.exclude(note="").select_related("file").order_by("pk"):
            self.stdout.write(f"附件“{kept.file.title}”没有文字：{kept.note}")
        self.stdout.write(f"完成，可检索 {SearchEntry.objects.count()} 条。")

    def _refresh(self) -> None:
        for done, of in keeping.refresh_all():
            self.stdout.write(f"{done}/{of}")
