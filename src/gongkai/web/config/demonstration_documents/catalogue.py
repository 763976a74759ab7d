"""Every document, in the order of loading, and the index numbers they get."""

from __future__ import annotations

from gongkai.web.config.demonstration_documents import (
    licences,
    livelihood,
    planning,
    reports,
    rules_land,
    rules_order,
    rules_relief,
    rules_services,
    safety,
    series,
    towns_farming,
    towns_people,
)
from gongkai.web.config.demonstration_documents.forms import AGENCIES, SampleDocument

DOCUMENTS: tuple[SampleDocument, ...] = (
    *rules_relief.DOCUMENTS,
    *rules_land.DOCUMENTS,
    *rules_order.DOCUMENTS,
    *rules_services.DOCUMENTS,
    *planning.DOCUMENTS,
    *reports.DOCUMENTS,
    *livelihood.DOCUMENTS,
    *safety.DOCUMENTS,
    *licences.DOCUMENTS,
    *towns_farming.DOCUMENTS,
    *towns_people.DOCUMENTS,
    *series.DOCUMENTS,
)
# Late against R711 art. 26, and made or published on a day of rest, both on purpose.
LATE = frozenset({"yian-dafu-2024", "xuejie-yingyang-2023", "pinggu-laji-2025"})
ON_DAYS_OF_REST = frozenset({"yujing-baoyu-2025"})
_FIRST_SERIAL = 101


def index_numbers(documents: tuple[SampleDocument, ...]) -> dict[str, str]:
    """Return each document's index number by its key: code, "/", year, "-", five-digit serial.

    The serials of every body and year begin at 101, so other documents loaded before have room.
    """
    serials: dict[tuple[str, int], int] = {}
    numbers = {}
    for document in documents:
        place = (document.agency, document.made_on.year)
        serials[place] = serials.get(place, _FIRST_SERIAL - 1) + 1
        code = f"11990121MC{AGENCIES.index(document.agency):07d}X"
        numbers[document.key] = f"{code}/{document.made_on.year}-{serials[place]:05d}"
    return numbers


INDEX_NUMBERS = index_numbers(DOCUMENTS)
