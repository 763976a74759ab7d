"""The turns of what the site does of itself: taken by one worker each."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ChoreRun(models.Model):
    """A turn of a command: when it began and ended, what went wrong. Another worker may not take it again."""

    command = models.CharField("事项", max_length=60)
    turn = models.DateTimeField("应办时间")
    begun_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    trouble = models.CharField("未能完成的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定时事项"
        ordering = ["-turn", "command"]
        constraints = [models.UniqueConstraint(fields=["command", "turn"], name="chorerun_once")]

    def __str__(self) -> str:
        return f"{self.command} {timezone.localtime(self.turn):%Y-%m-%d %H:%M}"
