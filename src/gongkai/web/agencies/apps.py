"""The agencies app, and Wagtail's staff list and back office set to our ways."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail import signals
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from gongkai.web.agencies import roles, schedule
from gongkai.web.agencies.roles import Role


class AgenciesConfig(AppConfig):
    """Bodies, staff, roles."""

    name = "gongkai.web.agencies"
    label = "agencies"
    verbose_name = "机关与人员"
    default = True

    def ready(self) -> None:
        """Grant what every role needs, and keep the groups in step with the code."""
        for role in Role:
            roles.grant(role, "wagtailadmin.access_admin")
        for action in ("add", "change", "view"):
            roles.grant(Role.ADMINISTRATOR, f"agencies.{action}_agency", f"agencies.{action}_user")
        roles.grant(Role.SUPERVISOR, "agencies.view_agency")
        schedule.every_minutes("deliver_notifications", 5)
        post_migrate.connect(roles.after_migration, dispatch_uid="gongkai.agencies.roles")


class BackOfficeConfig(WagtailAdminAppConfig):
    """Wagtail's back office, without the letters it would send beside our notifications."""

    default = False

    def ready(self) -> None:
        """Take back what Wagtail connects to the ends of reviews."""
        super().ready()
        for model, event, signal in (
            ("TaskState", "group_approval_task_submitted", signals.task_submitted),
            ("WorkflowState", "workflow_state_submitted", signals.workflow_submitted),
            ("WorkflowState", "workflow_state_rejected", signals.workflow_rejected),
            ("WorkflowState", "workflow_state_approved", signals.workflow_approved),
        ):
            sender = apps.get_model("wagtailcore", model)
            signal.disconnect(sender=sender, dispatch_uid=f"{event}_email_notification")


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's users app; the form knows a person's name and body."""

    user_viewset = "gongkai.web.agencies.viewsets.StaffViewSet"
    default = False
