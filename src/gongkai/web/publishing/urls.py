"""Public addresses beside the tree of pages."""

from django.urls import path

from gongkai.web.publishing.api.operations import api
from gongkai.web.publishing.api.page import page as api_page
from gongkai.web.publishing.views import (
    benefits,
    catalogue,
    explaining,
    faults,
    following,
    kiosk,
    policies,
    reading,
    searching,
)

app_name = "publishing"
urlpatterns = [
    path("sousuo/", searching.search, name="search"),
    path("zhengce/", policies.policy_list, name="policies"),
    path("zhengce/tongji/", policies.statistics, name="policy_statistics"),
    path("jiedu/", explaining.interpretations, name="interpretations"),
    path("huiyi/", explaining.meetings, name="meetings"),
    path("gongbao/", explaining.gazettes, name="gazettes"),
    path("gongbao/<int:year>/<int:number>.pdf", explaining.gazette_pdf, name="gazette_pdf"),
    path("mulu/", catalogue.catalogue, name="catalogue"),
    path("mulu/mulu.<str:suffix>", catalogue.spreadsheet, name="catalogue_spreadsheet"),
    path("mulu/<slug:code>/", catalogue.item, name="catalogue_item"),
    path("xiazai/<int:pk>.docx", policies.document_file, {"suffix": "docx"}, name="docx"),
    path("xiazai/<int:pk>.pdf", policies.document_file, {"suffix": "pdf"}, name="pdf"),
    path("zhengcepipei/", benefits.match, name="benefits"),
    path("zhengcepipei/atom.xml", benefits.feed, name="benefits_feed"),
    path("zhengcepipei/dingyue/", benefits.subscribe, name="subscribe"),
    path("zhengcepipei/dingyue/<slug:what>/", benefits.subscription_done, name="subscription_done"),
    path("zhengcepipei/dingyue/<int:pk>/<str:token>/", benefits.subscription, name="subscription"),
    path("jiucuo/", faults.report, name="fault"),
    path("jiucuo/xiexie/", faults.done, name="fault_done"),
    path("zizhu/", kiosk.home, name="kiosk"),
    path("zizhu/kaishi/", kiosk.start, name="kiosk_start"),
    path("zizhu/jieshu/", kiosk.end, name="kiosk_end"),
    path("zizhu/kan/", kiosk.view_file, name="kiosk_file"),
    path("api/v1/", api_page, name="api_page"),
    path("api/v1/", api.urls),
    path("atom.xml", following.feed, {"form": "atom"}, name="atom"),
    path("rss.xml", following.feed, {"form": "rss"}, name="rss"),
    path("sitemap.xml", following.sitemap, name="sitemap"),
    path("robots.txt", following.robots, name="robots"),
    path("zihao/", reading.type_size, name="type_size"),
]
