"""The inforequests app."""

from django.apps import AppConfig

from gongkai.web.agencies import calendar_sources
from gongkai.web.agencies.roles import Role, grant


class InfoRequestsConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.inforequests"
    label = "inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Let the office and its supervisors see the desk; who does what there is `services.permissions`."""
        calendar_sources.register("gongkai.web.inforequests.services.reminding.calendar_of")
        for role in (Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR):
            grant(role, "inforequests.view_inforequest")
