"""The desk's pages on personal data whose time is over."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.inforequests.views import retention

RETENTION_PAGES: list[URLPattern] = [
    path("daoqi/", retention.expired, name="expired"),
    path("daoqi/tiqing/", retention.propose, name="propose_destruction"),
    path("daoqi/<int:pk>/", retention.settle, name="settle_destruction"),
]
