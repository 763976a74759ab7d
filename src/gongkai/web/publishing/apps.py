"""The publishing app."""

from datetime import time
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

from gongkai.web.agencies import calendar_sources, fact_sources, roles, schedule
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.facts import FACTS

# The administrator orders the steps of reviews in Wagtail's own editor.
_STEPS_PERMISSIONS = tuple(
    f"wagtailcore.{action}_{model}" for action in ("add", "change") for model in ("task", "workflow")
)


class PublishingConfig(AppConfig):
    """The portal and what it discloses."""

    name = "gongkai.web.publishing"
    label = "publishing"
    verbose_name = "信息公开"

    def ready(self) -> None:
        """Listen to changes of staff and sections, and see that every section has its review."""
        import_module("gongkai.web.publishing.signals")
        import_module("gongkai.web.publishing.searching.receivers")
        calendar_sources.register("gongkai.web.publishing.services.reminding.calendar_of")
        fact_sources.register(*FACTS)
        schedule.daily("settle_validity", at=time(0, 10))
        schedule.daily("remind_of_deadlines", at=time(7, 30))
        schedule.daily("tell_subscribers", at=time(8, 30))
        schedule.every_minutes("publish_scheduled", 5)
        roles.grant(Role.ADMINISTRATOR, *_STEPS_PERMISSIONS)
        for role in Role:
            roles.grant(role, "publishing.view_catalogueitem")
        for role in (Role.APPROVER, Role.SUPERVISOR, Role.ADMINISTRATOR):
            roles.grant(role, "publishing.add_catalogueitem", "publishing.change_catalogueitem")
        for role in Role:
            roles.grant(role, "publishing.view_benefit")
        for action in ("add", "change", "delete"):
            roles.grant(Role.APPROVER, f"publishing.{action}_benefit")
            roles.grant(Role.ADMINISTRATOR, f"publishing.{action}_benefit")
        post_migrate.connect(_set_up_reviews, sender=self, dispatch_uid="gongkai.publishing.reviews")


def _set_up_reviews(sender: AppConfig, **_: Any) -> None:
    """Give each section without a review the standard one; nothing while the tables are not all there."""
    section, step = sender.get_model("BodyPage"), sender.get_model("ReviewTask")
    tables = set(connection.introspection.table_names())
    if {section._meta.db_table, step._meta.db_table} <= tables:
        steps = import_module("gongkai.web.publishing.services.review_steps")
        for page in section.objects.filter(workflowpage=None):
            steps.set_up_review(page)
