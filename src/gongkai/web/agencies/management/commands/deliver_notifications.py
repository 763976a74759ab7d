"""`manage.py deliver_notifications`: letters and messages to staff that are due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.web.agencies.services import delivering


class Command(BaseCommand):
    """Run every few minutes; runs may overlap or break off."""

    help = "把待发送的通知发到电子邮箱和消息网关；没有发出的下次再发。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to begin anew with what was given up."""
        parser.add_argument("--again", action="store_true", help="已放弃的也重新发送")

    def handle(self, *_: Any, **options: Any) -> None:
        """Deliver, and say what became of it.

        Raises:
            CommandError: something could not be delivered.
        """
        now = timezone.now()
        if options["again"]:
            self.stdout.write(f"重新发送 {delivering.try_again(now=now)} 条。")
        run = delivering.deliver(now=now)
        if run.is_quiet:
            self.stdout.write("现在是免打扰时段，没有发送。")
            return
        self.stdout.write(f"发送邮件 {run.letters} 封，网关消息 {run.messages} 条。")
        lost = delivering.given_up().count()
        if lost:
            run.errors.append(f"{lost} 条多次发送失败，已停止发送；排除故障后加 --again 重新发送。")
        if run.failed or run.errors:
            raise CommandError("".join([f"{run.failed} 条没有发出，稍后再发。", *run.errors]))
