"""Public addresses of the library of annual reports, under /nianbao/."""

from django.urls import path

from gongkai.web.oversight.views import library

app_name = "oversight"
urlpatterns = [
    path("", library.index, name="library"),
    path("<slug:slug>/", library.body, name="body"),
    path("<slug:slug>/<int:year>/", library.report, name="report"),
    path("<slug:slug>/<int:year>/xiazai/<str:kind>", library.download, name="download"),
]
