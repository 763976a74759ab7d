"""Load the standard catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.web.publishing.services.catalogue import load_standard


class Command(BaseCommand):
    """Create the standard items of the catalogue, or bring them up to date."""

    help = "载入标准目录（《政府信息公开条例》第二十条、第二十一条），可以重复运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to set back what a person has changed."""
        parser.add_argument("--overwrite", action="store_true", help="人工修改过的事项也恢复为标准目录的内容")

    def handle(self, *_: Any, **options: Any) -> None:
        """Load it, and say what became of the items."""
        loaded = load_standard(overwrite=options["overwrite"])
        kept = f"，保留人工修改 {loaded.kept} 项" if loaded.kept else ""
        self.stdout.write(f"目录事项：新增 {loaded.created} 项，更新 {loaded.updated} 项{kept}")
