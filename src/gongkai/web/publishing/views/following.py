"""Following the portal: feeds for readers' programs, the map of the site for search engines."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gongkai.web.publishing.models import PortalPage
from gongkai.web.publishing.services import searching, syndicating
from gongkai.web.publishing.views.searching import PARAMETERS

_LISTS = ("policies", "interpretations", "meetings", "gazettes", "catalogue")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.get_fixed_timezone(480))


class _Dated(SyndicationFeed):
    def latest_post_date(self) -> datetime:
        """Return the newest change; of an empty feed a fixed day, so that it stays the same."""
        return super().latest_post_date() if self.items else _LONG_AGO


class _Atom(_Dated, Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


class _Rss(_Dated, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


_FORMS: dict[str, type[SyndicationFeed]] = {"atom": _Atom, "rss": _Rss}


def _portal() -> PortalPage:
    portal = PortalPage.objects.live().public().select_related("agency").first()
    if portal is None:
        raise Http404
    return portal


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """Give what was published last, of all or of what the parameters of the search page choose."""
    portal = _portal()
    parameters = {"query": "q"} | {name: PARAMETERS[name] for name in ("agency", "column", "topic")}
    asked = {name: request.GET.get(parameter, "").strip() for name, parameter in parameters.items()}
    chosen = syndicating.Chosen(**asked | {"query": asked["query"][: searching.LONGEST_QUERY]})
    try:
        title = syndicating.title_of(chosen)
    except syndicating.Unknown as error:
        raise Http404 from error
    query = urlencode({parameters[name]: value for name, value in asked.items() if value})
    address = request.build_absolute_uri(f"{request.path}?{query}" if query else request.path)
    front = request.build_absolute_uri("/")
    written = _FORMS[form](
        title=" - ".join(filter(None, (portal.title, title))),
        link=front,
        description=portal.introduction or f"{portal.title}的最新公开信息",
        language="zh-CN",
        author_name=portal.agency.name,
        feed_url=address,
        feed_guid=address,
    )
    for item in syndicating.news(chosen):
        url = request.build_absolute_uri(item.url)
        written.add_item(
            title=item.title,
            link=url,
            description=escape(item.summary),
            unique_id=url,
            author_name=item.agency_name,
            categories=[item.kind],
            pubdate=timezone.localtime(item.published_at),
            updateddate=timezone.localtime(item.updated_at),
        )
    return HttpResponse(written.writeString("utf-8"), content_type=written.content_type)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give every public address; of many, the list of files that give them, each by its number."""
    files = {str(each): each for each in syndicating.files_of_addresses()}
    number = request.GET.get("ye", "")
    if number and number not in files:
        raise Http404
    context: dict[str, Any] = {"files": [], "addresses": []}
    if len(files) > 1 and not number:
        own = request.build_absolute_uri(request.path)
        context["files"] = [f"{own}?ye={each}" for each in files]
    else:
        fixed = ["/", *(reverse(f"publishing:{name}") for name in _LISTS)]
        every = syndicating.addresses(files[number or "1"], fixed)
        context["addresses"] = [(request.build_absolute_uri(url), at) for url, at in every]
    return render(request, "publishing/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read: all that is public; nothing of a demonstration."""
    if settings.DEMO:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = (reverse("wagtailadmin_home"), reverse("publishing:search"), reverse("publishing:type_size"))
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('publishing:sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
