"""The gate before disclosure, and a tidy menu."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, QuerySet
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
from gongkai.web.publishing.models import BodyPage, ReviewedPage
from gongkai.web.publishing.services import files_of, is_disclosed_file, pages_offered
from gongkai.web.publishing.services.reviewing import has_trail, is_reviewed, open_emergency, withdraw

# Outside help pages and features nobody here uses.
_KEEPS_TRAIL = "有审核记录的内容不能删除，可以取消发布。"
_HIDDEN = {"help", "images", "redirects"}


@hooks.register("before_publish_page")
def disclose_only_what_is_reviewed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish by a button: what goes public is what has passed its review (R711 art. 17)."""
    if not isinstance(page, ReviewedPage):
        return None
    if getattr(page, "attribute", DisclosureAttribute.PROACTIVE) != DisclosureAttribute.PROACTIVE:
        messages.error(request, f"公开属性为“{page.get_attribute_display()}”，不得发布到门户。")
    else:
        messages.error(request, "内容已存为草稿。公开之前应当完成保密审查和审核，请提交审核。")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def review_one_by_one(
    request: HttpRequest, action: str, objects: Iterable[Model], _view: object
) -> HttpResponse | None:
    """Refuse to publish in bulk, and to delete what has a trail (一事一审)."""
    pages = [row for row in objects if isinstance(row, Page)]
    if action == "publish" and pages:
        messages.error(request, "信息公开实行一事一审，不能批量发布，请逐件提交审核。")
        return redirect("wagtailadmin_explore_root")
    if action == "delete" and any(has_trail(page) for page in pages):
        messages.error(request, _KEEPS_TRAIL)
        return redirect("wagtailadmin_explore_root")
    return None


@hooks.register("after_bulk_action")
def bulk_withdrawal_is_on_record(
    request: HttpRequest, action: str, objects: Iterable[Model], _view: object
) -> None:
    """Enter in the trail what was taken off the portal."""
    if action == "unpublish":
        for page in objects:
            withdrawal_is_on_record(request, page)


@hooks.register("after_unpublish_page")
def withdrawal_is_on_record(request: HttpRequest, page: Page) -> None:
    """Enter in the trail what was taken off the portal."""
    if is_reviewed(page):
        withdraw(page=page, by=request.user)


@hooks.register("before_delete_page")
def keep_what_was_reviewed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page with a trail, or one above such a page."""
    if not has_trail(page):
        return None
    messages.error(request, _KEEPS_TRAIL)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_copy_page")
def copies_are_drafts(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse copies and aliases that would be public without a review of their own."""
    if request.method != "POST" or not {"publish_copies", "alias"} & request.POST.keys():
        return None
    if not isinstance(page.specific, ReviewedPage | BodyPage):
        return None
    messages.error(request, "复制的内容只能存为草稿，审核后才能公开。")
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_edit_page")
def owed_reviews_go_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to call off the review that an emergency publication owes."""
    calls_off = {"action-cancel-workflow", "action-restart-workflow"} & request.POST.keys()
    if not calls_off or open_emergency(page) is None:
        return None
    messages.error(request, "紧急发布的信息应当完成事后补审，不能撤回送审。")
    return redirect("wagtailadmin_pages:edit", page.pk)


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


@hooks.register("construct_page_chooser_queryset")
def choose_from_public_and_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Offer what is public, and of drafts only those of the person's own bodies."""
    return pages_offered(request.user, pages)


@hooks.register("insert_global_admin_css")
def staff_style() -> SafeString:
    """Give the back office the portal's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("gongkai/staff.css"))


@hooks.register("construct_main_menu")
def tidy_menu(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out what an office does not need."""
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN]
