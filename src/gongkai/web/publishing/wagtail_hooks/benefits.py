"""Policy items in the back office."""

from __future__ import annotations

from wagtail import hooks

from gongkai.web.publishing.views.benefits_desk import BenefitViewSet


@hooks.register("register_admin_viewset")
def benefits() -> BenefitViewSet:
    """Put the items in the main menu."""
    return BenefitViewSet()
