"""Public addresses beside the tree of pages."""

from django.urls import path

from gongkai.web.publishing.views import reading, searching

app_name = "publishing"
urlpatterns = [
    path("sousuo/", searching.search, name="search"),
    path("zihao/", reading.type_size, name="type_size"),
]
