"""The desk's pages of numbers: Tables 3 and 4, and what stands behind each."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.inforequests.views import counts

COUNT_PAGES: list[URLPattern] = [
    path("tongji/", counts.counts, name="counts"),
    path("tongji/dayin/", counts.printout, name="counts_printout"),
    path("tongji/biaoge.xlsx", counts.workbook, name="counts_workbook"),
    path("tongji/<int:year>/chayi<int:table>.xlsx", counts.differences, name="count_differences"),
    path("tongji/<int:year>/anjian/<str:row>/<str:column>.xlsx", counts.cell_list, name="count_cell_list"),
    path("tongji/<int:year>/<int:table>/<str:row>/<str:column>/", counts.cell, name="count_cell"),
]
