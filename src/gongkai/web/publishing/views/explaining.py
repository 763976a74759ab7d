"""Interpretations, meetings and the gazette across all bodies."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.papers.paper import PaperError
from gongkai.web.agencies.models import Agency
from gongkai.web.publishing.choices import InterpretationForm, MeetingKind
from gongkai.web.publishing.models import PER_PAGE, PortalPage
from gongkai.web.publishing.services import interpreting, typesetting
from gongkai.web.publishing.views.filtering import asked, links
from gongkai.web.publishing.views.policies import as_download, not_set


def _shown(request: HttpRequest, template: str, pages: QuerySet[Any], filters: list[Any]) -> HttpResponse:
    page = Paginator(pages, PER_PAGE).get_page(request.GET.get("ye", "1"))
    is_filtered = any(link.chosen for one in filters for link in one.links[1:])
    # A filter with a single choice is no choice, unless it is in use.
    shown = [one for one in filters if len(one.links) > 2 or one.links[-1].chosen]
    return render(request, template, {"results": page, "filters": shown, "is_filtered": is_filtered})


def _values(choices: list[interpreting.Choice]) -> set[str]:
    return {choice.value for choice in choices}


@require_safe
def interpretations(request: HttpRequest) -> HttpResponse:
    """List interpretations by form and body."""
    every = interpreting.interpretations("", "")
    form = asked(request, "xingshi", InterpretationForm.values)
    body = asked(request, "jiguan", _values(interpreting.bodies_in(every)))
    forms = interpreting.forms_in(interpreting.interpretations("", body))
    bodies = interpreting.bodies_in(interpreting.interpretations(form, ""))
    filters = [
        links(request, "解读形式", "xingshi", forms, form),
        links(request, "发布机构", "jiguan", bodies, body),
    ]
    pages = interpreting.interpretations(form, body)
    return _shown(request, "publishing/interpretations.html", pages, filters)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List meetings by kind, year and body."""
    every = interpreting.meetings("", "", "")
    kind = asked(request, "leixing", MeetingKind.values)
    year = asked(request, "niandu", _values(interpreting.years_in(every, "held_on__year")))
    body = asked(request, "jiguan", _values(interpreting.bodies_in(every)))
    years = interpreting.years_in(interpreting.meetings(kind, "", body), "held_on__year")
    kinds = interpreting.kinds_in(interpreting.meetings("", year, body))
    bodies = interpreting.bodies_in(interpreting.meetings(kind, year, ""))
    filters = [
        links(request, "会议类型", "leixing", kinds, kind),
        links(request, "年份", "niandu", years, year),
        links(request, "发布机构", "jiguan", bodies, body),
    ]
    return _shown(request, "publishing/meetings.html", interpreting.meetings(kind, year, body), filters)


@require_safe
def gazettes(request: HttpRequest) -> HttpResponse:
    """List the issues of the gazette by year and body."""
    every = interpreting.issues("", "")
    year = asked(request, "niandu", _values(interpreting.years_in(every, "year")))
    body = asked(request, "jiguan", _values(interpreting.bodies_in(every)))
    years = interpreting.years_in(interpreting.issues("", body), "year")
    bodies = interpreting.bodies_in(interpreting.issues(year, ""))
    filters = [
        links(request, "年份", "niandu", years, year),
        links(request, "发布机构", "jiguan", bodies, body),
    ]
    return _shown(request, "publishing/gazettes.html", interpreting.issues(year, body), filters)


@require_safe
def gazette_pdf(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Hand out an issue as a typeset file: the portal's own, or that of the body asked for."""
    slug = request.GET.get("jiguan", "")
    portal = PortalPage.objects.live().select_related("agency").first()
    agency = Agency.objects.filter(slug=slug).first() if slug else portal and portal.agency
    issue = interpreting.issue_of(agency, year, number) if agency else None
    if issue is None:
        raise Http404
    try:
        data = typesetting.gazette_file(issue)
    except PaperError as error:
        return not_set(error)
    return as_download(data, f"{agency.name}公报{year}年第{number}期", "pdf")
