"""Public addresses of the library of annual reports, under /nianbao/."""

from django.urls import path

from gongkai.web.oversight.views import charting, comparing, library

app_name = "oversight"
urlpatterns = [
    path("", library.index, name="library"),
    path("bijiao/", comparing.public, name="compare"),
    path("bijiao/xiazai", comparing.public_workbook, name="compare_workbook"),
    path("tu/<int:year>-<slug:measure>/<str:form>.svg", charting.tiles, name="tiles"),
    path("<slug:slug>/", library.body, name="body"),
    path("<slug:slug>/tu/xiazai/<str:kind>", charting.annex, name="charts"),
    path("<slug:slug>/tu/<slug:name>/<str:form>.svg", charting.chart, name="chart"),
    path("<slug:slug>/<int:year>/", library.report, name="report"),
    path("<slug:slug>/<int:year>/gengzheng/", comparing.correction, name="correction"),
    path("<slug:slug>/<int:year>/xiazai/<str:kind>", library.download, name="download"),
]
