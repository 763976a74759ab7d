"""Public addresses of disclosure on request; a body's own stand last."""

from django.urls import path, re_path

from gongkai.web.inforequests.views import asking, following, guide

app_name = "inforequests"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("chaxun/", following.enter, name="enter"),
    path("jieshu/", following.leave, name="leave"),
    path("huizhi/", asking.receipt, name="receipt"),
    re_path(r"^huizhi/huizhi\.(?P<suffix>pdf|docx)$", asking.receipt_file, name="receipt_file"),
    path("jindu/", following.progress, name="progress"),
    path("jindu/qixian/", following.deadline, name="deadline"),
    path("jindu/buzheng/", following.hand_in, {"what": "buzheng"}, name="correct"),
    path("jindu/liyou/", following.hand_in, {"what": "liyou"}, name="reasons"),
    path("jindu/chehui/", following.withdraw, name="withdraw"),
    path("jindu/yijiaofei/", following.paid, name="paid"),
    path("jindu/pingjia/", following.rate, name="rate"),
    path("jindu/youxiang/", following.email, name="email"),
    re_path(r"^jindu/wenshu/(?P<pk>[0-9]{1,12})\.(?P<suffix>pdf|docx)$", following.letter, name="letter"),
    path("jindu/fujian/<int:pk>/", following.annex, name="annex"),
    path("<slug:slug>/", guide.body, name="body"),
    path("<slug:slug>/tianxie/", asking.fill, name="fill"),
]
