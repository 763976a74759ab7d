"""What each of several bodies adds to a sum of figures or facts, and who has not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models import SheetFact
from gongkai.web.oversight.services.figures import monthly
from gongkai.web.oversight.services.figures.sheet_lines import LINES


@dataclass(frozen=True, kw_only=True)
class Addend:
    """A body and what it adds; `value` None: not known, for want of the `months` if it is a year of them."""

    agency: Agency
    value: Decimal | None
    months: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A sum with what it is made of; `total` None as long as one addend is not known.

    Of several bodies' scores, which are not `is_summed`, there is none either.
    """

    name: str
    unit: str
    is_monthly: bool
    addends: Sequence[Addend]
    is_summed: bool = True

    @property
    def total(self) -> Decimal | None:
        """The sum."""
        if len(self.addends) > 1 and not self.is_summed:
            return None
        known = [each.value for each in self.addends if each.value is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.addends) else None

    @property
    def unknown(self) -> Sequence[Agency]:
        """The bodies whose addend is not known."""
        return [each.agency for each in self.addends if each.value is None]


def addends(agencies: Sequence[Agency], year: int, code: str) -> Sum:
    """Return what the bodies add to an item of `monthly.ITEMS` or a line of the fact sheet.

    Raises:
        LookupError: there is neither.
    """
    if code in monthly.ITEMS:
        item = monthly.ITEMS[code]
        found = [
            Addend(
                agency=agency, value=figure.total, months=figure.missing[0].months if figure.missing else ()
            )
            for agency, figure in monthly.figures_by_body(agencies, year, code)
        ]
        return Sum(name=item.name, unit=item.unit, is_monthly=True, addends=found)
    line = LINES[code]
    rows = SheetFact.objects.filter(agency__in=[each.pk for each in agencies], year=year, code=code)
    latest = dict(rows.order_by("pk").values_list("agency_id", "value"))
    said = [Addend(agency=each, value=latest.get(each.pk)) for each in agencies]
    return Sum(name=line.name, unit=line.unit, is_monthly=False, addends=said, is_summed=line.is_summed)
