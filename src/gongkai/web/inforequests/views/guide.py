"""How to ask for what is not published: for all bodies, and for each its own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongkai.web.inforequests.services import guiding


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show who may ask, how, within which time, at what cost, and which bodies take requests."""
    closed = guiding.closed_online()
    context = {
        "ways": guiding.ways(),
        "limits": guiding.limits(),
        "prices": guiding.prices(),
        "remedies": guiding.remedies(),
        "notice": guiding.words_of("correction_notice"),
        "reply": guiding.words_of("reply"),
        "extension": guiding.words_of("extension"),
        "bodies": [(agency, agency.pk not in closed) for agency in guiding.bodies()],
    }
    return render(request, "inforequests/guide.html", context)


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how to ask one body: its ways with address and hours, who hears complaints."""
    agency = get_object_or_404(guiding.bodies().select_related("competent_authority"), slug=slug)
    context = {
        "agency": agency,
        "ways": guiding.ways(agency),
        "is_open": guiding.takes_online(agency),
        "remedies": guiding.remedies(agency),
        "reply": guiding.words_of("reply"),
        "extension": guiding.words_of("extension"),
    }
    return render(request, "inforequests/body.html", context)
