"""What can be told of asking the public."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode

from gongkai.web.agencies.models import Agency
from gongkai.web.participation.models import Consultation


def consultations_opened(agencies: Sequence[Agency], year: int) -> int:
    """Return how many drafts the bodies opened for comment in a year."""
    bodies = [each.pk for each in agencies]
    return Consultation.objects.filter(agency__in=bodies, opens_on__year=year).count()


def consultations_page(agencies: Sequence[Agency], year: int) -> str | None:
    """Return the list of exactly these drafts in the back office, which takes one body at a time."""
    if len(agencies) != 1:
        return None
    asked = urlencode({"agency": agencies[0].pk, "opens_on__year": year})
    return f"{reverse('consultations:index')}?{asked}"
