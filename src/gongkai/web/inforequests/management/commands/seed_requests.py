"""Fill the register with invented cases."""

from __future__ import annotations

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.services import folding, seeding
from gongkai.web.inforequests.services.refusing import Refused


class Command(BaseCommand):
    """For demonstrations and measuring; never beside real cases unless told so."""

    help = "写入虚构的依申请公开案件，供演示和测试性能"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many, over how many years, and from what chance starts."""
        parser.add_argument("number", type=int, help="案件数")
        parser.add_argument("--years", type=int, default=3, help="分布在最近几年，默认 3")
        parser.add_argument("--seed", type=int, default=1, help="随机数种子，相同的种子得到相同的案件")
        parser.add_argument(
            "--agency", action="append", metavar="SLUG", help="受理机关的网址标识，可以多次给出"
        )
        parser.add_argument("--into-existing", action="store_true", help="已有案件时也写入")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write them and tell how fast."""
        agencies = Agency.objects.filter(is_active=True)
        if options["agency"]:
            agencies = agencies.filter(slug__in=options["agency"])
        if not agencies or options["number"] < 1 or not 1 <= options["years"] <= 6:
            raise CommandError("没有这样的机关，或者件数、年数不对（年数 1 至 6）。")
        begun = perf_counter()
        try:
            done = seeding.seed(
                agencies=list(agencies),
                number=options["number"],
                years=options["years"],
                seed=options["seed"],
                on=folding.today(),
                into_existing=options["into_existing"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已写入 {done} 件，每秒 {done / (perf_counter() - begun):.0f} 件。")
