"""Acts on the portal's tree, and whose its files are."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.permissions import page_permission_policy

from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.permissions import agencies_of, has_role
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing import teams
from gongkai.web.publishing.choices import (
    COLUMN_SLUGS,
    GOVERNMENT_COLUMNS,
    OTHER_COLUMNS,
    STATUTORY_COLUMNS,
)
from gongkai.web.publishing.models import BodyPage, ColumnPage, DocumentPage, PortalPage

ROOT = "全部站点"


@transaction.atomic
def open_portal(*, agency: Agency, title: str, introduction: str = "") -> PortalPage:
    """Make the portal the root of the default site, in place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    for welcome in root.get_children().exact_type(Page):
        welcome.delete()
    Page.objects.filter(pk=root.pk).update(title=ROOT, draft_title=ROOT)
    root = Page.objects.get(pk=root.pk)
    portal = PortalPage(title=title, slug="portal", agency=agency, introduction=introduction)
    root.add_child(instance=portal)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": portal, "site_name": title}
    )
    teams.set_up_portal(portal)
    return portal


@transaction.atomic
def open_section(*, portal: PortalPage, agency: Agency) -> BodyPage:
    """Give the body its section with the five statutory columns, and those that a body of its kind has."""
    section = BodyPage(title=agency.short_name, slug=agency.slug, agency=agency)
    portal.add_child(instance=section)
    others = GOVERNMENT_COLUMNS if agency.is_government else OTHER_COLUMNS
    for kind in (*STATUTORY_COLUMNS, *others):
        column = ColumnPage(title=kind.label, slug=COLUMN_SLUGS[kind], kind=kind)
        section.add_child(instance=column)
    teams.set_up_section(section)
    return section


def is_disclosed_file(document: Document) -> bool:
    """Whether a page that the public may see offers the file, as attachment or by a link in its text."""
    used = ReferenceIndex.get_references_to(document)
    on_pages = used.filter(base_content_type=ContentType.objects.get_for_model(Page))
    numbers = [int(pk) for pk in on_pages.values_list("object_id", flat=True)]
    others = Page.objects.live().public().not_exact_type(DocumentPage)
    return any(pages.filter(pk__in=numbers).exists() for pages in (DocumentPage.objects.disclosed(), others))


def pages_offered(user: User, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return those of the pages a person may point at: what is live, and their bodies' drafts."""
    if user.is_superuser:
        return pages
    sections = BodyPage.objects.filter(agency__in=agencies_of(user)).values_list("path", flat=True)
    below = (Q(path__startswith=path) for path in sections)
    return pages.filter(reduce(or_, below, Q(live=True)))


def files_of(user: User | AnonymousUser, documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of the files that the person's bodies brought in; all for who runs the portal."""
    if user.is_superuser or has_role(user, Role.ADMINISTRATOR):
        return documents
    return documents.filter(uploaded_by_user__agency__in=agencies_of(user))


def may_edit(user: User, page: Page) -> bool:
    """Whether the person may open the page in the editor."""
    return bool(page_permission_policy.user_has_permission_for_instance(user, "change", page))
