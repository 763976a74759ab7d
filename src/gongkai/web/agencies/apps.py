"""The agencies app, and Wagtail's staff list set to our form."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig

from gongkai.web.agencies import roles
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
        post_migrate.connect(roles.after_migration, dispatch_uid="gongkai.agencies.roles")


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's users app; the form knows a person's name and body."""

    user_viewset = "gongkai.web.agencies.viewsets.StaffViewSet"
    default = False
