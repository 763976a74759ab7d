"""How often somebody may do something: counted per act and sender, for all workers at once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.web.agencies.models import Tally


def digest_of(act: str, sender: str) -> str:
    """Return what stands for the sender: nobody can tell from it who that is."""
    return salted_hmac("gongkai.limits", f"{act} {sender}", algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def within_limit(act: str, sender: str, *, most: int, seconds: int) -> bool:
    """Count one more `act` of the sender; whether it is within `most` in `seconds` from the first one."""
    now = timezone.now()
    ends_at = now + timedelta(seconds=seconds)
    own = Tally.objects.filter(key=_key(act, sender))
    _, is_new = Tally.objects.get_or_create(key=_key(act, sender), defaults={"ends_at": ends_at})
    if is_new:
        Tally.objects.filter(ends_at__lte=now).delete()
    own.filter(ends_at__lte=now).update(count=0, ends_at=ends_at)
    own.update(count=F("count") + 1)
    return bool(own.get().count <= most)


def take_back(act: str, sender: str) -> None:
    """Count one `act` of the sender less."""
    Tally.objects.filter(key=_key(act, sender), count__gt=0).update(count=F("count") - 1)


def forget(act: str) -> int:
    """Count every sender's `act` from nothing; return how many there were."""
    return Tally.objects.filter(key__startswith=f"{act}:").delete()[0]


def _key(act: str, sender: str) -> str:
    return f"{act}:{digest_of(act, sender)}"
