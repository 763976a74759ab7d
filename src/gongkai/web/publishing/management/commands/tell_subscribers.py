"""`manage.py tell_subscribers`: letters on new policy items to confirmed subscribers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.web.publishing.services.benefits import tell_subscribers


class Command(BaseCommand):
    """Run daily; a run that broke off may be repeated, nobody gets the same item twice."""

    help = "把新的政策事项发给已确认的订阅人，可以重复运行。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send, and say what became of it.

        Raises:
            CommandError: some letters could not be sent; they are sent in the next run.
        """
        told = tell_subscribers(now=timezone.now())
        self.stdout.write(
            f"发送 {told.sent} 封，没有新事项 {told.nothing_new} 个，删除逾期未确认 {told.forgotten} 个。"
        )
        if told.failed:
            raise CommandError(f"{told.failed} 封没有发出，下次运行时补发。")
