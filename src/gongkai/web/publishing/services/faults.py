"""What readers report as wrong on a page: sent in, seen and settled by the body whose page it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site
from wagtail.views import serve

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of
from gongkai.web.agencies.services.limits import within_limit
from gongkai.web.publishing.models import BodyPage, PageFault, PortalPage

LONGEST_ADDRESS = 300
_REPORTS_AN_HOUR = 5
# A section stands below the portal, the portal below the root.
_SECTION_PATH = 3 * Page.steplen


class Refused(Exception):
    """An act that cannot be done; `str()` is one Chinese sentence that says why."""


def page_at(address: str) -> Page | None:
    """Return the live page at a path of this site; None for views beside the tree and for nonsense."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    path = address.split("?")[0].split("#")[0]
    try:
        if site is None or resolve(path).func is not serve:
            return None
        page, _, _ = site.root_page.specific.route(None, [part for part in path.split("/") if part])
    except (Resolver404, Http404):
        return None
    return page


@transaction.atomic
def report(*, address: str, words: str, contact: str, client: str) -> PageFault | None:
    """Save a reader's report; None if the client has sent in too many.

    Raises:
        Refused: the address is not one of this site.
    """
    if not is_own_address(address):
        raise Refused("网址应当是本网站的页面，请从有错误的页面进入。")
    if not within_limit("fault", client, most=_REPORTS_AN_HOUR, seconds=3600):
        return None
    return PageFault.objects.create(
        page=page_at(address), address=address[:LONGEST_ADDRESS], words=words, contact=contact
    )


def is_own_address(address: str) -> bool:
    """Whether it is a path of this site: begins with one slash and nothing a browser takes for another."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()


def of_staff(user: User) -> QuerySet[PageFault]:
    """Return the reports on pages of the person's bodies."""
    return of_bodies(agencies_of(user)).select_related("page", "settled_by")


def of_bodies(agencies: QuerySet[Agency]) -> QuerySet[PageFault]:
    """Return the reports on pages of bodies; what lies in no body's section is the portal's body's."""
    faults = PageFault.objects.annotate(section=Substr("page__path", 1, _SECTION_PATH))
    sections = BodyPage.objects.values("path")
    own = Q(section__in=sections.filter(agency__in=agencies))
    if PortalPage.objects.filter(agency__in=agencies).exists():
        own |= Q(page=None) | ~Q(section__in=sections)
    return faults.filter(own)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many reports are open, how many settled."""

    open: int
    settled: int


def counts(faults: QuerySet[PageFault]) -> Counts:
    """Return how many of the reports are open and settled."""
    settled = faults.exclude(settled_at=None).count()
    return Counts(open=faults.count() - settled, settled=settled)


@transaction.atomic
def settle(*, fault: PageFault, answer: str, by: User, on: datetime) -> None:
    """Close a report with what was found and done.

    Raises:
        Refused: somebody has settled it already.
    """
    found = PageFault.objects.select_for_update().get(pk=fault.pk)
    if found.settled_at is not None:
        raise Refused("这条纠错已经处理。")
    found.answer, found.settled_by, found.settled_at = answer, by, on
    found.save(update_fields=["answer", "settled_by", "settled_at"])
