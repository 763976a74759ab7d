"""The gate before disclosure, and a tidy menu."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import Document
from wagtail.models import Page

from gongkai.web.publishing.choices import DisclosureAttribute
from gongkai.web.publishing.models import DocumentPage
from gongkai.web.publishing.services import files_of, is_disclosed_file

# Outside help pages and features nobody here uses.
_HIDDEN = {"help", "images", "redirects"}


@hooks.register("before_publish_page")
def disclose_only_what_is_open(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish what was fixed as open on request only, or withheld (R711 art. 17)."""
    if not isinstance(page, DocumentPage) or page.attribute == DisclosureAttribute.PROACTIVE:
        return None
    messages.error(request, f"公开属性为“{page.get_attribute_display()}”，不得发布到门户。")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_serve_document")
def disclose_files_with_their_pages(document: Document, request: HttpRequest) -> None:
    """Answer all but the body's own staff as if there were no file until a page that carries it is public."""
    own = files_of(request.user, Document.objects.filter(pk=document.pk))
    if not own.exists() and not is_disclosed_file(document):
        raise Http404


@hooks.register("construct_document_chooser_queryset")
def choose_from_own_files(documents: QuerySet[Document], request: HttpRequest) -> QuerySet[Document]:
    """Offer as attachments what the person's own body has brought in."""
    return files_of(request.user, documents)


@hooks.register("insert_global_admin_css")
def staff_style() -> SafeString:
    """Give the back office the portal's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("gongkai/staff.css"))


@hooks.register("construct_main_menu")
def tidy_menu(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what an office does not need."""
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN]
