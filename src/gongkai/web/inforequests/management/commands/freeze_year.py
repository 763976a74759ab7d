"""Freeze a year's Tables 3 and 4."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.services import folding, freezing
from gongkai.web.inforequests.services.refusing import Refused


class Command(BaseCommand):
    """Run daily: on 1 January the old year is frozen, on other days there is nothing to do."""

    help = "冻结年度的表三、表四；已经冻结的不变"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year; last year without one."""
        parser.add_argument("year", nargs="?", type=int, help="年度，默认上一年")

    def handle(self, *_: Any, **options: Any) -> None:
        """Freeze it for every body."""
        year = options["year"] or folding.today().year - 1
        try:
            for agency in Agency.objects.order_by("pk"):
                freezing.freeze(agency=agency, year=year)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{year}年已冻结。")
