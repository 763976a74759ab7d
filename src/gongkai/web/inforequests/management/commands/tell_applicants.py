"""`manage.py tell_applicants`: applicants who left an address learn that a letter is there to be read."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.inforequests.services.telling import tell_applicants


class Command(BaseCommand):
    """Run every few minutes; nobody is told of a letter twice."""

    help = "以电子邮件告诉留有邮箱的申请人有新的文书可以查看。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell, and say how many."""
        run = tell_applicants()
        self.stdout.write(f"已通知 {run.told} 封，未能发出 {run.failed} 封。")
        if run.failed:
            sys.exit(1)
