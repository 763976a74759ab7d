"""`manage.py remind_of_requests`: each open case as it stands today, and whoever should know is told."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.inforequests.services import refreshing, reminding


class Command(BaseCommand):
    """Run daily, and after a new calendar; running it again tells nobody twice."""

    help = "按今天重新计算在办案件的期限，并提醒临期、到期、逾期的事项。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refresh, remind, and say how many."""
        changed = refreshing.refresh_deadlines()
        self.stdout.write(f"期限有变动 {changed} 件，发出提醒 {reminding.remind()} 条。")
