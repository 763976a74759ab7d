"""Back-office addresses of the supervisor's desk, under /admin/nianbao/."""

from django.urls import path

from gongkai.web.oversight.views import cells, desk, staging

app_name = "annual_reports"
urlpatterns = [
    path("", desk.reports, name="list"),
    path("dengji/", staging.upload, name="upload"),
    path("dengji/daiban/", staging.waiting, name="waiting"),
    path("dengji/<int:pk>/", staging.register, name="register"),
    path("<int:pk>/", desk.report, name="report"),
    path("<int:pk>/hecha/", desk.audit, name="audit"),
    path("<int:pk>/wenti/<slug:key>/", desk.review, name="review"),
    path("<int:pk>/danyuange/", cells.settle, name="cells"),
    path("<int:pk>/danyuange/<str:cell>/", cells.decide, name="cell"),
    path("<int:pk>/danyuange/<str:cell>/yuanjian.png", cells.picture, name="cell_picture"),
    path("<int:pk>/shidu/", cells.reread, name="reread"),
    path("<int:pk>/gongkai/", desk.publish, name="publish"),
    path("<int:pk>/chehui/", desk.withdraw, name="withdraw"),
    path("<int:pk>/dayin/", desk.printout, name="printout"),
    path("<int:pk>/xiazai/<str:kind>", desk.download, name="download"),
]
