"""How often somebody did something of late: shared by all workers, whatever cache they have."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """A count that ends by itself; the key names the act and holds the sender only as a digest."""

    key = models.CharField(max_length=120, unique=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "次数"
