"""Read the originals of registered reports again, with the reader as it is now."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.web.agencies.models import User
from gongkai.web.oversight.choices import ReportStatus
from gongkai.web.oversight.models import AnnualReport
from gongkai.web.oversight.services.reports import repair
from gongkai.web.oversight.services.reports.auditing import reader_version
from gongkai.web.oversight.services.reports.listing import visible_reports


class Command(BaseCommand):
    """One transaction for each report; those the present reader has read are passed over, so that a run
    that was broken off goes on where it stopped. Exit 1 where a report could not be read again."""

    help = "用现在的识读程序重新识读已登记报告的原件；人工确认全部保留，可以中断后再运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Say on whose behalf, and which reports."""
        parser.add_argument("--by", required=True, metavar="用户名", help="经办人，只处理其主管的机关")
        parser.add_argument("--all", action="store_true", help="连已由现在的程序识读过的也重新识读")
        parser.add_argument("--published", action="store_true", help="连已公开的也重新识读，公开页随之更新")

    def handle(self, *_: Any, **options: Any) -> None:
        """Read the reports one after another and tell of each what came of it."""
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"没有用户“{options['by']}”。")
        reports = visible_reports(by).current().order_by("pk")
        if not options["all"]:
            reports = reports.exclude(reader=reader_version())
        if not options["published"]:
            reports = reports.exclude(status=ReportStatus.PUBLISHED)
        waiting = list(reports.values_list("pk", flat=True))
        failed = sum(not self._reread(f"{n}/{len(waiting)}", pk, by) for n, pk in enumerate(waiting, 1))
        if failed:
            raise CommandError(f"有 {failed} 份没有重新识读，原来的识读结果不变。")
        self.stdout.write(f"完成，共 {len(waiting)} 份。")

    def _reread(self, count: str, pk: int, by: User) -> bool:
        report = AnnualReport.objects.select_related("agency").get(pk=pk)
        try:
            done = repair.reread_report(report=report, by=by, now=timezone.now())
        except (repair.Refused, PermissionDenied) as refusal:
            self.stderr.write(f"{count} {report}：{refusal}")
            return False
        told = f"{count} {report}：{len(done.changed)} 格有变化"
        if done.contradicted:
            told += f"，{len(done.contradicted)} 格与人工确认不一致"
        self.stdout.write(told)
        return True
