"""`manage.py run_jobs`: the worker that does background jobs; `gongkai serve` runs one beside the site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from gongkai.web.agencies.services import jobs


class Command(BaseCommand):
    """Run as many as there are processors to spare; each job is done by one of them."""

    help = "办理后台任务（如批量识读报送的年度报告），直到被终止。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to end with the queue, or with another process."""
        parser.add_argument("--once", action="store_true", help="办完排队的任务就结束")
        parser.add_argument("--parent", type=int, help="该进程结束时一并结束")

    def handle(self, *_: Any, **options: Any) -> None:
        """Work."""
        if options["once"]:
            jobs.take_up_left(now=timezone.now())
            jobs.work_off()
        else:
            jobs.work_on(parent=options["parent"])
