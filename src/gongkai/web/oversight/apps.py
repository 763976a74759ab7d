"""The oversight app and what each role may do in it."""

from __future__ import annotations

from datetime import time

from django.apps import AppConfig

from gongkai.web.agencies import calendar_sources, fact_sources, schedule
from gongkai.web.agencies.roles import Role, grant
from gongkai.web.oversight.services.figures import sheet_lines
from gongkai.web.publishing import feeds
from gongkai.web.publishing.choices import ColumnKind


class OversightConfig(AppConfig):
    """Collecting, auditing and publishing annual reports."""

    name = "gongkai.web.oversight"
    label = "oversight"
    verbose_name = "监督检查"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every role see reports, supervisors handle them, and the portal list what is published."""
        for role in Role:
            grant(role, "oversight.view_annualreport")
        grant(Role.SUPERVISOR, "oversight.add_annualreport", "oversight.change_annualreport")
        fact_sources.register(*sheet_lines.facts())
        calendar_sources.register("gongkai.web.oversight.services.filing.urging.calendar_of")
        calendar_sources.register("gongkai.web.oversight.services.drafting.deadlines.calendar_of")
        schedule.daily("remind_of_reports", at=time(7, 40))
        schedule.daily("remind_of_filing", at=time(7, 40))
        feeds.register(
            ColumnKind.ANNUAL_REPORTS,
            "gongkai.web.oversight.services.reports.listing.published_entries",
            model="oversight.AnnualReport",
        )
