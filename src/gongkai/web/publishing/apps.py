"""The publishing app."""

from importlib import import_module

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The portal and what it discloses."""

    name = "gongkai.web.publishing"
    label = "publishing"
    verbose_name = "信息公开"

    def ready(self) -> None:
        """Listen to changes of staff."""
        import_module("gongkai.web.publishing.signals")
