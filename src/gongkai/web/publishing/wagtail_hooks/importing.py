"""What an import from an older site is called in a page's history."""

from __future__ import annotations

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from gongkai.web.publishing.services.importing import ACTION


@hooks.register("register_log_actions")
def import_action(actions: LogActionRegistry) -> None:
    """Name the action."""
    actions.register_action(ACTION, "从旧站导入", "从旧站导入")
