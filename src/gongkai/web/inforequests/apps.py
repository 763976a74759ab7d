"""The inforequests app."""

from django.apps import AppConfig

from gongkai.web.agencies.roles import Role, grant


class InfoRequestsConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.inforequests"
    label = "inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """The clerk registers; the others of the office look."""
        grant(
            Role.CLERK,
            "inforequests.add_inforequest",
            "inforequests.change_inforequest",
            "inforequests.view_inforequest",
        )
        for role in (Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR):
            grant(role, "inforequests.view_inforequest")
