"""Staff come, go, change body or role: their section groups follow."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from gongkai.web.agencies.models import User
from gongkai.web.publishing import teams

_SETTLED = {"post_add", "post_remove", "post_clear"}


@receiver(post_save, sender=User, dispatch_uid="gongkai.publishing.body_changed")
def body_changed(instance: User, raw: bool = False, **_: Any) -> None:
    """Follow the person to their body's section."""
    if not raw:
        teams.place(instance)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="gongkai.publishing.roles_changed")
def roles_changed(instance: User, action: str, reverse: bool, **_: Any) -> None:
    """Follow the person's roles."""
    if action in _SETTLED and not reverse:
        teams.place(instance)
