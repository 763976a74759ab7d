"""The sheet's lines as facts: `sheet_counts.trainings` counts the line `trainings`, and so on for each;
`sheet_counts.trainings_page` says where it opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from gongkai.web.agencies.fact_sources import Count, Opens, asked_for
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.services.figures import sheet
from gongkai.web.oversight.services.figures.sheet_lines import LINES


def __getattr__(name: str) -> Count | Opens:
    """Return the function that counts a line, `trainings`, or says where it opens, `trainings_page`."""
    code = name.removesuffix("_page")
    if code not in LINES:
        raise AttributeError(name)
    return partial(sheet.total if name == code else _page, code=code)


def _page(agencies: Sequence[Agency], year: int, *, code: str) -> str:
    if len(agencies) == 1:
        return f"{reverse('annual_reports:sheet')}?{asked_for(agencies, year)}"
    return f"{reverse('annual_reports:addends')}?{asked_for(agencies, year)}&xiang={code}"
