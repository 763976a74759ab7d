"""The participation app."""

from django.apps import AppConfig

from gongkai.web.agencies.roles import Role, grant


class ParticipationConfig(AppConfig):
    """Asking the public."""

    name = "gongkai.web.participation"
    label = "participation"
    verbose_name = "公众参与"

    def ready(self) -> None:
        """The clerk drafts; the others of the office look."""
        grant(
            Role.CLERK,
            "participation.add_consultation",
            "participation.change_consultation",
            "participation.view_consultation",
        )
        for role in (Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR):
            grant(role, "participation.view_consultation")
