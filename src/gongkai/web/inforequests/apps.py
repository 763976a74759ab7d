"""The inforequests app."""

from datetime import time

from django.apps import AppConfig

from gongkai.web.agencies import calendar_sources, fact_sources, schedule
from gongkai.web.agencies.roles import Role, grant
from gongkai.web.inforequests.facts import FACTS


class InfoRequestsConfig(AppConfig):
    """Disclosure on request."""

    name = "gongkai.web.inforequests"
    label = "inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Let the office and its supervisors see the desk; who does what there is `services.permissions`."""
        calendar_sources.register("gongkai.web.inforequests.services.reminding.calendar_of")
        fact_sources.register(*FACTS)
        schedule.daily("freeze_year", at=time(0, 20))
        schedule.daily("list_expired", at=time(1, 0))
        schedule.daily("remind_of_requests", at=time(7, 30))
        schedule.every_minutes("tell_applicants", 5)
        for role in (Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR):
            grant(role, "inforequests.view_inforequest")
