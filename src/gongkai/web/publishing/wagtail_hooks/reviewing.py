"""Where the reviews join the back office: the work list, the home panel, the way to a page's review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from gongkai.web.agencies.models import User
from gongkai.web.agencies.permissions import has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.models import ReviewedPage
from gongkai.web.publishing.services import reviewing as services
from gongkai.web.publishing.views import reviewing

_ON_PANEL = 8
# Decisions are taken on the review page, publishing follows from them, a run begins with its submission.
_REPLACED_ACTIONS = {"action-publish", "action-restart-workflow", "action-submit", "action-cancel-workflow"}
_AFTER_ALL_OTHERS = 20_000
_WORK_LIST_ROLES = (Role.SECRECY_REVIEWER, Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR)


class ReviewMenuItem(MenuItem):
    """The entry in the main menu, for whoever decides."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person holds a role that decides."""
        return any(has_role(request.user, role) for role in _WORK_LIST_ROLES)


class WaitingPanel(Component):
    """What waits for the person, on the front page of the back office."""

    name = "waiting_for_review"
    order = 60
    template_name = "publishing/reviewing/panel.html"

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the first of what waits, the number of all, and overdue reviews."""
        user = (parent_context or {})["request"].user
        waiting = services.waiting_for(user)
        overdue = services.overdue_emergencies(user=user, on=timezone.localdate())
        return {"waiting": waiting[:_ON_PANEL], "count": len(waiting), "overdue": overdue}


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Submission, named for what it does."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Say whether it is the first submission."""
        page = parent_context.get("page")
        is_again = page is not None and page.current_workflow_state is not None
        return super().get_context_data(parent_context) | {
            "label": "重新提交审核" if is_again else "提交审核"
        }


class TakeBackMenuItem(CancelWorkflowMenuItem):
    """Taking a submission back, named for what it does."""

    label = "撤回送审"


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """Put the reviews under /admin/shenhe/."""
    return [
        path("shenhe/", reviewing.work_list, name="publishing_reviews"),
        path("shenhe/<int:pk>/", reviewing.review, name="publishing_review"),
        path("shenhe/<int:pk>/jinji/", reviewing.publish_at_once, name="publishing_emergency"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Put the work list in the main menu."""
    return ReviewMenuItem("审核", reverse("publishing_reviews"), name="reviews", icon_name="tasks", order=150)


@hooks.register("construct_homepage_panels")
def waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show what waits, in place of Wagtail's own list, whose buttons know nothing of the trail."""
    panels[:] = [panel for panel in panels if panel.name != "workflow_objects_to_moderate"]
    if ReviewMenuItem("", "").is_shown(request):
        panels.append(WaitingPanel())


@hooks.register("construct_page_action_menu")
def actions_of_a_reviewed_page(
    menu_items: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]
) -> None:
    """Offer submission in place of publishing; a review owed after an emergency cannot be called off."""
    page, parent = context.get("page"), context.get("parent_page")
    if not isinstance(page, ReviewedPage) and context["view"] != "create":
        return
    if page is None and parent is not None and not parent.has_workflow:
        return
    offered = {item.name for item in menu_items}
    menu_items[:] = [item for item in menu_items if item.name not in _REPLACED_ACTIONS]
    if "action-submit" in offered:
        menu_items.append(SubmitMenuItem(order=60))
    if "action-cancel-workflow" in offered and services.open_emergency(page) is None:
        menu_items.append(TakeBackMenuItem(order=_AFTER_ALL_OTHERS))


@hooks.register("register_page_header_buttons")
def review_button(page: Page, user: User, view_name: str, **_: Any) -> Iterator[Button]:
    """Lead from a page to its review."""
    if view_name in {"edit", "index"} and services.is_reviewed(page) and services.may_see(page, user):
        yield Button("审核情况", reverse("publishing_review", args=[page.pk]), icon_name="tasks", priority=15)
