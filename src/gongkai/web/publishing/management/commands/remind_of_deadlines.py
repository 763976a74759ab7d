"""`manage.py remind_of_deadlines`: what is to be public, withdrawn or reviewed soon, or is late."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.web.publishing.services.reminding import remind


class Command(BaseCommand):
    """Run daily; nobody is told the same twice."""

    help = "提醒经办和审批人员：临近期限或者已经超期的公开、撤回和事后补审。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Remind, and say how many."""
        self.stdout.write(f"已提醒 {remind(today=timezone.localdate())} 人次。")
