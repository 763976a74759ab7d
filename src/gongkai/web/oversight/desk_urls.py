"""Back-office addresses of the supervisor's desk, under /admin/nianbao/."""

from django.urls import path

from gongkai.web.oversight.views import desk

app_name = "annual_reports"
urlpatterns = [
    path("", desk.reports, name="list"),
    path("dengji/", desk.upload, name="upload"),
    path("dengji/<int:pk>/", desk.register, name="register"),
    path("<int:pk>/", desk.report, name="report"),
    path("<int:pk>/hecha/", desk.audit, name="audit"),
    path("<int:pk>/wenti/<slug:key>/", desk.review, name="review"),
    path("<int:pk>/gongkai/", desk.publish, name="publish"),
    path("<int:pk>/chehui/", desk.withdraw, name="withdraw"),
    path("<int:pk>/dayin/", desk.printout, name="printout"),
    path("<int:pk>/xiazai/<str:kind>", desk.download, name="download"),
]
