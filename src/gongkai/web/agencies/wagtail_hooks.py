"""Where the agencies app joins the back office."""

from wagtail import hooks

from gongkai.web.agencies.viewsets import AgencyViewSet


@hooks.register("register_admin_viewset")
def agencies() -> AgencyViewSet:
    """The list of bodies, in the main menu."""
    return AgencyViewSet()
