"""How far bodies are with their numbers of a year, for the superior who waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models import MonthlyFigure, SheetFact
from gongkai.web.oversight.services.figures.monthly import ITEMS
from gongkai.web.oversight.services.figures.sheet_lines import LINES


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A body with how many of its monthly figures and facts are known, of how many."""

    agency: Agency
    figures: int
    facts: int
    figures_due: int
    facts_due: int = len(LINES)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wanting."""
        return self.figures == self.figures_due and self.facts == self.facts_due


def progress(agencies: Sequence[Agency], year: int, months: range) -> list[Progress]:
    """Return each body's state, in two queries however many bodies there are.

    Args:
        months: those that figures are asked for.
    """
    figures = _known(MonthlyFigure, agencies, year, ("item", "month"))
    facts = _known(SheetFact, agencies, year, ("code",))
    due = len(months) * len(ITEMS)
    return [
        Progress(agency=each, figures=figures.get(each.pk, 0), facts=facts.get(each.pk, 0), figures_due=due)
        for each in agencies
    ]


def _known(
    model: type[MonthlyFigure] | type[SheetFact],
    agencies: Sequence[Agency],
    year: int,
    place: tuple[str, ...],
) -> dict[int, int]:
    """How many places of each body have a value in the row that counts."""
    rows = model.objects.filter(agency__in=[each.pk for each in agencies], year=year)
    latest = rows.values("agency", *place).annotate(last=Max("pk")).values("last")
    found: dict[int, int] = {}
    for agency in model.objects.filter(pk__in=latest, value__isnull=False).values_list(
        "agency_id", flat=True
    ):
        found[agency] = found.get(agency, 0) + 1
    return found
