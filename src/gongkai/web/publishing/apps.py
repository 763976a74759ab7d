"""The publishing app."""

from django.apps import AppConfig

from gongkai.web.agencies.roles import Role, grant


class PublishingConfig(AppConfig):
    """The portal and what it discloses."""

    name = "gongkai.web.publishing"
    label = "publishing"
    verbose_name = "信息公开"

    def ready(self) -> None:
        """Let those who write and review documents keep the files they attach."""
        for role in (Role.CLERK, Role.REVIEWER, Role.APPROVER):
            grant(role, "wagtaildocs.add_document", "wagtaildocs.change_document")
