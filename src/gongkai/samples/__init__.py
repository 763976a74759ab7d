"""Synthetic annual reports of invented bodies, in the layouts real reports come in, with the truth known."""

from __future__ import annotations

from gongkai.samples.bodies import BODIES, Body, Kind, body
from gongkai.samples.faults import FAULTS, Planted, Unplantable, plant
from gongkai.samples.making import make_report, make_series
from gongkai.samples.rendering import LAYOUTS, SCAN_LAYOUTS, Rendered, render

__all__ = [
    "BODIES",
    "FAULTS",
    "LAYOUTS",
    "SCAN_LAYOUTS",
    "Body",
    "Kind",
    "Planted",
    "Rendered",
    "Unplantable",
    "body",
    "make_report",
    "make_series",
    "plant",
    "render",
]
