"""`manage.py import_site`: an older site's saved pages become pages of a body's section."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.services import importing


class Command(BaseCommand):
    """May be repeated: unchanged pages are passed over, changed ones become new drafts."""

    help = "导入旧网站另存的网页（HTML）和附件，可以重复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, the body, who is responsible, and where the report goes."""
        parser.add_argument(
            "folder", type=Path, metavar="文件夹", help="旧网站网页所在的文件夹，包括附件和图片"
        )
        parser.add_argument("--body", required=True, help="机关的网址简称")
        parser.add_argument("--by", required=True, help="负责导入的工作人员的用户名")
        parser.add_argument("--dry-run", action="store_true", help="只报告，不保存")
        parser.add_argument(
            "--public", action="store_true", help="旧网站已经审核公开的，照原样公开；不加则存为草稿，待审核"
        )
        parser.add_argument("--json", type=Path, metavar="文件", help="报告另存为 JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        """Import, and report.

        Raises:
            CommandError: no such folder, body or person.
        """
        folder: Path = options["folder"]
        agency = Agency.objects.filter(slug=options["body"]).first()
        person = User.objects.filter(username=options["by"], is_active=True).first()
        if not folder.is_dir():
            raise CommandError(f"没有这个文件夹：{folder}")
        if agency is None or person is None:
            raise CommandError("没有这个机关。" if agency is None else "没有这个工作人员。")
        try:
            lines = importing.import_site(
                folder=folder,
                agency=agency,
                by=person,
                public=options["public"],
                dry_run=options["dry_run"],
            )
        except importing.Refused as refused:
            raise CommandError(str(refused)) from refused
        if options["dry_run"]:
            self.stdout.write("试运行，没有保存。")
        for text in importing.report(lines):
            self.stdout.write(text)
        if options["json"]:
            kept = {"counts": importing.counts(lines), "pages": [asdict(line) for line in lines]}
            options["json"].write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
