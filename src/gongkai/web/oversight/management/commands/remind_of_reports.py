"""`manage.py remind_of_reports`: whoever still owes last year's annual report is told, each step once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.oversight.services.drafting import deadlines


class Command(BaseCommand):
    """Run daily in January, February and March; running it again tells nobody twice."""

    help = "提醒尚未公开上一年度报告的机关，期限前最后一个工作日必定提醒。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Remind, and say how many."""
        self.stdout.write(f"发出提醒 {deadlines.remind()} 条。")
