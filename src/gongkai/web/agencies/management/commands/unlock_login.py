"""`manage.py unlock_login`: let somebody try again who failed too often."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.web.agencies.services import logins


class Command(BaseCommand):
    """Holds end by themselves after a quarter of an hour; this ends one at once."""

    help = "解除因密码错误次数过多而暂停的登录（不解除的，十五分钟后自动恢复）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username", help="用户名")

    def handle(self, *_: Any, **options: Any) -> None:
        """Forget the failures, and say whether there were any."""
        name = options["username"]
        self.stdout.write(f"已解除“{name}”的登录暂停。" if logins.unlock(name) else f"“{name}”没有暂停登录。")
