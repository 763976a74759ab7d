"""Public addresses beside the tree of pages."""

from django.urls import path

from gongkai.web.publishing import views

app_name = "publishing"
urlpatterns = [
    path("sousuo/", views.search, name="search"),
    path("zihao/", views.type_size, name="type_size"),
]
