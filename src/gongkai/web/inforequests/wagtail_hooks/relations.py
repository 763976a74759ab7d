"""The desk's pages on how one case stands to another."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.inforequests.views import relations

RELATION_PAGES: list[URLPattern] = [
    path("<int:pk>/guanlian/", relations.relations, name="relations"),
    path("yisong/", relations.transfers, name="transfers"),
    path("yisong/<int:pk>/", relations.settle_transfer, name="settle_transfer"),
]
