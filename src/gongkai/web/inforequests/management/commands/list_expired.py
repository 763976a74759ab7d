"""List the cases whose personal data has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.services import folding, retaining


class Command(BaseCommand):
    """Clears nothing: two persons of the body do that in the back office. Finishes what a broken run left."""

    help = "列出保管期限已满、可以清除个人信息的案件"

    def handle(self, *_: Any, **__: Any) -> None:
        """Print one line a case, and how many."""
        found = retaining.expired(Agency.objects.all(), folding.today())
        for case in found.iterator(1000):
            years = retaining.YEARS[case.retention]
            self.stdout.write(f"{case.number}\t{case.agency.name}\t{case.closed_on} 办结\t保管 {years} 年")
        self.stdout.write(f"共 {found.count()} 件；由本机关在后台“到期清除”提请和确认。")
        if erased := retaining.erase_left():
            self.stdout.write(f"补删上次未完成的文件 {erased} 个。")
