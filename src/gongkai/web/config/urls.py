"""All addresses of the site: the apps' own, the back office, and last the tree of pages."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("wenjian/", include(wagtaildocs_urls)),
    path("nianbao/", include("gongkai.web.oversight.urls")),
    path("shenqing/", include("gongkai.web.inforequests.urls")),
    path("", include("gongkai.web.agencies.urls")),
    path("", include("gongkai.web.publishing.urls")),
    path("", include(wagtail_urls)),
]
