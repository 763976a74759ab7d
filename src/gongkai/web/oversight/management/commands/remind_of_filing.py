"""`manage.py remind_of_filing`: members that have not filed are told as the last day draws near."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.web.oversight.services.filing import urging


class Command(BaseCommand):
    """Run daily; running it again tells nobody twice."""

    help = "提醒还没有报送年度报告的单位：期限前7、3、1个工作日，期限前最后一个工作日，逾期。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Remind, and say how many."""
        self.stdout.write(f"发出报送提醒 {urging.remind(on=timezone.localdate())} 条。")
