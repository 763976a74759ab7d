"""The participation app."""

from django.apps import AppConfig

from gongkai.web.agencies import fact_sources
from gongkai.web.agencies.fact_sources import Fact
from gongkai.web.agencies.roles import Role, grant

_COUNTS = "gongkai.web.participation.services"


class ParticipationConfig(AppConfig):
    """Asking the public."""

    name = "gongkai.web.participation"
    label = "participation"
    verbose_name = "公众参与"

    def ready(self) -> None:
        """The clerk drafts; the others of the office look; the annual report tells how often was asked."""
        fact_sources.register(
            Fact(
                code="participation.consultations",
                name="意见征集",
                unit="次",
                group="公众参与",
                count=f"{_COUNTS}.consultations_opened",
                opens=f"{_COUNTS}.consultations_page",
            )
        )
        grant(
            Role.CLERK,
            "participation.add_consultation",
            "participation.change_consultation",
            "participation.view_consultation",
        )
        for role in (Role.REVIEWER, Role.APPROVER, Role.SUPERVISOR):
            grant(role, "participation.view_consultation")
