"""What goes with a page, asked by its template: nothing for a page that is previewed before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template

from gongkai.web.agencies.models import User
from gongkai.web.publishing.services import interpreting, policies, validity
from gongkai.web.publishing.services.tree import may_edit

register = template.Library()


register.simple_tag(policies.facts_of)


@register.filter
def editable_by(page: Any, user: User) -> bool:
    """Whether to offer the person a link to the page's editor."""
    return may_edit(user, page)


def _tag(ask: Callable[[Any], Any]) -> None:
    register.simple_tag(lambda page: ask(page) if page.pk else None, name=ask.__name__)


for _ask in (
    validity.life_of,
    validity.changes_by,
    policies.related_to,
    interpreting.companions_of,
    interpreting.disclosed_of,
    interpreting.entries_of,
    interpreting.sections_of,
):
    _tag(_ask)
