"""The letter room's pages, for the desk's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.inforequests.views import bundle, files, letters, office_settings, severance, templates

LETTER_PAGES: list[URLPattern] = [
    path("<int:case>/wenshu/<str:kind>/", letters.letter_new, name="letter_new"),
    path("wenshu/<int:pk>/", letters.letter, name="letter"),
    path("wenshu/<int:pk>/xiugai/", letters.letter_edit, name="letter_edit"),
    path("wenshu/<int:pk>/wenjian.<str:suffix>", letters.letter_file, name="letter_file"),
    path("<int:case>/fujuan/", files.attach, name="attach"),
    path("<int:case>/juanzong/", bundle.bundle, name="bundle"),
    path("wenjian/<int:pk>/", files.file, name="file"),
    path("wenjian/<int:pk>/yichu/", files.detach, name="detach"),
    path("wenjian/<int:pk>/qufen/", severance.sever, name="sever"),
    path("shezhi/", office_settings.settings, name="settings"),
    path("moban/", templates.templates, name="templates"),
    path("moban/<str:kind>/", templates.template, name="template"),
]
