"""`manage.py settle_validity`: what was to be repealed from a day that has come is marked as repealed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.web.publishing.services.validity import settle_validity


class Command(BaseCommand):
    """Run daily; such documents show as lapsed until then."""

    help = "把到了废止、失效之日的文件标为废止、失效。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Settle, and say how many."""
        self.stdout.write(f"已标明 {settle_validity(today=timezone.localdate())} 件。")
