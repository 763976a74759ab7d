"""The desk's pages on reconsiderations and suits."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.inforequests.views import disputes

DISPUTE_PAGES: list[URLPattern] = [
    path("zhengyi/", disputes.listing, name="disputes"),
    path("zhengyi/biaoge.xlsx", disputes.workbook, name="disputes_workbook"),
    path("zhengyi/fenxi/", disputes.analysis, name="dispute_analysis"),
    path("zhengyi/<int:pk>/", disputes.dispute, name="dispute"),
]
